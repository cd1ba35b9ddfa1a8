/// An array of bytes with dimensions: images, or their labels.
///
/// The format is two bytes 0, a type (8 for bytes), the number of dimensions, each dimension in
/// four bytes, the most significant first, then the values.
///
/// > Source: LeCun, Cortes, Burges, The MNIST database, section "The IDX file format".
struct IDXArray {
  /// The size of each dimension; the first one counts the examples.
  let shape: [Int]
  /// The values, last dimension fastest.
  private(set) var values: [UInt8]

  /// Whether bytes start like an array of bytes in this format.
  static func looksLike(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0, 0])
  }

  /// The number of bytes of the whole file, from its first ones.
  static func expectedSize(
    _ bytes: ArraySlice<UInt8>, path: String
  ) throws(DatasetFileError) -> (header: Int, total: Int, shape: [Int]) {
    let header = Array(bytes.prefix(4 + 4 * 255))
    guard header.count >= 4 else {
      throw DatasetFileError(path, .byte(header.count), .array(.headerEnds))
    }
    guard header[2] == 8 else {
      throw DatasetFileError(path, .byte(2), .array(.wrongType(Int(header[2]))))
    }
    let dimensions = Int(header[3])
    guard (1...4).contains(dimensions) else {
      throw DatasetFileError(path, .byte(3), .array(.wrongDimensions(dimensions, .any)))
    }
    guard header.count >= 4 + 4 * dimensions else {
      throw DatasetFileError(path, .byte(header.count), .array(.headerEnds))
    }
    var shape: [Int] = []
    var total = 1
    for dimension in 0..<dimensions {
      let first = 4 + 4 * dimension
      let size = header[first..<first + 4].reduce(0) { $0 << 8 | Int($1) }
      shape.append(size)
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !overflow, product <= FileBytes.limit, size > 0 else {
        throw DatasetFileError(
          path, .byte(first),
          .array(size == 0 ? .zeroDimension(dimension) : .arrayTooLarge(shape: shape)))
      }
      total = product
    }
    return (4 + 4 * dimensions, 4 + 4 * dimensions + total, shape)
  }

  /// Reads an array from the bytes of a whole file.
  ///
  /// They are moved, not copied, where nobody else holds them.
  init(_ file: consuming [UInt8], path: String) throws(DatasetFileError) {
    let (header, total, shape) = try IDXArray.expectedSize(file[...], path: path)
    guard file.count >= total else {
      throw DatasetFileError(
        path, .byte(file.count), .array(.endsEarly(shape: shape, bytes: total)))
    }
    guard file.count == total else {
      throw IDXArray.tooLong(path, count: file.count, total: total, shape: shape)
    }
    self.shape = shape
    file.removeFirst(header)
    values = file
  }

  /// The error for bytes after the last value.
  static func tooLong(_ path: String, count: Int, total: Int, shape: [Int]) -> DatasetFileError {
    DatasetFileError(
      path, .byte(total), .array(.bytesFollow(shape: shape, bytes: count - total)))
  }

  /// Keeps the values of the first `examples` examples, and frees the memory of the others.
  mutating func limit(to examples: Int) {
    guard let all = shape.first, examples < all else { return }
    values = Array(values.prefix(values.count / all * examples))
  }
}
