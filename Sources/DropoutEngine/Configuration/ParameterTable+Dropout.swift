extension ParameterTable {
  static let dropoutRows: [ParameterDefinition] = [
    .init(
      "variant", .dropout, \.experiment.adoptedVariant, .choice,
      help: "A named set of dropout settings; explicit options win over it, wherever they stand"),
    .init(
      "keep", .dropout, \.experiment.keep, keep.perLayer("hidden layers"),
      help: "The keep probability of hidden units (frameworks often give the drop rate, 1 - p)"),
    .init(
      "drop", .dropout, \.experiment.keep,
      dropRate.described(dropRate.range, valueName: "P").perLayer("hidden layers"),
      help: "The drop rate of hidden units, 1 - keep"),
    .init(
      "keep-input", .dropout, \.experiment.keepInput,
      keep.described(keep.range, valueName: "NUMBER"), help: "The keep probability of the inputs"),
    .init(
      "drop-input", .dropout, \.experiment.keepInput, dropRate,
      help: "The drop rate of the inputs, 1 - keep-input"),
    .init(
      "scaling", .dropout, \.experiment.dropout.scaling, .choice,
      help: "The scaling of sums: classic multiplies by p at test, inverted by 1/p in training"),
    .init(
      "mask-pass", .dropout, \.experiment.dropout.maskPass, .choice,
      help: "The pass that applies the mask"),
    .init(
      "mask-sharing", .dropout, \.experiment.dropout.maskSharing, .choice,
      help: "The sharing of masks"),
    .init(
      "update-scale", .dropout, \.experiment.dropout.updateScale, .choice,
      help: "The factor of weight updates"),
    .init(
      "dropout-noise", .dropout, \.experiment.dropout.noise, .choice,
      help: """
        The kind of noise: masks of 0 and 1 on units, on weights or on groups of units, or normal \
        multipliers
        """),
    .init(
      "mask-groups", .dropout, \.experiment.maskGroupSize, .count(1...65_536),
      help: "The units, side by side, that share a mask under dropout-noise groups"),
    .init(
      "test-pass", .dropout, \.experiment.dropout.testPass, .choice,
      help: "Whether the test pass masks too (a bug that people ship)"),
    .init(
      "keep-schedule", .dropout, \.experiment.dropout.keepSchedule, .choice,
      help: "The course of the keep probabilities: constant, or from 1 down to their values"),
    .init(
      "keep-steps", .dropout, \.experiment.keepSteps, .count(1...1_000_000_000),
      help: "The steps in which keep-schedule curriculum comes from 1 to the keep probabilities"),
    .init(
      "learners", .dropout, \.experiment.learners, .count(1...64), effect: .startsAnew,
      help: "The learners of random-subspace and bagging, whose outputs are averaged"),
    .init(
      "subspace", .dropout, \.experiment.subspace,
      .number("a share above 0 and at most 1; at least one input is seen") { $0 > 0 && $0 <= 1 },
      effect: .startsAnew,
      help: """
        The share of the inputs that each learner of random-subspace sees; the others are 0 in \
        both passes
        """),
  ]

  /// The names of all variants.
  package static let variants = Variant.allCases.map(\.rawValue)

  private static let keep = ParameterKind<Double>(
    "P", "a probability above 0 and at most 1: at p = 0 nothing is left, and 1/p is not a number",
    read: { ParameterText.number($0).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil } },
    text: ParameterText.text)

  /// A keep probability that is written as its drop rate.
  private static let dropRate = ParameterKind<Double>(
    "RATE", "a drop rate from 0 to below 1: at 1 nothing is left, and 1/p is not a number",
    read: { text in
      guard let rate = ParameterText.number(text), rate >= 0 else { return keepBeside(text) }
      let keep = complement(rate)
      return keep > 0 && keep <= 1 ? keep : nil
    },
    text: { keep in
      let rate = complement(keep)
      return rate < 1 ? ParameterText.text(rate) : differenceMark + ParameterText.text(keep)
    })

  private static let differenceMark = "1-"

  /// The keep probability of a rate that is written as a difference, as in `1-1e-17`: the rate
  /// itself has lost the digits.
  private static func keepBeside(_ text: String) -> Double? {
    guard text.hasPrefix(differenceMark),
      let keep = ParameterText.number(String(text.dropFirst(differenceMark.count)))
    else { return nil }
    return keep > 0 && keep <= 1 ? keep : nil
  }

  /// 1 - p as a person would write it: 0.2 for 0.8, not 0.19999999999999996.
  static func complement(_ probability: Double) -> Double {
    let exact = 1 - probability
    let rounded = (exact * 1e12).rounded() / 1e12
    // A probability that is neither 0 nor 1 is not told as one of them.
    let isEnd = rounded == 0 || rounded == 1
    return abs(rounded - exact) < 1e-15 && !isEnd ? rounded : exact
  }
}

extension ExperimentConfiguration {
  /// Applies the settings of a variant; settings that it does not name return to their defaults.
  public mutating func adopt(_ variant: Variant) {
    // An L2 that came with a variant leaves with it.
    if let brought = self.variant.l2, l2 == PerLayer(brought) { l2 = PerLayer(0) }
    self.variant = variant
    dropout = variant.settings
    if let brought = variant.l2 { l2 = PerLayer(brought) }
  }
}

extension ExperimentConfiguration {
  /// The variant; setting it sets all that it names.
  fileprivate var adoptedVariant: Variant {
    get { variant }
    set { adopt(newValue) }
  }
}
