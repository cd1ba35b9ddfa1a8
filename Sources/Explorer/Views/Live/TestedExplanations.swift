import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the same weights tested in other ways.
enum TestedExplanations: Formulas {
  /// Explains a column in a row of the table.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let rows = CounterfactualPanel.rows(state)
    guard let index = place.row, rows.indices.contains(index) else { return nil }
    let row = rows[index]
    let now = row.isNow ? " This is how the experiment tests now." : ""
    let how = Explained.gloss(
      "These very weights, \(words(row)), on \(row.result.count) examples.\(now)")
    switch place.name {
    case "loss":
      return [
        Explained.head("loss", number(row.result.loss)), how,
        Explained.formula(
          "sum of losses / examples = \(number(row.result.loss * Double(row.result.count), 2)) / "
            + "\(row.result.count) = \(number(row.result.loss))"),
      ]
    case "right":
      guard let accuracy = row.result.accuracy else { return score(row, how) }
      let right = NumberText.fixed(accuracy * Double(row.result.count), decimals: 0)
      return [
        Explained.head("right", NumberText.percent(accuracy, decimals: 1)), how,
        Explained.formula(
          "right / examples = \(right) / \(row.result.count) = "
            + NumberText.percent(accuracy, decimals: 1)),
      ]
    case "ratio":
      return [
        Explained.head("test / train at output", number(CounterfactualPanel.ratio(row, state))),
        how,
        Explained.formula(
          "sum |test| / sum |train| = \(number(CounterfactualPanel.ratio(row, state)))"),
        Explained.note("1.00: the output gets in testing what it got in training."),
      ]
    default: return nil
    }
  }

  private static func score(_ row: CounterfactualPanel.Row, _ how: BoxLine) -> [BoxLine] {
    [
      Explained.head("R2", number(row.result.r2 ?? .nan)), how,
      Explained.formula(
        "1 - sum of squared errors / sum of squares around the mean = "
          + number(row.result.r2 ?? .nan)),
      Explained.note("1 is perfect, 0 no better than the mean."),
    ]
  }

  private static func words(_ row: CounterfactualPanel.Row) -> String {
    switch row.convention {
    case .asTheyAre: "tested with activations as they are"
    case .timesKeep: "tested with activations times keep"
    case .timesInverseKeep: "tested with activations times 1/keep"
    case .timesKeepOverDrop: "tested with activations times keep/drop"
    case nil: "tested \(row.label)"
    }
  }
}
