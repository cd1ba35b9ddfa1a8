import DropoutMeasure
import TerminalCells

extension Panel {
  /// The incoming units: the terms of one sum, and the sum built up from them.
  public static let terms = Panel(
    "terms", parts: ["weight", "value", "product", "sum", "step"], traits: .arrowsScroll,
    draw: TermsPanel.draw, formulas: SumsFormulas.terms,
    explain: CloseSumExplanations.terms)
}

/// The terms of the selected sum, one for each incoming unit: which of them this step's mask
/// dropped, and the sum as it is built up from them, term by term.
enum TermsPanel {
  /// The columns of numbers: what they are called, and where they end behind the units' numbers.
  private static let columns: [(place: String, title: String, end: Int)] = [
    ("weight", "weight", 8), ("value", "value", 15), ("product", "product", 23),
    ("sum", "sum", 30),
  ]
  private static let last = 3

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let sums = state.shownUnitSums else {
      frame.heading("WHAT ADDS UP", on: &buffer)
      return
    }
    let rows = frame.area.height - 1
    // The last row is the end of the sum, as long as there is room for a term above it.
    let places = ScrolledRows(
      count: sums.terms.count, room: max(0, rows - 1), scroll: state.scroll[.terms] ?? 0)
    let start = start(state, sums, width: frame.area.width)
    heading(state, sums, places, start: start, in: &frame, on: &buffer)
    let waterfall = Waterfall(sums: sums)
    for (row, index) in places.shown.enumerated() {
      let line = frame.area.row(row + 1)
      draw(
        sums.terms[index], unit: index, sum: waterfall.sums[index + 1], start: start, in: line,
        glyphs: frame.glyphs, on: &buffer)
      waterfall.draw(
        index, in: line.inset(left: start + columns[last].end + 1), glyphs: frame.glyphs,
        on: &buffer)
      for (column, before) in zip(columns, [0] + columns.map(\.end)) {
        frame.mark(
          column.place, row: index,
          at: Rect(x: line.x + start + before, y: line.y, width: column.end - before, height: 1))
      }
    }
    guard rows > 1 else { return }
    let y = frame.area.y + 1 + places.shown.count
    // Rows out of sight add up as well.
    let end = frame.area.x + start + columns[last].end - 7
    let all = "= sum of all \(sums.terms.count)"
    let wordings =
      places.text.map { _ in
        let rest = sums.terms.count - places.shown.count
        return ["\(all), \(rest) of them not shown", "\(all), \(rest) not shown", all]
      } ?? ["= sum of this step"]
    StyledLine.longest(
      of: wordings.map { StyledLine([($0, Style(.strong))]) }, fitting: end - frame.area.x
    ).write(x: frame.area.x, y: y, on: &buffer)
    buffer.write(
      NumberText.fitted(sums.stepSum, decimals: 2, width: 6),
      endX: frame.area.x + start + columns[last].end, y: y, style: Style(.strong))
    frame.mark("step", at: Rect(x: frame.area.x, y: y, width: frame.area.width, height: 1))
  }

  /// The layer that the terms come from.
  private static func source(_ state: ExplorerState, _ sums: UnitSums) -> String {
    sums.layer == 0 ? "inputs" : state.layerName(sums.layer - 1)
  }

  /// Where the numbers start, behind the units: behind the name of their layer, where there is
  /// room.
  private static func start(_ state: ExplorerState, _ sums: UnitSums, width: Int) -> Int {
    let wide = 5 + source(state, sums).columns
    return width >= wide + columns[last].end + 12 ? wide : 7
  }

  private static func heading(
    _ state: ExplorerState, _ sums: UnitSums, _ places: ScrolledRows, start: Int,
    in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let area = frame.area
    let name = start > 7 ? "FROM \(source(state, sums))" : "FROM"
    buffer.write(name, x: area.x, y: area.y, style: Style(.title))
    for (column, before) in zip(columns, [0] + columns.map(\.end)) {
      buffer.write(
        column.title, endX: area.x + start + column.end, y: area.y, style: Style(.dim))
      frame.mark(
        column.place,
        at: Rect(
          x: area.x + start + before, y: area.y, width: column.end - before, height: area.height))
    }
    let factor = sums.terms.first?.factor ?? 1
    let x = area.x + start + columns[last].end + 2
    let shown = places.text.map { "units \($0), " } ?? ""
    let factorText =
      factor == 1
      ? "" : ", values times \(NumberText.factor(factor, decimals: 2)) in training"
    let wordings = [
      "\(shown)term by term\(factorText)", "\(shown)term by term", "\(shown)", "",
    ]
    StyledLine.longest(
      of: wordings.map { StyledLine([($0, Style(.dim))]) }, fitting: max(0, area.maxX - x)
    ).write(x: x, y: area.y, on: &buffer)
  }

  private static func draw(
    _ term: SumTerm, unit: Int, sum: Double, start: Int, in line: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let isKept = term.mask != 0
    buffer.write("\(unit + 1)", endX: line.x + 4, y: line.y, style: Style(.text))
    buffer[line.x + 5, line.y] = Cell(
      isKept ? glyphs.kept : glyphs.masked, Style(isKept ? .kept : .masked))
    let style = Style(isKept ? .text : .masked)
    let values = [term.weight, term.activation, term.offered]
    for (value, column) in zip(values, columns) {
      buffer.write(
        NumberText.fitted(value, decimals: 2, width: 6), endX: line.x + start + column.end,
        y: line.y, style: style)
    }
    buffer.write(
      NumberText.fitted(sum, decimals: 2, width: 6), endX: line.x + start + columns[last].end,
      y: line.y, style: isKept ? Style(.training) : Style(.masked))
  }
}

/// The sum as it grows: each kept term is a step from the sum before it to the one after it; a
/// masked one is only hinted at.
struct Waterfall {
  /// The terms.
  let terms: [SumTerm]
  /// The sums before each term, and the last one.
  let sums: [Double]
  private let low: Double
  private let high: Double

  init(sums: UnitSums) {
    terms = sums.terms
    self.sums = sums.terms.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1.contribution) }
    let offered = zip(self.sums, terms).map { $0 + $1.offered }
    let all = (self.sums + offered).filter(\.isFinite)
    low = all.min() ?? 0
    high = all.max() ?? 0
  }

  /// Draws one term in a row.
  func draw(_ index: Int, in line: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    guard line.width >= 9, high > low else { return }
    func column(_ value: Double) -> Int? {
      guard value.isFinite else { return nil }
      let share = (value - low) / (high - low)
      return line.x + Int(drawn: share * Double(line.width - 1), in: 0...line.width - 1)
    }
    if let zero = column(0) { buffer[zero, line.y] = Cell(glyphs.axis, Style(.frame)) }
    let isKept = terms[index].mask != 0
    let start = sums[index]
    let end = isKept ? sums[index + 1] : start + terms[index].offered
    guard let from = column(start), let to = column(end), from != to else {
      if let from = column(start) { buffer[from, line.y] = Cell(glyphs.vertical, Style(.training)) }
      return
    }
    let isUp = to > from
    for x in min(from, to)...max(from, to) {
      buffer[x, line.y] =
        isKept
        ? Cell(glyphs.pattern, Style(.training))
        : Cell(glyphs.isUnicode ? "·" : ".", Style(.masked))
    }
    let tip = isUp ? glyphs.arrowRight : glyphs.arrowLeft
    buffer[to, line.y] = Cell(tip, Style(isKept ? .training : .masked, bold: isKept))
  }
}
