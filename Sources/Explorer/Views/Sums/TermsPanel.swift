import DropoutMeasure
import TerminalCells

extension Panel {
  /// The incoming units: the terms of one sum, and the sum built up from them.
  public static let terms = Panel(
    "terms", traits: .arrowsScroll, draw: TermsPanel.draw, formulas: SumsFormulas.terms)
}

/// The terms of the selected sum, one for each incoming unit: which of them this step's mask
/// dropped, and the sum as it is built up from them, term by term.
enum TermsPanel {
  /// The columns of the numbers: weight, activation, product, and the sum so far.
  private static let ends = [13, 19, 25, 32]

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
    heading(sums, places, in: frame.area, on: &buffer)
    let waterfall = Waterfall(sums: sums)
    for (row, index) in places.shown.enumerated() {
      let line = frame.area.row(row + 1)
      draw(
        sums.terms[index], unit: index, sum: waterfall.sums[index + 1], in: line,
        glyphs: frame.glyphs,
        on: &buffer)
      waterfall.draw(
        index, in: line.inset(left: ends[3] + 1), glyphs: frame.glyphs, on: &buffer)
    }
    guard rows > 1 else { return }
    let y = frame.area.y + 1 + places.shown.count
    buffer.write(
      "= the sum of this step, s", x: frame.area.x, y: y, style: Style(.strong))
    buffer.write(
      NumberText.fitted(sums.stepSum, decimals: 2, width: 6), endX: frame.area.x + ends[3], y: y,
      style: Style(.strong))
  }

  private static func heading(
    _ sums: UnitSums, _ places: ScrolledRows, in area: Rect, on buffer: inout CellBuffer
  ) {
    buffer.write("FROM", x: area.x, y: area.y, style: Style(.title))
    if places.text != nil {
      buffer.write(
        "\(places.shown.lowerBound + 1)..", x: area.x + 5, y: area.y, style: Style(.dim))
    }
    for (text, end) in zip(["w", "a", "w*a", "sum"], ends) {
      buffer.write(text, endX: area.x + end, y: area.y, style: Style(.dim))
    }
    let factor = sums.terms.first?.factor ?? 1
    let x = area.x + ends[3] + 2
    let factorText =
      factor == 1 ? "" : ", a times \(NumberText.factor(factor, decimals: 2)) in training"
    StyledLine.longest(
      of: [
        StyledLine([("the sum, term by term\(factorText)", Style(.dim))]),
        StyledLine([("the sum, term by term", Style(.dim))]), StyledLine(),
      ], fitting: area.maxX - x
    ).write(x: x, y: area.y, on: &buffer)
  }

  private static func draw(
    _ term: SumTerm, unit: Int, sum: Double, in line: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let isKept = term.mask != 0
    buffer.write("\(unit + 1)", endX: line.x + 4, y: line.y, style: Style(.text))
    buffer[line.x + 5, line.y] = Cell(
      isKept ? glyphs.kept : glyphs.masked, Style(isKept ? .kept : .masked))
    let style = Style(isKept ? .text : .masked)
    let values = [term.weight, term.activation, term.offered]
    for (value, end) in zip(values, ends) {
      buffer.write(
        NumberText.fitted(value, decimals: 2, width: 5), endX: line.x + end, y: line.y,
        style: style)
    }
    buffer.write(
      NumberText.fitted(sum, decimals: 2, width: 6), endX: line.x + ends[3], y: line.y,
      style: isKept ? Style(.training) : Style(.masked))
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
