import DropoutEngine

/// A file of named tensors: eight bytes of header length, a JSON header, and the numbers.
///
/// > Source: the safetensors format, Hugging Face, README of the safetensors repository.
public struct Safetensors: Equatable, Sendable {
  /// One tensor of 32-bit numbers.
  public struct Tensor: Equatable, Sendable {
    /// The name, as in `layers.0.weight`.
    public var name: String
    /// The size of each dimension.
    public var shape: [Int]
    /// The numbers, last dimension fastest.
    public var values: [Float]

    /// Creates a tensor.
    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The tensors, in the order of their data.
  public var tensors: [Tensor]
  /// The file's metadata.
  public var metadata: [String: String]
  /// Remarks on how it was read, such as tensors that are no weights, a sentence each.
  public var notes: [String]

  /// Creates a file from tensors.
  public init(tensors: [Tensor], metadata: [String: String] = [:], notes: [String] = []) {
    self.tensors = tensors
    self.metadata = metadata
    self.notes = notes
  }

  /// The bytes of the file; the header is padded with blanks to a multiple of eight.
  public var bytes: [UInt8] {
    var header = JSONLine()
    header.object { line in
      if !metadata.isEmpty {
        line.key("__metadata__")
        line.object { line in
          for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { line.member(key, value) }
        }
      }
      var offset = 0
      for tensor in tensors {
        line.key(tensor.name)
        line.object { line in
          line.member("dtype", "F32")
          line.key("shape")
          line.array { line in
            for size in tensor.shape { line.value(size) }
          }
          line.key("data_offsets")
          line.array { line in
            line.value(offset)
            offset += tensor.values.count * 4
            line.value(offset)
          }
        }
      }
    }
    var text = header.bytes
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += text
    for tensor in tensors {
      for value in tensor.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// The number of bytes before the data, from the first eight bytes of a file.
  ///
  /// - Parameters:
  ///   - start: the first bytes of the file.
  ///   - size: the size of the file.
  /// - Returns: the number of bytes that ``checkHeader(_:size:)`` needs.
  /// - Throws: ``SafetensorsError`` where no header can have that length.
  public static func headerSize(_ start: [UInt8], size: Int) throws(SafetensorsError) -> Int {
    guard start.count >= 8 else { throw .tooShort(bytes: start.count) }
    let length = start[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(max(0, size - 8)), length <= 100_000_000 else {
      throw .headerTooLong(length: length, bytes: size)
    }
    return 8 + Int(length)
  }

  /// Checks the header of a file before its data are read.
  ///
  /// - Throws: ``SafetensorsError`` where the header and the size of the data do not agree.
  public static func checkHeader(_ bytes: [UInt8], size: Int) throws(SafetensorsError) {
    let end = try headerSize(bytes, size: size)
    guard bytes.count >= end else {
      throw .headerTooLong(length: UInt64(end - 8), bytes: bytes.count)
    }
    try SafetensorsHeader.read(bytes[8..<end]).checkOffsets(available: size - end)
  }

  /// Reads a file, and trusts no byte of it.
  ///
  /// - Throws: ``SafetensorsError`` that names the byte or the tensor.
  public init(bytes: [UInt8]) throws(SafetensorsError) {
    let end = try Safetensors.headerSize(bytes, size: bytes.count)
    let header = try SafetensorsHeader.read(bytes[8..<end])
    metadata = header.metadata
    let data = bytes[end...]
    try header.checkOffsets(available: data.count)
    var tensors: [Tensor] = []
    for entry in header.entries {
      guard entry.type.isNumber else {
        // A count is left aside, but quantised weights are weights.
        let part = entry.name.split(separator: ".").last ?? ""
        guard !["weight", "kernel", "bias"].contains(part) else {
          throw .unsupportedType(tensor: entry.name, type: entry.type.rawValue)
        }
        continue
      }
      let bytes = data[(data.startIndex + entry.begin)..<(data.startIndex + entry.end)]
      let values = entry.type.numbers(bytes)
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(
          tensor: entry.name, index: Safetensors.place(of: index, in: entry.shape),
          value: entry.type.number(index, of: bytes))
      }
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
    }
    self.tensors = tensors
    notes = Safetensors.notes(header.entries)
  }

  /// The index of an element in each dimension.
  private static func place(of index: Int, in shape: [Int]) -> [Int] {
    var rest = index
    var place: [Int] = []
    for size in shape.reversed() {
      place.append(rest % size)
      rest /= size
    }
    return place.reversed()
  }

  private static func notes(_ entries: [SafetensorsHeader.Entry]) -> [String] {
    var notes: [String] = []
    for type in [TensorType.half, .brain, .double] {
      let count = entries.count { $0.type == type }
      guard count > 0 else { continue }
      notes.append(
        (count == 1 ? "one tensor" : "\(count) tensors")
          + " of type \(type.rawValue) \(count == 1 ? "is" : "are") "
          + (type == .double ? "rounded to 32 bits" : "widened to 32 bits, which changes no value"))
    }
    let aside = entries.filter { !$0.type.isNumber }
    if !aside.isEmpty {
      let names = aside.prefix(4).map { ForeignText.shown($0.name, limit: 60) }
      notes.append(
        "whole numbers are no weights and are left aside: " + names.joined(separator: ", ")
          + (aside.count > 4 ? ", …" : ""))
    }
    return notes
  }
}
