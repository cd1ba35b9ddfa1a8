import DropoutEngine

/// An array of numbers with dimensions: images, or their labels.
///
/// The format is two bytes 0, a type, the number of dimensions, each dimension in four bytes, then
/// the values; the most significant byte of each number is first.
///
/// > Source: LeCun, Cortes, Burges, The MNIST database, section "The IDX file format".
struct IDXArray {
  /// The type of the values, by its number in the file.
  enum Element: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    /// The number of bytes of a value.
    var size: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }
  }

  /// The size of each dimension; the first one counts the examples.
  let shape: [Int]
  /// The values, last dimension fastest.
  private(set) var values: Dataset.Values

  /// Whether bytes start like an array in this format.
  static func looksLike(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0, 0])
  }

  /// The number of bytes of the whole file, from its first ones.
  static func expectedSize(
    _ bytes: ArraySlice<UInt8>, path: String
  ) throws(DatasetFileError) -> (header: Int, total: Int, shape: [Int], element: Element) {
    let header = Array(bytes.prefix(4 + 4 * 255))
    guard header.count >= 4 else {
      throw DatasetFileError(path, .byte(header.count), .array(.headerEnds))
    }
    guard let element = Element(rawValue: header[2]) else {
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
    var total = element.size
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
    return (4 + 4 * dimensions, 4 + 4 * dimensions + total, shape, element)
  }

  /// Reads an array from the bytes of a whole file.
  ///
  /// They are moved, not copied, where nobody else holds them.
  init(_ file: consuming [UInt8], path: String) throws(DatasetFileError) {
    let (header, total, shape, element) = try IDXArray.expectedSize(file[...], path: path)
    guard file.count >= total else {
      throw DatasetFileError(
        path, .byte(file.count), .array(.endsEarly(shape: shape, bytes: total)))
    }
    guard file.count == total else {
      throw IDXArray.tooLong(path, count: file.count, total: total, shape: shape)
    }
    self.shape = shape
    guard element != .unsignedByte else {
      file.removeFirst(header)
      values = .bytes(file)
      return
    }
    let numbers = try IDXArray.numbers(file[header...], of: element, path: path, header: header)
    // Whole numbers of a pixel's range are pixels, whatever the file makes of them.
    if element != .float, element != .double, numbers.allSatisfy({ (0...255).contains($0) }) {
      values = .bytes(numbers.map { UInt8($0) })
    } else {
      values = .numbers(numbers)
    }
  }

  private static func numbers(
    _ bytes: ArraySlice<UInt8>, of element: Element, path: String, header: Int
  ) throws(DatasetFileError) -> [Float] {
    let count = bytes.count / element.size
    var numbers: [Float] = []
    numbers.reserveCapacity(count)
    for index in 0..<count {
      let first = bytes.startIndex + index * element.size
      let word = bytes[first..<first + element.size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let number =
        switch element {
        case .unsignedByte: Double(word)
        case .signedByte: Double(Int8(truncatingIfNeeded: word))
        case .short: Double(Int16(truncatingIfNeeded: word))
        case .int: Double(Int32(truncatingIfNeeded: word))
        case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
        case .double: Double(bitPattern: word)
        }
      guard abs(number) <= CSVTable.largestInput else {
        throw DatasetFileError(
          path, .byte(header + index * element.size),
          .array(.wrongNumber(number, most: CSVTable.largestInput)))
      }
      numbers.append(Float(number))
    }
    return numbers
  }

  /// The error for bytes after the last value.
  static func tooLong(_ path: String, count: Int, total: Int, shape: [Int]) -> DatasetFileError {
    DatasetFileError(
      path, .byte(total), .array(.bytesFollow(shape: shape, bytes: count - total)))
  }

  /// Keeps the values of the first `examples` examples, and frees the memory of the others.
  mutating func limit(to examples: Int) {
    guard let all = shape.first, examples < all else { return }
    switch values {
    case .bytes(let bytes): values = .bytes(Array(bytes.prefix(bytes.count / all * examples)))
    case .numbers(let numbers):
      values = .numbers(Array(numbers.prefix(numbers.count / all * examples)))
    }
  }

  /// The first value of each example as a whole number.
  ///
  /// - Throws: ``DatasetFileError`` for a value that is no whole number from 0 to `most`.
  func wholeNumbers(most: Int, path: String) throws(DatasetFileError) -> [Int] {
    let stride = shape.dropFirst().reduce(1, *)
    var result: [Int] = []
    for example in 0..<storedExamples(stride) {
      let value: Float =
        switch values {
        case .bytes(let bytes): Float(bytes[example * stride])
        case .numbers(let numbers): numbers[example * stride]
        }
      guard value == value.rounded(), (0...Float(most)).contains(value) else {
        throw DatasetFileError(
          path, .array(.wrongLabel(Double(value), example: example + 1, most: most)))
      }
      result.append(Int(value))
    }
    return result
  }

  /// The place of the one 1 of each example, where all its other values are 0; nil where examples
  /// are not like this.
  var placesOfOnes: [Int]? {
    let stride = shape.dropFirst().reduce(1, *)
    guard shape.count == 2, stride >= 2 else { return nil }
    var places: [Int] = []
    for example in 0..<storedExamples(stride) {
      var place: Int?
      for index in 0..<stride {
        let value: Float =
          switch values {
          case .bytes(let bytes): Float(bytes[example * stride + index])
          case .numbers(let numbers): numbers[example * stride + index]
          }
        if value == 0 { continue }
        guard value == 1, place == nil else { return nil }
        place = index
      }
      guard let place else { return nil }
      places.append(place)
    }
    return places
  }

  private func storedExamples(_ stride: Int) -> Int {
    switch values {
    case .bytes(let bytes): bytes.count / stride
    case .numbers(let numbers): numbers.count / stride
    }
  }
}
