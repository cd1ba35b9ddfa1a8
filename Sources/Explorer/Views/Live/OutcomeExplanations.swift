import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the outcome: of maps, classes, predictions.
enum OutcomeExplanations: Formulas {
  /// Explains a score, a map, or one output for the watched example.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let snapshot = state.snapshot
    let scaled = snapshot.measured.counterfactual.value
      .evaluations[snapshot.configuration.scaledConvention]
    switch (place.name, place.row) {
    case ("test", nil):
      return score(snapshot.ownEvaluation, "tested as the experiment says", state)
    case ("scaled", nil): return score(scaled, "the same weights tested with scaling", state)
    case ("test map", nil): return map("as the experiment tests it", state)
    case ("scaled map", nil): return map("with the same weights scaled", state)
    case ("right", let row?): return right(state, index: row)
    case ("masked", let row?), ("test", let row?): return output(state, place.name, row)
    default: return nil
    }
  }

  private static func score(
    _ result: Evaluation?, _ how: String, _ state: ExplorerState
  ) -> [BoxLine]? {
    guard let result else { return pending }
    guard let accuracy = result.accuracy else {
      return [
        Explained.head("R2", number(result.r2 ?? .nan)),
        Explained.gloss("How well the targets are met, \(how): 1 is perfect, 0 is their mean."),
        Explained.formula(
          "1 - sum of squared errors / sum of squares around the mean = "
            + number(result.r2 ?? .nan)
        ),
      ]
    }
    let right = NumberText.fixed(accuracy * Double(result.count), decimals: 0)
    return [
      Explained.head("right", NumberText.percent(accuracy, decimals: 1)),
      Explained.gloss("The share of examples whose largest output is the right class, \(how)."),
      Explained.formula(
        "right / examples = \(right) / \(result.count) = "
          + NumberText.percent(accuracy, decimals: 1)),
    ]
  }

  private static func map(_ how: String, _ state: ExplorerState) -> [BoxLine] {
    let isClasses = state.snapshot.dataset.isClassification
    return [
      title("the map of the plane, \(how)"),
      Explained.gloss(
        isClasses
          ? "At each point the class that the network says; the surer it is, the stronger the hue."
          : "At each point what the network predicts: above or below the mean."),
      Explained.gloss("Points are examples, in hue and shape of their own class."),
    ]
  }

  private static func right(_ state: ExplorerState, index: Int) -> [BoxLine]? {
    guard let row = ClassOutcome.rows(state).first(where: { $0.index == index }) else { return nil }
    let right = NumberText.fixed(row.accuracy * Double(row.count), decimals: 0)
    return [
      Explained.head("right", NumberText.percent(row.accuracy, decimals: 1)),
      Explained.gloss(
        "The share of the examples of \(row.name) that is classified as \(row.name)."),
      Explained.formula(
        "right / examples = \(right) / \(row.count) = "
          + NumberText.percent(row.accuracy, decimals: 1)),
    ]
  }

  private static func output(
    _ state: ExplorerState, _ pass: String, _ index: Int
  ) -> [BoxLine]? {
    guard let row = WatchedPredictions(state: state).rows.first(where: { $0.output == index })
    else { return nil }
    let value = pass == "masked" ? row.masked : row.test
    let how = pass == "masked" ? "under the mask of step \(state.evidence.step)" : "in testing"
    let isProbability = state.evidence.loss == .crossEntropy
    return [
      Explained.head(row.name, number(value)),
      Explained.gloss("What the network says of the watched example \(how)."),
      Explained.formula(
        isProbability
          ? "exp(sum + bias) / the same over all classes = \(number(value))"
          : "sum + bias, in the target's own units = \(number(value))"),
    ]
  }
}
