import JSON

/// Reads the JSON of a recording.
typealias RecordingScanner = JSONScanner<RecordingProblem>

extension RecordingProblem: JSONProblem {
  package static func truncated(column: Int, expected: String) -> RecordingProblem {
    .broken(column: column, expected: expected, found: "the end of the line")
  }
}

extension RecordingScanner {
  /// Reads a list of so many numbers, of which `null` is one.
  mutating func numbers(count: Int) throws(RecordingProblem) -> [Double?] {
    guard peek() == UInt8(ascii: "[") else { throw wrongKind("a list of numbers") }
    advance()
    var values: [Double?] = []
    values.reserveCapacity(min(count, 4096))
    var isFirst = true
    while try hasNext(closing: "]", &isFirst) {
      guard values.count < count else { throw .wrongCount(expected: count, found: nil) }
      values.append(try optionalNumber())
    }
    guard values.count == count else { throw .wrongCount(expected: count, found: values.count) }
    return values
  }

  /// Reads a list of whole numbers.
  mutating func integers(
    _ range: ClosedRange<Int>, most: Int
  ) throws(RecordingProblem) -> [Int] {
    guard peek() == UInt8(ascii: "[") else { throw wrongKind("a list of whole numbers") }
    advance()
    var values: [Int] = []
    var isFirst = true
    while try hasNext(closing: "]", &isFirst) {
      guard values.count < most else { throw .tooMany(limit: most) }
      values.append(try integer(range))
    }
    return values
  }
}
