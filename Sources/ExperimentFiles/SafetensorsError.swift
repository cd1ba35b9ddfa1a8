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
  /// A layer's number of inputs differs from the outputs of the layer below.
  case doNotChain(shapes: [String])
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
      return "byte 0: the header is said to have \(length) bytes, but the file has \(bytes)"
    case .badHeader(let reason):
      return
        "byte 8: the header is no JSON object of tensors: "
        + "\(ForeignText.shown(reason, limit: ForeignText.pathLimit))"
    case .unsupportedType(let tensor, let type):
      return
        "tensor '\(shortened(tensor))' has dtype \(shortened(type)), but only F32 is read: convert "
        + "it, as with .astype(numpy.float32) or .float()"
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
      return "no tensor is called like a layer, as layers.0.weight or 0.weight; there are "
        + (names.isEmpty ? "none" : names.prefix(6).map(shortened).joined(separator: ", "))
    case .badShape(let tensor, let shape, let expected):
      return "tensor '\(shortened(tensor))' has shape \(shortened("\(shape)")); \(expected)"
    case .doNotChain(let shapes):
      return "the layers do not chain (units x inputs): " + shapes.joined(separator: ", ")
        + "; each one's inputs must be the units of the one before"
    case .missingLearner(let missing, let learners):
      return "there are tensors of learners \(list(learners)), but none of learner \(missing)"
    case .noLearner(let tensor):
      return
        "tensor '\(shortened(tensor))' belongs to no learner, though others are called learner.N.…"
    }
  }

  private func list(_ learners: [Int]) -> String {
    learners.prefix(12).map(String.init).joined(separator: ", ")
      + (learners.count > 12 ? ", …" : "")
  }

  private func shortened(_ name: String) -> String { ForeignText.shown(name, limit: 60) }
}
