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

  /// Creates a file from tensors.
  public init(tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
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

  /// Numbers of 32 bits from little-endian bytes.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Float] {
    bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count, by: 4).map { first in
        Float(
          bitPattern: UInt32(
            littleEndian: buffer.loadUnaligned(fromByteOffset: first, as: UInt32.self)))
      }
    }
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
      let values = data[(data.startIndex + entry.begin)..<(data.startIndex + entry.end)]
      tensors.append(
        Tensor(name: entry.name, shape: entry.shape, values: Safetensors.numbers(values)))
    }
    self.tensors = tensors
  }
}
