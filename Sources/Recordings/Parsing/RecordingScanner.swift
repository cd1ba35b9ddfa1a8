import JSON

/// Reads the JSON of a recording, and throws the problems of recordings.
struct RecordingScanner {
  private var scanner: JSONScanner

  init(_ bytes: [UInt8], _ line: Range<Int>) { scanner = JSONScanner(bytes, line) }

  private mutating func read<Value>(
    _ value: (inout JSONScanner) throws(JSONProblem) -> Value
  ) throws(RecordingProblem) -> Value {
    do throws(JSONProblem) {
      return try value(&scanner)
    } catch {
      throw RecordingProblem(error)
    }
  }

  mutating func peek() -> UInt8? { scanner.peek() }

  mutating func advance() { scanner.advance() }

  mutating func take(_ byte: Unicode.Scalar) throws(RecordingProblem) {
    try read { json throws(JSONProblem) in try json.take(byte) }
  }

  mutating func nextKey(_ isFirst: inout Bool) throws(RecordingProblem) -> String? {
    try read { json throws(JSONProblem) in try json.nextKey(&isFirst) }
  }

  mutating func hasNext(
    closing bracket: Unicode.Scalar, _ isFirst: inout Bool
  ) throws(RecordingProblem) -> Bool {
    try read { json throws(JSONProblem) in try json.hasNext(closing: bracket, &isFirst) }
  }

  mutating func finish() throws(RecordingProblem) {
    try read { json throws(JSONProblem) in try json.finish() }
  }

  mutating func skip() throws(RecordingProblem) {
    try read { json throws(JSONProblem) in try json.skip() }
  }

  mutating func takeNull() throws(RecordingProblem) -> Bool {
    try read { json throws(JSONProblem) in try json.takeNull() }
  }

  mutating func text() throws(RecordingProblem) -> String {
    try read { json throws(JSONProblem) in try json.text() }
  }

  mutating func optionalText() throws(RecordingProblem) -> String? {
    try read { json throws(JSONProblem) in try json.optionalText() }
  }

  mutating func number() throws(RecordingProblem) -> Double {
    try read { json throws(JSONProblem) in try json.number() }
  }

  mutating func optionalNumber() throws(RecordingProblem) -> Double? {
    try read { json throws(JSONProblem) in try json.optionalNumber() }
  }

  mutating func integer(_ range: ClosedRange<Int>) throws(RecordingProblem) -> Int {
    try read { json throws(JSONProblem) in try json.integer(range) }
  }

  func wrongKind(_ expected: String) -> RecordingProblem {
    RecordingProblem(scanner.wrongKind(expected))
  }
}

extension RecordingProblem {
  fileprivate init(_ problem: JSONProblem) {
    self =
      switch problem {
      case .broken(let column, let expected, let found):
        .broken(column: column, expected: expected, found: found)
      case .truncated(let column, let expected):
        .broken(column: column, expected: expected, found: "the end of the line")
      case .notUTF8: .notUTF8
      case .tooDeep(let limit): .tooDeep(limit: limit)
      case .tooManyValues(let limit): .tooMany(limit: limit)
      case .namedTwice: .twice
      case .wrongKind(let expected, let found): .wrongKind(expected: expected, found: found)
      case .outOfRange(let value, let range): .outOfRange(value: value, range: range)
      }
  }
}

extension RecordingScanner {
  /// Reads a list of `count` numbers, of which `null` is one.
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
