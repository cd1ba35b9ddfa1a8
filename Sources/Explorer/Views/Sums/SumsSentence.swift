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
    let masks =
      distribution.method == .exact
      ? "all \(NumberText.grouped(distribution.masks)) masks"
      : "\(NumberText.grouped(distribution.masks)) drawn masks"
    let away = (sums.testSum - distribution.mean) / distribution.deviation
    let isRight = abs(away) < 0.05
    let side = away > 0 ? "above" : "below"
    let distance =
      isRight
      ? "right at the mean" : "\(NumberText.fixed(abs(away), decimals: 1)) spreads \(side) it"
    let share = sums.shareBeyondTest
    let tail =
      isRight || share >= 0.25
      ? ""
      : share < 0.005
        ? ": hardly any mask goes that far"
        : ": about \(NumberText.percent(share)) of the masks go that far"
    let facts =
      "Over \(masks) TRAINING gives \(name) \(mean) on average, with a spread of \(deviation). "
      + "TESTING gives \(test), "
      + distance
    let hint = hint(state, sums, isRight: isRight)
    return [
      "\(facts)\(tail). \(hint)", "\(facts). \(hint)", "\(facts).",
      "TRAINING gives \(name) \(mean) on average, TESTING \(test), \(distance).",
    ]
  }

  /// The number that stands large beside the sentence: the test sum over the mean training sum.
  static func hero(_ state: ExplorerState) -> HeroBlock? {
    guard let sums = state.shownUnitSums else { return nil }
    let ratio = sums.testSum / sums.distribution.mean
    guard ratio.isFinite else { return nil }
    let text = NumberText.fixed(ratio, decimals: 2) + "x"
    let agreement = SumAgreement(
      ratio: ratio, into: sums.layer, of: state.evidence.configuration)
    return HeroBlock(text, agreement.hero)
  }

  private static func text(_ value: Double) -> String { NumberText.compactSum(value) }

  /// A remark on the rest, and a key to press next.
  private static func hint(_ state: ExplorerState, _ sums: UnitSums, isRight: Bool) -> String {
    let dropout = state.evidence.configuration.dropout
    let scaling = state.keys[.nextScaling]
    if dropout.testPass == .masked { return "Testing still masks: each test draws another sum." }
    switch dropout.scaling {
    case .off: return "\(scaling) tries a remedy."
    case .double, .swapped, .inverseDrop: return "That is a bug: \(scaling) turns it off."
    case .classic, .inverted:
      guard !isRight else {
        return "The spread is the noise of dropout. \(state.keys[.race]) races the scalings."
      }
      return "The rest: layers below bend their sums. \(state.keys[.ensemble]) averages networks."
    }
  }
}

extension UnitSums {
  /// The share of masks whose sum is at least as far from the mean as the test sum, on its side;
  /// those in the bin of the test sum count as far enough.
  var shareBeyondTest: Double {
    let isAbove = testSum >= distribution.mean
    let half = (distribution.middle(ofBin: 1) - distribution.middle(ofBin: 0)) / 2
    return distribution.mass.enumerated().reduce(0) { share, bin in
      let middle = distribution.middle(ofBin: bin.offset)
      let isFar = isAbove ? middle + half >= testSum : middle - half <= testSum
      return isFar ? share + bin.element : share
    }
  }
}
