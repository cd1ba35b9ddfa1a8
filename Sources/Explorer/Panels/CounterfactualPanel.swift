import DropoutCore
import TerminalCells

/// The same weights under the test conventions that they could have been tested with.
enum CounterfactualPanel {
  /// One way to test.
  struct Row: Equatable {
    /// `T` for the test pass as it is now, `C` for the scaled one, as on curves and maps.
    var letters: String
    /// What it does to activations.
    var label: String
    /// Whether it is the experiment's own.
    var isNow: Bool
    /// What came out.
    var result: Evaluation
  }

  /// The rows, the least needed one last.
  static func rows(_ state: ExplorerState) -> [Row] {
    let measured = state.snapshot.counterfactual.value
    let dropout = state.snapshot.configuration.dropout
    let own = state.snapshot.configuration.ownConvention
    let scaled = state.snapshot.configuration.scaledConvention
    func letters(_ convention: TestConvention) -> String {
      (own == convention ? "T" : "") + (scaled == convention ? "C" : "")
    }
    var rows = [
      Row(
        letters: letters(.asTheyAre), label: "as they are", isNow: own == .asTheyAre,
        result: measured.asTheyAre),
      Row(
        letters: letters(.timesKeep),
        label: own == .timesKeep ? "a times p" : "classic, a times p", isNow: own == .timesKeep,
        result: measured.timesKeep),
    ]
    if own == nil {
      let label = dropout.testPass == .masked ? "masked, too" : "a times 1-p"
      rows.insert(Row(letters: "T", label: label, isNow: true, result: measured.own), at: 0)
    }
    rows.append(
      Row(
        letters: letters(.timesInverseKeep), label: "a times 1/p",
        isNow: own == .timesInverseKeep, result: measured.timesInverseKeep))
    return rows
  }

  /// Draws the heading and the rows that fit.
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let isRegression = !state.snapshot.dataset.isClassification
    let end = area.x + min(area.width, 34) - 1
    buffer.clipped(to: area) { buffer in
      buffer.write("SAME WEIGHTS TESTED", x: area.x, y: area.y, style: Style(.title))
      buffer.write("loss", endX: end - 8, y: area.y, style: Style(.dim))
      buffer.write(isRegression ? "R2" : "right", endX: end, y: area.y, style: Style(.dim))
      let isCurrent = state.snapshot.isCurrent(state.snapshot.counterfactual)
      for (index, row) in rows(state).prefix(max(0, area.height - 1)).enumerated() {
        let y = area.y + 1 + index
        let role: Role = row.isNow ? .test : .counterfactual
        buffer.write(row.letters, x: area.x, y: y, style: Style(role, bold: true))
        let x = area.x + max(2, row.letters.count + 1)
        let used = buffer.write(row.label, x: x, y: y, style: Style(role))
        if row.isNow {
          buffer.write(" <now", x: x + used, y: y, style: Style(.strong))
        }
        let style = Style(isCurrent ? role : .dim)
        let score = row.result.accuracy ?? row.result.r2 ?? .nan
        buffer.write(
          NumberText.fitted(row.result.loss, decimals: 3, width: 5), endX: end - 8, y: y,
          style: style)
        let text =
          isRegression ? NumberText.fixed(score, decimals: 3) : NumberText.percent(score)
        buffer.write(text, endX: end, y: y, style: style)
      }
    }
    return [HitRegion(area: area, target: .panel(.tested))]
  }
}

extension ExperimentConfiguration {
  /// The convention of the experiment's own test pass; nil where it is none of them.
  var ownConvention: TestConvention? {
    if dropout.maskPass == .backward { return .asTheyAre }
    if dropout.testPass == .masked { return nil }
    if dropout.noise == .gaussian { return .asTheyAre }
    switch dropout.scaling {
    case .off, .inverted: return .asTheyAre
    case .classic, .double: return .timesKeep
    case .swapped:
      return keep.values.allSatisfy { $0 == 0.5 || $0 == 1 } ? .timesKeep : nil
    }
  }

  /// The convention of the weight-scaling network: activations times the mean of what training multiplies
  /// them by.
  var scaledConvention: TestConvention {
    if dropout.maskPass == .backward || dropout.noise == .gaussian { return .asTheyAre }
    switch dropout.scaling {
    case .off, .classic, .swapped: return .timesKeep
    case .inverted, .double: return .asTheyAre
    }
  }
}
