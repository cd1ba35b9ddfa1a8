import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number in the table of sums.
enum SumExplanations: Formulas {
  /// Explains a column, in the row of a unit; the heading of a column speaks of the selected unit.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let layer = state.evidence.layers[state.shownLayer]
    let unit = place.row ?? state.shownUnit
    guard unit < layer.testSum.columns else { return nil }
    let sums = Sums(
      name: "unit \(unit + 1) of \(state.layerName(state.shownLayer))",
      step: Double(layer.trainingSum[state.watchedRow, unit]),
      training: state.meanTrainingSum(layer: state.shownLayer, unit: unit),
      test: Double(layer.testSum[state.watchedRow, unit]))
    switch place.name {
    case "step": return step(state, sums, unit)
    case "train": return training(state, sums)
    case "test": return test(state, sums, unit)
    case "ratio": return ratio(sums)
    case "bars": return bar(sums)
    default: return nil
    }
  }

  /// The sums of one unit and its name.
  private struct Sums {
    let name: String
    let step: Double
    let training: Double
    let test: Double
  }

  private static func step(_ state: ExplorerState, _ sums: Sums, _ unit: Int) -> [BoxLine] {
    let layer = state.evidence.layers[state.shownLayer]
    return [
      Explained.head("step", number(sums.step)),
      Explained.gloss(
        "What \(sums.name) adds up in step \(state.evidence.step), under the mask of that step."),
      Explained.formula("sum of weight * what each kept unit sends"),
      Explained.sum(
        state.trainingWeights(layer: state.shownLayer, unit: unit),
        layer.received.row(state.watchedRow).map { Double($0) }, sums.step),
      Explained.note("A masked unit sends 0. The bias is left out: no mask touches it."),
    ]
  }

  private static func training(_ state: ExplorerState, _ sums: Sums) -> [BoxLine] {
    let method = state.snapshot.watched.value.sums[state.shownLayer].method
    let how =
      switch method {
      case .none: "no mask changes it"
      case .theory: "from the weights and keep alone, exactly"
      case .exact: "over every mask there is, exactly"
      case .monteCarlo(let count): "over \(count) masks further up, drawn by chance"
      }
    return [
      Explained.head("train", number(sums.training)),
      Explained.gloss("What \(sums.name) gets in training on average over masks: \(how)."),
      mean(state, sums, by: method),
    ]
  }

  /// The mean, from the sum of all units where only they are masked, and nothing below.
  private static func mean(_ state: ExplorerState, _ sums: Sums, by method: MeanMethod) -> BoxLine {
    let place = state.evidence.mask(of: .source(of: state.shownLayer))
    let all = sums.test / Double(place.testFactor)
    let factor = place.keepProbability * Double(place.trainingFactor)
    let isProduct = (factor * all - sums.training).magnitude < 1e-5 * max(1, all.magnitude)
    guard method == .theory, isProduct else {
      return Explained.formula("\(method.mean) of the sum = \(number(sums.training))")
    }
    return Explained.formula(
      "keep * factor * sum of all units = \(number(place.keepProbability, 2)) * "
        + "\(Self.factor(place.trainingFactor)) * \(number(all)) = \(number(sums.training))")
  }

  private static func test(_ state: ExplorerState, _ sums: Sums, _ unit: Int) -> [BoxLine] {
    let layer = state.evidence.layers[state.shownLayer]
    let place = state.evidence.mask(of: .source(of: state.shownLayer))
    return [
      Explained.head("test", number(sums.test)),
      Explained.gloss("What \(sums.name) gets in testing, where every unit sends."),
      Explained.formula("sum of weight * activation * \(factor(place.testFactor))"),
      Explained.sum(
        layer.weights.row(unit).map { Double($0) },
        layer.testReceived.row(state.watchedRow).map { Double($0) }, sums.test),
      Explained.note("\(factor(place.testFactor)) is what testing multiplies activations by."),
    ]
  }

  private static func ratio(_ sums: Sums) -> [BoxLine] {
    [
      Explained.head("ratio", number(sums.test / sums.training)),
      Explained.gloss("How many times the sum of testing is as large as the mean of training."),
      Explained.formula(
        "test / train = \(number(sums.test)) / \(number(sums.training)) = "
          + number(sums.test / sums.training)),
      Explained.note("1.00 where both agree; n/a where training gives 0."),
    ]
  }

  private static func bar(_ sums: Sums) -> [BoxLine] {
    [
      Explained.head(
        sums.test.magnitude < sums.training.magnitude ? "missing in test" : "extra in test",
        number(sums.test - sums.training)),
      Explained.gloss(
        "From the axis on, what training and testing have in common; beyond it what testing adds "
          + "or lacks, as the heading says."),
      Explained.formula(
        "test - train = \(number(sums.test)) - \(number(sums.training)) = "
          + number(sums.test - sums.training)),
    ]
  }

  /// Explains the number that stands large on the screen.
  static func hero(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard place == .hero else { return nil }
    let unit = state.sentenceUnit
    let layer = state.evidence.layers[unit.layer]
    let sums = Sums(
      name: "unit \(unit.unit + 1) of \(state.layerName(unit.layer))", step: .nan,
      training: state.meanTrainingSum(layer: unit.layer, unit: unit.unit),
      test: Double(layer.testSum[state.watchedRow, unit.unit]))
    return [
      Explained.gloss("Of \(sums.name), over all masks, also those that mask the unit itself:")
    ] + ratio(sums)
  }
}
