import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formulas of the same weights tested in other ways.
enum CounterfactualFormulas: Formulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    let measured = state.snapshot.measured.counterfactual
    let dataset = state.snapshot.dataset
    let isTest = !dataset.testExamples.isEmpty
    let count = (isTest ? dataset.testExamples : dataset.trainingExamples).count
    let loss =
      dataset.isClassification && state.configuration.loss != .meanSquaredError
      ? "mean of -log(probability of the right class), in nats"
      : "mean of half the squared error, summed over the outputs"
    return [
      title(
        "the weights of step \(measured.step), over \(count) \(isTest ? "test" : "training") "
          + "examples"
      ),
      BoxLine("  loss = " + loss),
      BoxLine(
        dataset.isClassification
          ? "  right = share whose largest output is the right class"
          : "  R2 = 1 - sum of squared errors / sum of squared deviations from the mean"),
      BoxLine(""),
    ]
      + state.snapshot.configuration.testConventions.map { convention in
        let result = measured.value.evaluations[convention]
        return BoxLine(
          "  \(convention.words): " + (result.map(evaluationText) ?? PanelFrame.pendingText),
          Style(state.snapshot.configuration.ownConvention == convention ? .test : .text))
      }
  }

  private static func evaluationText(_ result: Evaluation) -> String {
    let count = Double(result.count)
    let loss =
      "loss = \(number(result.loss * count, 2)) / \(result.count) = \(number(result.loss))"
    guard let accuracy = result.accuracy else {
      return loss + ", R2 = \(number(result.r2 ?? .nan))"
    }
    return loss + ", right = \(number(accuracy * count, 0)) / \(result.count) = "
      + NumberText.percent(accuracy, decimals: 1)
  }
}

extension TestConvention {
  /// The convention in words.
  var words: String {
    switch self {
    case .asTheyAre: "activations as they are"
    case .timesKeep: "activations times keep"
    case .timesInverseKeep: "activations times 1/keep"
    case .timesKeepOverDrop: "activations times keep/(1 - keep)"
    }
  }
}
