import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the sums view: where the test sum lies among all training sums.
enum SumsSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    guard let sums = state.shownUnitSums else {
      return [
        "The sum into \(state.unitName(layer: state.shownLayer, unit: state.shownUnit)) is being "
          + "measured."
      ]
    }
    let name = state.unitName(layer: sums.layer, unit: sums.unit)
    let distribution = sums.distribution
    let test = text(sums.testSum)
    guard distribution.variance > 0 else {
      guard distribution.method == .none else {
        return [
          "Whatever is masked, the sum into \(name) is \(test): for this example all that feeds it "
            + "is 0. \(state.keys[.example(.next)]) watches another example, "
            + "\(state.keys.arrowsName) choose another unit."
        ]
      }
      return [
        "No mask changes the sum into \(name): TRAINING gives \(text(distribution.mean)) each "
          + "time, TESTING \(test). "
          + "\(state.keys.arrowsNameFirst) choose a unit whose inputs are masked."
      ]
    }
    let mean = text(distribution.mean)
    let deviation = text(distribution.deviation)
    let step = text(sums.stepSum)
    let masks =
      distribution.method == .exact
      ? "Over all \(NumberText.grouped(distribution.masks)) masks"
      : "Over \(NumberText.grouped(distribution.masks)) drawn masks"
    let away = (sums.testSum - distribution.mean) / distribution.deviation
    let isRight = abs(away) < 0.05
    let side = away > 0 ? "above" : "below"
    let distance =
      isRight ? "right at the mean" : "\(NumberText.fixed(abs(away), decimals: 1)) sd \(side)"
    let share = sums.shareBeyondTest
    let reached =
      share < 0.005
      ? "hardly any mask reaches" : "only \(NumberText.percent(share)) of the masks reach"
    let tail = share < 0.25 ? "; \(reached) that" : ""
    let facts =
      "\(masks) TRAINING gives \(name) \(mean) on average (sd \(deviation)), this one \(step); "
      + "TESTING gives \(test): "
      + distance
    let hint = hint(
      state.evidence.configuration.dropout, isRight: isRight, key: state.keys[.nextScaling])
    return [
      "\(facts)\(tail). \(hint)", "\(facts). \(hint)", "\(facts).",
      "TRAINING gives \(name) \(mean) on average, TESTING \(test): \(distance).",
    ]
  }

  /// A sum with two decimals, or two digits where it is small.
  private static func text(_ value: Double) -> String {
    value != 0 && value.magnitude < 0.1
      ? NumberText.significant(value, digits: 2) : NumberText.fixed(value, decimals: 2)
  }

  /// A key to press next, or a remark on the rest.
  private static func hint(
    _ dropout: DropoutSettings, isRight: Bool, key: String
  ) -> String {
    if dropout.testPass == .masked { return "Testing still masks: each test draws another sum." }
    switch dropout.scaling {
    case .off: return "\(key) tries a remedy."
    case .double, .swapped: return "A bug: \(key) turns it off."
    case .classic, .inverted:
      return isRight
        ? "The spread is the noise of dropout." : "The rest is Jensen: what is below bends."
    }
  }
}

extension UnitSums {
  /// The share of masks whose sum is at least as far from the mean as the test sum, on its side.
  var shareBeyondTest: Double {
    let isAbove = testSum >= distribution.mean
    return distribution.mass.enumerated().reduce(0) { share, bin in
      let middle = distribution.middle(ofBin: bin.offset)
      return (isAbove ? middle >= testSum : middle <= testSum) ? share + bin.element : share
    }
  }
}
