import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The same weights tested in other ways: the counterfactual.
  public static let tested = Panel(
    "tested", draw: CounterfactualPanel.draw, formulas: CounterfactualFormulas.lines)
}

/// The same weights under the test conventions that they could have been tested with.
enum CounterfactualPanel {
  /// One way to test.
  struct Row: Equatable {
    /// `T` for the test pass as it is now, `C` for the scaled one, as on curves and maps.
    var letters: String
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
          letters: "T", label: isMasked ? "masked, too" : "a times 1-p", isNow: true,
          convention: nil, result: result))
    }
    let rest = TestConvention.allCases.filter { $0 != own && $0 != scaled }
    for convention in [own, own == scaled ? nil : scaled].compactMap({ $0 }) + rest {
      guard let result = measured.evaluations[convention] else { continue }
      rows.append(
        Row(
          letters: (own == convention ? "T" : "") + (scaled == convention ? "C" : ""),
          label: label(of: convention, isOwn: own == convention), isNow: own == convention,
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

  private static func label(of convention: TestConvention, isOwn: Bool) -> String {
    switch convention {
    case .asTheyAre: "as they are"
    case .timesKeep: isOwn ? "a times p" : "classic, a times p"
    case .timesInverseKeep: "a times 1/p"
    }
  }

  /// Draws the heading and the rows that fit.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let isRegression = !state.snapshot.dataset.isClassification
    let end = frame.area.x + min(frame.area.width, 34) - 1
    frame.heading("SAME WEIGHTS TESTED", on: &buffer)
    buffer.write("loss", endX: end - 7, y: frame.area.y, style: Style(.dim))
    buffer.write(isRegression ? "R2" : "right", endX: end, y: frame.area.y, style: Style(.dim))
    let isWide = frame.area.width >= 50
    if isWide {
      buffer.write("ratio into out", endX: end + 16, y: frame.area.y, style: Style(.dim))
    }
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.counterfactual)
    let isRatioCurrent = state.snapshot.isCurrent(state.snapshot.measured.divergence)
    for (index, row) in rows(state).prefix(max(0, frame.area.height - 1)).enumerated() {
      let y = frame.area.y + 1 + index
      let role: Role = row.isNow ? .test : .counterfactual
      buffer.write(row.letters, x: frame.area.x, y: y, style: Style(role, bold: true))
      let x = frame.area.x + max(2, row.letters.count + 1)
      let used = buffer.write(row.label, x: x, y: y, style: Style(role))
      if row.isNow {
        buffer.write(" <now", x: x + used, y: y, style: Style(.strong))
      }
      let style = Style(isCurrent ? role : .dim)
      let score = row.result.accuracy ?? row.result.r2 ?? .nan
      buffer.write(
        NumberText.fitted(row.result.loss, decimals: 3, width: 5), endX: end - 7, y: y,
        style: style)
      let text =
        isRegression ? NumberText.fitted(score, decimals: 3, width: 6) : NumberText.percent(score)
      buffer.write(text, endX: end, y: y, style: style)
      if isWide {
        buffer.write(
          NumberText.fitted(ratio(row, state), decimals: 2, width: 6), endX: end + 16, y: y,
          style: Style(isRatioCurrent ? role : .dim))
      }
    }
  }
}
