import DropoutEngine

/// A way in which a framework writes dropout.
struct DropoutRule: Sendable {
  /// The find of a rule in a call.
  struct Found {
    let frameworks: [Framework]
    let number: Framework.Number?
    let text: String
    var variant = Variant.inverted
    var remarks: [String] = []
    /// Whether the next rule that matches may be right as well.
    var isDoubtful = false
  }

  /// Whether a call is written in this way.
  let matches: @Sendable (_ call: CodeCall, _ line: String) -> Bool
  /// Reads such a call; nil where it has no number of dropout.
  let read: @Sendable (_ call: CodeCall, _ line: String) -> Found?

  /// The reading of an argument whose name says it: `keep_prob=0.8`, `attn_pdrop: 0.1`.
  static func byName(_ argument: CodeCall.Argument) -> Found? {
    guard let name = argument.name?.lowercased(), !argument.value.isEmpty else { return nil }
    let kind: Framework.Number
    if name.contains("keep") || name.contains("retain") {
      kind = .keep
    } else if name.contains("drop") {
      kind = .drop
    } else {
      return nil
    }
    return Found(
      frameworks: [], number: kind, text: argument.value,
      remarks: ["This is read from the name \(argument.name ?? ""); whether it scales is a guess."])
  }
}

extension DropoutRule {
  /// All rules: the most telling ones first.
  static let all: [DropoutRule] = [
    paddle1, paddle2, mindSpore, tensorFlowKeep, tensorFlowRate, tensorFlowLayers, wrapper, haiku,
    flax, equinox, mlx, keras, functional, torch7, module, deepLearning4J, matlab, caffe,
    convNetJS, bernoulli, uniform, scikitLearn,
  ]

  private static let moduleNames: Set = [
    "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout",
    "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout",
  ]

  static func isModule(_ call: CodeCall) -> Bool { moduleNames.contains(call.name) }

  /// The number of a module, whose first argument it is.
  static func moduleNumber(_ call: CodeCall) -> String {
    call.value(named: ["p", "rate"]) ?? call.value(at: 0) ?? "0.5"
  }
}
