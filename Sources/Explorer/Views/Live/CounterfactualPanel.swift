import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The same weights tested in other ways: the counterfactual.
  public static let tested = Panel(
    "tested", parts: ["loss", "right", "ratio"], draw: CounterfactualPanel.draw,
    formulas: CounterfactualFormulas.lines,
    explain: TestedExplanations.lines)
}

/// The same weights under the test conventions that they could have been tested with.
enum CounterfactualPanel {
  /// One way to test.
  struct Row: Equatable {
    /// Its effect on activations, in words.
    var label: String
    /// Whether it is the experiment's own.
    var isNow: Bool
    /// The convention that it is; nil where it is none of them.
    var convention: TestConvention?
    /// Its result.
    var result: Evaluation
  }

  /// The rows, the least needed one last: the experiment's own, the scaled one, the others.
  static func rows(_ state: ExplorerState) -> [Row] {
    let configuration = state.snapshot.configuration
    let measured = state.snapshot.measured.counterfactual.value
    let own = configuration.ownConvention
    let scaled = configuration.scaledConvention
    var rows: [Row] = []
    if own == nil, let result = measured.other {
      let isMasked = configuration.dropout.testPass == .masked
      rows.append(
        Row(
          label: isMasked ? "with masks" : "times drop", isNow: true,
          convention: nil, result: result))
    }
    let rest = configuration.testConventions.filter { $0 != own && $0 != scaled }
    for convention in [own, own == scaled ? nil : scaled].compactMap({ $0 }) + rest {
      guard let result = measured.evaluations[convention] else { continue }
      rows.append(
        Row(
          label: label(of: convention, isScaled: scaled == convention), isNow: own == convention,
          convention: convention, result: result))
    }
    return rows
  }

  /// sum |test| / sum |E train| into the output under a way to test; not a number where it was not
  /// measured.
  static func ratio(_ row: Row, _ state: ExplorerState) -> Double {
    guard let output = state.snapshot.measured.divergence.value.last else { return .nan }
    return row.convention.map { output.conventionRatio[$0] ?? .nan } ?? output.ratio
  }

  /// The name of a way to test: `scaled` is the one that curves and maps have as well.
  private static func label(of convention: TestConvention, isScaled: Bool) -> String {
    switch convention {
    case .asTheyAre: "nothing scaled"
    case .timesKeep: isScaled ? "scaled by keep" : "times keep"
    case .timesInverseKeep: "times 1/keep"
    case .timesKeepOverDrop: "times keep/drop"
    }
  }

  /// Draws the heading and the rows that fit.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let isRegression = !state.snapshot.dataset.isClassification
    let columns = Columns(frame.area)
    frame.heading(frame.area.width < 34 ? "SAME WEIGHTS" : "SAME WEIGHTS TESTED", on: &buffer)
    let headings = [(0, "loss"), (1, isRegression ? "R2" : "right")]
    for (index, text) in headings + (columns.isWide ? [(2, "test / train at output")] : []) {
      buffer.write(text, endX: columns.ends[index], y: frame.area.y, style: Style(.dim))
    }
    let rows = rows(state)
    drawGloss(below: rows.count, in: frame.area, glyphs: frame.glyphs, on: &buffer)
    for (index, row) in rows.prefix(max(0, frame.area.height - 1)).enumerated() {
      let y = frame.area.y + 1 + index
      let role: Role = row.isNow ? .test : .counterfactual
      if row.isNow {
        buffer[frame.area.x, y] = Cell(frame.glyphs.selected, Style(.test, bold: true))
      }
      buffer.write(row.label, x: frame.area.x + 2, y: y, style: Style(role))
      let texts = texts(row, state, isRegression: isRegression)
      for (column, (name, text, isCurrent)) in texts.prefix(columns.isWide ? 3 : 2).enumerated() {
        buffer.write(
          text, endX: columns.ends[column], y: y, style: Style(isCurrent ? role : .dim))
        frame.mark(
          name, row: index,
          at: Rect(x: columns.ends[column] - text.columns, y: y, width: text.columns, height: 1))
      }
    }
  }

  /// Writes what the mark and the ratio mean where a row is left below the ways to test.
  private static func drawGloss(
    below rows: Int, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    guard rows + 1 < area.height else { return }
    let mark = (String(glyphs.selected), Style(.test))
    StyledLine.longest(
      of: [
        StyledLine([
          mark,
          (
            " is how this experiment tests; 1.00: the output gets what it was trained on",
            Style(.dim)
          ),
        ]), StyledLine([mark, (" is how this experiment tests", Style(.dim))]), StyledLine(),
      ], fitting: area.width
    ).write(x: area.x, y: area.maxY - 1, on: &buffer)
  }

  /// Where the numbers end.
  private struct Columns {
    let ends: [Int]
    let isWide: Bool

    init(_ area: Rect) {
      let end = area.x + min(area.width, 34) - 1
      ends = [end - 7, end, end + 24]
      isWide = area.width >= 58
    }
  }

  /// The numbers of a row with their names, and whether they are of the weights on the screen.
  private static func texts(
    _ row: Row, _ state: ExplorerState, isRegression: Bool
  ) -> [(name: String, text: String, isCurrent: Bool)] {
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.counterfactual)
    let isRatioCurrent = state.snapshot.isCurrent(state.snapshot.measured.divergence)
    let score = row.result.accuracy ?? row.result.r2 ?? .nan
    let right =
      isRegression ? NumberText.fitted(score, decimals: 3, width: 6) : NumberText.percent(score)
    return [
      ("loss", NumberText.fitted(row.result.loss, decimals: 3, width: 5), isCurrent),
      ("right", right, isCurrent),
      ("ratio", NumberText.fitted(ratio(row, state), decimals: 2, width: 6), isRatioCurrent),
    ]
  }
}
