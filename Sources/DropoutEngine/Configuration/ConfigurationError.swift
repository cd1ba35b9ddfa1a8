/// A configuration that makes no sense, with the evidence; ``description`` names the remedy.
public enum ConfigurationError: Error, Equatable, Sendable {
  /// No parameter has this name.
  case unknownParameter(name: String, nearest: String?)
  /// The parameter does not take this value.
  case wrongValue(parameter: String, value: String, expected: String, nearest: String?)
  /// A list has neither one value nor one for each layer.
  ///
  /// Two values may have been meant as one with a decimal comma.
  case wrongCount(
    parameter: String, values: Int, layers: Int, layerKind: String, withPoint: String?)
  /// Two parameters that set the same thing were both given.
  case givenTwice(parameter: String, and: String)
  /// The parameter is about other data than those that are chosen.
  case otherData(parameter: String, data: String, isFile: Bool)
  /// Two settings exclude each other.
  case conflict(setting: String, with: String, reason: String)
  /// The parameter cannot be changed while the experiment goes on.
  case startsAnew(parameter: String)
  /// There is no such hidden unit.
  case noSuchUnit(UnitAddress, shape: NetworkShape)
  /// The loss does not fit the targets.
  case lossNeedsClasses(dataset: String)
  /// Weights do not fit the network; shapes as `units x inputs`.
  case weightsDoNotFit(given: [String], needed: [String])
  /// The weights are for another number of learners than the variant has.
  case learnersDoNotFit(given: Int, needed: Int, variant: Variant)
  /// The experiment needs more memory than may be used; both in bytes.
  case needsMemory(bytes: Int, allowed: Int)
}

extension ConfigurationError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    switch self {
    case .unknownParameter(let name, let nearest):
      return "there is no parameter '\(ForeignText.shown(name))'" + suggestion(nearest)
    case .wrongValue(let parameter, let value, let expected, let nearest):
      return
        "\(parameter) cannot be '\(ForeignText.shown(value))': it takes "
        + ForeignText.shown(expected, limit: ForeignText.pathLimit) + suggestion(nearest)
    case .wrongCount(let parameter, let values, let layers, let layerKind, let withPoint):
      return
        "\(parameter) has \(values) values, but there are \(layers) \(layerKind): give one value "
        + "for all, or \(layers)"
        + (withPoint.map { "; decimals stand behind a point, as in \($0)" } ?? "")
    case .givenTwice(let parameter, let other):
      return "\(parameter) and \(other) say the same thing (keep = 1 - drop): give one of them"
    case .otherData(let parameter, let data, let isFile):
      return "\(parameter) is about "
        + (isFile
          ? "built-in data, and \(ForeignText.path(data)) is a file"
          : "files, and \(ForeignText.shown(data)) is built in")
        + ": leave it out"
    case .conflict(let setting, let other, let reason):
      return "\(setting) does not go with \(other): \(reason)"
    case .startsAnew(let parameter):
      return "\(parameter) cannot change while this experiment goes on: it starts anew"
    case .noSuchUnit(let address, let shape):
      return
        "there is no unit \(address.unit + 1) in hidden layer \(address.layer + 1): the network "
        + "is \(shape.description)"
    case .lossNeedsClasses(let dataset):
      return
        "loss cross-entropy needs classes, but the targets of \(ForeignText.shown(dataset)) "
        + "are numbers: use mean-squared-error, or task classify"
    case .weightsDoNotFit(let given, let needed):
      return "the weights are \(given.joined(separator: ", ")) (units x inputs), but the network "
        + "needs \(needed.joined(separator: ", "))\(Self.shapeRemedy(given, needed))"
    case .needsMemory(let bytes, let allowed):
      return
        "this needs about \(Self.size(bytes)) of memory, and \(Self.size(max(0, allowed))) may be "
        + "used: take fewer or smaller layers (hidden), fewer learners or examples, or a smaller "
        + "batch"
    case .learnersDoNotFit(let given, let needed, let variant):
      func count(_ learners: Int) -> String {
        learners == 1 ? "one learner" : "\(learners) learners"
      }
      return
        "the weights are those of \(count(given)), but variant \(variant.rawValue) needs those of "
        + count(needed) + (variant.hasSeveralLearners ? " (learners)" : "")
    }
  }

  /// A size to read, with one decimal: `1.2 GB`.
  package static func size(_ bytes: Int) -> String {
    let isLarge = bytes >= 1_000_000_000
    let tenths = (bytes + (isLarge ? 50_000_000 : 50_000)) / (isLarge ? 100_000_000 : 100_000)
    return "\(tenths / 10).\(tenths % 10) \(isLarge ? "GB" : "MB")"
  }

  private func suggestion(_ nearest: String?) -> String {
    nearest.map { "; did you mean '\($0)'?" } ?? ""
  }

  /// The option that gives a network the hidden layers of some weights, or what else does not fit:
  /// the inputs, or the outputs.
  private static func shapeRemedy(_ given: [String], _ needed: [String]) -> String {
    func sizes(_ shapes: [String]) -> [(units: Substring, inputs: Substring)] {
      shapes.map { shape in
        let parts = shape.split(separator: "x")
        return (parts.first ?? "", parts.last ?? "")
      }
    }
    let (theirs, ours) = (sizes(given), sizes(needed))
    guard let inputs = theirs.first?.inputs, let outputs = theirs.last?.units,
      let ownInputs = ours.first?.inputs, let ownOutputs = ours.last?.units
    else { return "" }
    guard inputs == ownInputs else { return "; they take \(inputs) inputs, the data \(ownInputs)" }
    guard outputs == ownOutputs else {
      // With 0 for the first class, a softmax gives the second one what a sigmoid gives the logit.
      return outputs == "1" && ownOutputs == "2"
        ? "; they have one logit for two classes: put zeros before it, as a first row of the last "
          + "weight and bias"
        : "; they have \(outputs) outputs, the data \(ownOutputs)"
    }
    guard given.count > 1 else { return "" }
    return "; --hidden \(theirs.dropLast().map { String($0.units) }.joined(separator: ",")) fits"
  }
}
