extension ParameterTable {
  static let dropoutRows: [ParameterDefinition] = [
    ParameterDefinition(
      name: "variant", group: .dropout, valueName: "NAME",
      help: "A named set of dropout settings; explicit options win over it, wherever they stand",
      range: "one of " + variants.joined(separator: ", "), choices: variants, effect: .nextStep,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard let variant = Variant(rawValue: text) else {
          throw ParameterDefinition.wrong(
            "variant", text, "one of " + variants.joined(separator: ", "), choices: variants)
        }
        settings.experiment.adopt(variant)
      }, get: { $0.experiment.variant.rawValue }),
    keepRow(
      "keep", drop: false, \.experiment.keep,
      help: "The keep probability of hidden units (frameworks often give the drop rate, 1 - p)"),
    keepRow(
      "drop", drop: true, \.experiment.keep, help: "The drop rate of hidden units, 1 - keep"),
    .number(
      "keep-input", .dropout, \.experiment.keepInput, help: "The keep probability of the inputs",
      range: keepRange, in: { $0 > 0 && $0 <= 1 }),
    dropInputRow,
    .choice(
      "scaling", .dropout, \.experiment.dropout.scaling,
      help: "The scaling of sums: classic multiplies by p at test, inverted by 1/p in training",
      effect: .nextStep),
    .choice(
      "mask-pass", .dropout, \.experiment.dropout.maskPass,
      help: "The pass that applies the mask", effect: .nextStep),
    .choice(
      "mask-sharing", .dropout, \.experiment.dropout.maskSharing, help: "The sharing of masks",
      effect: .nextStep),
    .choice(
      "update-scale", .dropout, \.experiment.dropout.updateScale,
      help: "The factor of weight updates", effect: .nextStep),
    .choice(
      "dropout-noise", .dropout, \.experiment.dropout.noise,
      help: "The kind of noise: masks of 0 and 1 on units or weights, or normal multipliers",
      effect: .nextStep),
    .choice(
      "test-pass", .dropout, \.experiment.dropout.testPass,
      help: "Whether the test pass masks too (a bug that people ship)", effect: .nextStep),
    .count(
      "learners", .dropout, \.experiment.learners,
      help: "The learners of random-subspace and bagging, whose outputs are averaged",
      range: 1...64, effect: .startsAnew),
    .number(
      "subspace", .dropout, \.experiment.subspace,
      help: """
        The share of the inputs that each learner of random-subspace sees; the others are 0 in \
        both passes
        """,
      range: "a share above 0 and at most 1; at least one input is seen", effect: .startsAnew,
      in: { $0 > 0 && $0 <= 1 }),
  ]

  /// The names of all variants.
  package static let variants = Variant.allCases.map(\.rawValue)
  static let keepRange =
    "a probability above 0 and at most 1: at p = 0 nothing is left, and 1/p is not a number"
  static let dropRange =
    "a drop rate from 0 to below 1: at 1 nothing is left, and 1/p is not a number"

  private static func keepRow(
    _ name: String, drop: Bool, _ path: any SettingsPath<PerLayer<Double>>, help: String
  ) -> ParameterDefinition {
    let range = drop ? dropRange : keepRange
    return ParameterDefinition(
      name: name, group: .dropout, valueName: "P[,P…]", help: help,
      range: range + "; one for all hidden layers, or one for each", choices: [], effect: .nextStep,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        var values: [Double] = []
        for part in ParameterText.list(text) {
          guard let value = keepProbability(part, isDropRate: drop) else {
            throw ParameterDefinition.wrong(name, part, range)
          }
          values.append(value)
        }
        settings[keyPath: path] = PerLayer(values: values)
      },
      get: { settings in
        settings[keyPath: path].values.map {
          ParameterText.text(drop ? complement($0) : $0)
        }.joined(separator: ",")
      })
  }

  private static let dropInputRow = ParameterDefinition(
    name: "drop-input", group: .dropout, valueName: "RATE",
    help: "The drop rate of the inputs, 1 - keep-input", range: dropRange, choices: [],
    effect: .nextStep,
    set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
      guard let value = keepProbability(text, isDropRate: true) else {
        throw ParameterDefinition.wrong("drop-input", text, dropRange)
      }
      settings.experiment.keepInput = value
    }, get: { ParameterText.text(complement($0.experiment.keepInput)) })

  private static func keepProbability(_ text: String, isDropRate: Bool) -> Double? {
    guard let number = ParameterText.number(text) else { return nil }
    let keep = isDropRate ? complement(number) : number
    return keep > 0 && keep <= 1 && number >= 0 ? keep : nil
  }

  /// 1 - p as a person would write it: 0.2 for 0.8, not 0.19999999999999996.
  static func complement(_ probability: Double) -> Double {
    let exact = 1 - probability
    let rounded = (exact * 1e12).rounded() / 1e12
    return abs(rounded - exact) < 1e-15 ? rounded : exact
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
