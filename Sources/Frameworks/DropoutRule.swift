import DropoutEngine

/// A way in which a framework writes dropout.
struct DropoutRule: Sendable {
  /// The find of a rule in a call.
  struct Found {
    let frameworks: [Framework]
    let number: Framework.Number?
    let text: String
    var effect = DropoutEffect.variant(.inverted)
    var remarks: [String] = []
    /// Whether the next rule that matches may be right as well.
    var isDoubtful = false
    /// The code, where it is more than the call.
    var code: String?
    /// The dimensions of the channels that are dropped as a whole; nil where single units are.
    var channelDimensions: Int?
  }

  /// Whether a call is written in this way.
  let matches: @Sendable (_ call: CodeCall, _ line: String) -> Bool
  /// Reads such a call; nil where it has no number of dropout.
  let read: @Sendable (_ call: CodeCall, _ line: String) throws(DropoutReadingError) -> Found?

  /// The finds in a call: several where the same code means several things.
  static func founds(
    _ call: CodeCall, _ line: String
  ) throws(DropoutReadingError) -> [Found] {
    var founds: [Found] = []
    for rule in all where rule.matches(call, line) {
      guard var found = try rule.read(call, line) else { continue }
      if isAlpha(call), found.effect != .variant(.none) {
        found.effect = .alpha
      }
      found.channelDimensions = channelDimensions(call)
      found.remarks += strangers(call)
      if isModule(call), isSwitchedOff(call, in: line) {
        found.effect = .variant(.none)
        found.remarks.append(
          "eval() switches it off: until train() is called, this dropout does nothing.")
      }
      founds.append(found)
      if !found.isDoubtful { break }
    }
    return founds
  }

  /// Whether a module, or one that it is in, is switched off where it is made:
  /// `nn.Dropout(0.2).eval()`.
  private static func isSwitchedOff(_ call: CodeCall, in line: String) -> Bool {
    let characters = Array(line)
    return CodeCall.all(in: line).contains { outer in
      outer.range.lowerBound <= call.range.lowerBound
        && call.range.upperBound <= outer.range.upperBound
        && [".eval()", ".train(False)"].contains { end in
          characters[outer.range.upperBound...].starts(with: end)
        }
    }
  }

  /// A remark about arguments of a call of dropout that are not known; none where all are.
  private static func strangers(_ call: CodeCall) -> [String] {
    guard call.name.lowercased().contains("dropout") else { return [] }
    let names = call.arguments.compactMap(\.name).filter {
      !otherArguments.contains($0) && !numberArguments.contains($0)
    }
    guard !names.isEmpty else { return [] }
    return [
      "dropscope does not know \(names.joined(separator: " and ")) here, and passes "
        + "\(names.count == 1 ? "it" : "them") over."
    ]
  }

  /// The dimensions of the channels that a call drops as a whole; nil where it drops single units.
  private static func channelDimensions(_ call: CodeCall) -> Int? {
    let name = call.name.lowercased()
    guard name.contains("dropout"), !isAlpha(call) else { return nil }
    if name == "spatialdropout" { return 2 }
    return ["1d", "2d", "3d"].first { name.hasSuffix($0) }.flatMap { Int($0.dropLast()) }
  }

  /// Whether a call is one of alpha dropout, which no factor describes.
  static func isAlpha(_ call: CodeCall) -> Bool { call.name.lowercased().contains("alpha") }

  /// Words in names of numbers that drop something else than units: whole layers, branches, trees,
  /// tokens or weights; or that multiply the number of dropout.
  private static let otherDrops = [
    "drop mult", "drop path", "path drop", "path dropout", "droppath", "drop depth",
    "layerdrop", "layer drop", "drop connect", "dropconnect", "rate drop", "skip drop", "one drop",
    "patch drop", "patch dropout", "drop patch", "token drop", "token dropout", "drop token",
    "cond drop", "drop block", "dropblock", "drop last", "dropna", "drop duplicates",
    "dropout implementation", "drop remainder",
  ]

  /// Whether the words of a name, which underscores separate, say that.
  private static func isOtherDrop(_ name: String) -> Bool {
    let words = " " + name.split(separator: "_").joined(separator: " ") + " "
    return otherDrops.contains { words.contains(" \($0) ") }
  }

