import DropoutEngine

/// Bytes that are no safetensors file, or a file that this program cannot use.
public enum SafetensorsError: Error, Equatable, Sendable {
  /// The file is shorter than the eight bytes of the header's length.
  case tooShort(bytes: Int)
  /// The header is longer than the file, or than any header may be.
  case headerTooLong(length: UInt64, bytes: Int)
  /// The header is no JSON object of tensors.
  case badHeader(reason: String)
  /// A tensor has a number type that is not supported.
  case unsupportedType(tensor: String, type: String)
  /// A weight is infinite or no number.
  case notFinite(tensor: String, index: [Int], value: Double)
  /// The file is of another format.
  case otherFormat(OtherFormat)
  /// A tensor belongs to no layer that a network here has; values of `--layers` that help.
  case unusedTensor(String, shape: [Int], advice: [String] = [])
  /// A batch norm cannot be folded into a layer.
  case unfoldable(String, Unfoldable)
  /// The names and shapes of the layers fit several orders; values of `--layers` that help.
  case severalOrders([String], advice: [String])
  /// A layer that was named is not in the file, or is named twice.
  case otherLayers(named: [String], found: [String])
  /// A tensor's offsets are out of order, outside the file, or do not fit its shape.
  case badOffsets(tensor: String, begin: Int, end: Int, needed: String, available: Int)
  /// Two tensors share bytes.
  case overlap(tensor: String, with: String)
  /// Some bytes of data belong to no tensor: before one, or at the end.
  case unusedBytes(from: Int, to: Int, before: String?)
  /// Two members of the header have the same name.
  case repeatedName(String)
  /// No tensor is named like a layer's weights.
  case noLayers(names: [String])
  /// A tensor has another number of dimensions than a layer's weights or biases.
  case badShape(tensor: String, shape: [Int], expected: String)
  /// A layer's number of inputs differs from the outputs of the layer below; values of `--layers`
  /// that help.
  case doNotChain(layers: [String], advice: [String])
  /// One of the learners is missing.
  case missingLearner(Int, learners: [Int])
  /// A tensor belongs to no learner, though others do.
  case noLearner(tensor: String)
}

extension SafetensorsError: CustomStringConvertible {
  /// One line: the place, the value and the remedy.
  public var description: String {
    switch self {
    case .tooShort(let bytes):
      return
        "byte 0: the file has \(bytes) bytes, but a safetensors file starts with 8 bytes of header "
        + "length"
    case .headerTooLong(let length, let bytes):
      // The format allows headers of 100 MB; what is longer is no length but something else.
      return length > 100_000_000
        ? "is no safetensors file: its first 8 bytes are no length of a header; write it with "
          + "save_file of safetensors.torch or safetensors.numpy"
        : "byte 0: the header is said to have \(length) bytes, but the file has \(bytes); copy it "
          + "again"
    case .badHeader(let reason):
      return
        "byte 8: the header is no JSON object of tensors: "
        + "\(ForeignText.shown(reason, limit: ForeignText.pathLimit))"
    case .unsupportedType(let tensor, let type):
      return
        "tensor '\(shortened(tensor))' has dtype \(shortened(type)), which is not read: convert "
        + "it, as with .astype(numpy.float32) or .float()"
    case .notFinite(let tensor, let index, let value):
      return
        "tensor '\(shortened(tensor))' has \(value) at \(shortened("\(index)"))"
        + (value.isFinite ? ", beyond the range of 32 bits" : "")
        + "; a network with it has no finite output: train it again, or repair it there"
    case .otherFormat(let format): return format.description
    case .unusedTensor(let tensor, let shape, let advice):
      return
        "tensor '\(shortened(tensor))' of shape \(shortened("\(shape)")) belongs to no layer that "
        + "is read: those are linear layers (NAME.weight [units, inputs], NAME.bias [units]) and "
        + "batch norms behind them; " + remedy(tensor)
        + (advice.isEmpty ? "" : ", or " + advice.joined(separator: ", or "))
    case .unfoldable(let name, let reason):
      return "batch norm '\(shortened(name))' \(reason)"
    case .severalOrders(let names, let advice):
      return
        "the layers \(names.map(shortened).joined(separator: ", ")) fit one another in several "
        + "orders; name those of the network in the order in which it applies them: "
        + "--layers FIRST,NEXT,...,LAST"
        + advice.map { "; \($0)" }.joined()
    case .otherLayers(let named, let found):
      return
        "--layers names \(named.map(shortened).joined(separator: ",")), but the file has "
        + found.map(shortened).joined(separator: ",") + "; each can be named once"
    case .badOffsets(let tensor, let begin, let end, let needed, let available):
      return
        "tensor '\(shortened(tensor))' has data_offsets \(begin) to \(end), but its shape needs "
        + "\(needed) bytes and the file has \(available) bytes of data"
    case .overlap(let tensor, let other):
      return "the data of tensors '\(shortened(tensor))' and '\(shortened(other))' overlap"
    case .unusedBytes(let from, let to, let before):
      let place = before.map { "before tensor '\(shortened($0))'" } ?? "after the last tensor"
      return "bytes \(from) to \(to) of the data, \(place), belong to no tensor"
    case .repeatedName(let name):
      return "the header names '\(shortened(name))' twice"
    case .noLayers(let names):
      return "no tensor is called like a layer's, as layers.0.weight or fc1.weight; there are "
        + (names.isEmpty ? "none" : names.prefix(6).map(shortened).joined(separator: ", "))
    case .badShape(let tensor, let shape, let expected):
      return "tensor '\(shortened(tensor))' has shape \(shortened("\(shape)")); \(expected)"
    case .doNotChain(let layers, let advice):
      return "the layers do not chain (units x inputs): "
        + layers.prefix(12).joined(separator: ", ") + (layers.count > 12 ? ", …" : "")
        + "; each one's inputs must be the units of the one before"
        + advice.map { "; \($0)" }.joined()
    case .missingLearner(let missing, let learners):
      return "there are tensors of learners \(list(learners)), but none of learner \(missing)"
    case .noLearner(let tensor):
      return
        "tensor '\(shortened(tensor))' belongs to no learner, though others are called learner.N.…"
    }
  }

  /// The way to be rid of a tensor that is not read.
  private func remedy(_ tensor: String) -> String {
    let part = tensor.split(separator: ".").last ?? ""
    if ["weight_g", "weight_v"].contains(part) || tensor.contains("parametrizations.") {
      return "end the parametrization before the file is written: "
        + "torch.nn.utils.remove_weight_norm, or parametrize.remove_parametrizations"
    }
    if ["weight_orig", "weight_mask"].contains(part) {
      return "make the pruning permanent before the file is written: "
        + "torch.nn.utils.prune.remove(module, \"weight\")"
    }
    return "leave it out of the file where it is not needed"
  }

  private func list(_ learners: [Int]) -> String {
    learners.prefix(12).map(String.init).joined(separator: ", ")
      + (learners.count > 12 ? ", …" : "")
  }

  private func shortened(_ name: String) -> String { ForeignText.shown(name, limit: 60) }
}