  /// The reading of an argument whose name says it: `keep_prob=0.8`, `attn_pdrop: 0.1`.
  static func byName(_ argument: CodeCall.Argument, of call: CodeCall?) -> Found? {
    guard let name = argument.name?.lowercased(), !argument.value.isEmpty,
      // A setting such as drop_last=True is about something else.
      !["true", "false", "none", "null", "nil"].contains(argument.value.lowercased()),
      // Libraries of trees and layers of masked weights are not about units.
      !["xgb", "lgb", "lightgbm", "dart", "weightdrop", "dropconnect"].contains(where: {
        call?.path.joined().lowercased().contains($0) ?? false
      })
    else { return nil }
    let kind: Framework.Number
    if name.contains("keep") || name.contains("retain") {
      kind = .keep
    } else if name.contains("drop"), !isOtherDrop(name) {
      kind = .drop
    } else {
      return nil
    }
    if call?.name == "DropoutWrapper" {
      return Found(
        frameworks: [.tensorFlow1], number: kind, text: argument.value,
        remarks: ["It is the \(argument.name ?? "") of the cell."])
    }
    return Found(
      frameworks: [], number: kind, text: argument.value,
      remarks: ["This is read from the name \(argument.name ?? ""); whether it scales is a guess."])
  }
}

extension DropoutRule {
  /// All rules: the most telling ones first.
  static let all: [DropoutRule] = [
    stax, contrib, tflearn, lasagne, tensorLayer, chainer, paddle1, paddle2, mindSpore,
    cntk, recurrent, tensorFlowJS, tensorFlowKeep, tensorFlowRate, tensorFlowLayers, contribLayers,
    haiku, equinox,
    flax, mlx, keras, kerasR, attention, flux, mxNet, torchR, bareRate, functional, torch7, module,
    deepLearning4J, matlab, caffe, convNetJS, bernoulli, uniform, scikitLearn,
  ]

  private static let moduleNames: Set = [
    "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout",
    "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout",
  ]

  static func isModule(_ call: CodeCall) -> Bool { moduleNames.contains(call.name) }

  /// The number of a call: by one of its names, by its place, or what it is where none stands; nil
  /// is for a call that needs one.
  static func number(
    of call: CodeCall, named names: [String], at place: Int, otherwise standard: String?
  ) throws(DropoutReadingError) -> String {
    if let text = call.value(named: names) ?? call.value(at: place) {
      guard !text.hasPrefix("*") else {
        throw .unpackedArgument(text: text, call: call.path.joined(separator: "."))
      }
      return text
    }
    // An argument that is not known says more than what holds where nothing is said.
    if let other = call.arguments.compactMap(\.name).first(where: { !otherArguments.contains($0) })
    {
      throw .unknownArgument(name: other, call: call.path.joined(separator: "."))
    }
    guard let standard else { throw .noNumber(call: call.path.joined(separator: ".")) }
    return standard
  }

  /// The arguments of layers and functions of dropout that are about something else than its
  /// number.
  private static let otherArguments: Set = [
    "activity_regularizer", "axes", "axis", "batch_input_shape", "batch_shape",
    "broadcast_dims", "channel_axis", "data", "data_format", "deterministic", "dims", "dtype",
    "inference", "inplace", "input", "input_shape", "inputs", "is_test", "is_training", "key",
    "mode", "name", "noise_shape", "outputs_collections", "rng", "rng_collection", "rngs", "seed",
    "shared_axes", "train", "trainable", "training", "x",
  ]

  /// The names of the number of dropout, in any library, and of what goes with it.
  private static let numberArguments: Set = [
    "Name", "Probability", "active", "drop_prob", "dropout_implementation", "dropout_prob",
    "dropout_rate", "is_fix", "keep", "keep_prob", "object", "p", "prev_layer", "prob", "rate",
    "ratio", "rescale", "variables_collections",
  ]

  /// The number of a module, whose first argument it is.
  static func moduleNumber(
    _ call: CodeCall, named names: [String] = ["p", "rate"], otherwise standard: String? = "0.5"
  ) throws(DropoutReadingError) -> String {
    try number(of: call, named: names, at: 0, otherwise: standard)
  }
}
