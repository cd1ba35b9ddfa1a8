/// Reads one line of JSON, value by value, in one pass and without a tree.
///
/// Every byte is hostile: nothing is believed before it was seen, and what is nested deeper than
/// ``deepest`` is refused.
///
/// > Source: RFC 8259.
struct JSONScanner {
  /// The deepest nesting of a value that is skipped.
  static let deepest = 64

  /// The bytes that hold the line.
  let bytes: [UInt8]
  /// The first byte of the line.
  let start: Int
  /// The index behind the last byte of the line.
  let end: Int
  /// The next byte to read.
  private(set) var position: Int

  init(_ bytes: [UInt8], _ line: Range<Int>) {
    self.bytes = bytes
    (start, end, position) = (line.lowerBound, line.upperBound, line.lowerBound)
  }

  /// The next byte that is no white space; nil at the end of the line.
  mutating func peek() -> UInt8? {
    while position < end {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return byte }
      position += 1
    }
    return nil
  }

  /// Takes a byte that must come next.
  mutating func take(_ byte: Unicode.Scalar) throws(RecordingProblem) {
    guard let next = peek(), next == UInt8(ascii: byte) else {
      throw broken("'\(byte)'")
    }
    position += 1
  }

  /// The name of an object's next member; nil behind the last one, whose bracket is taken.
  ///
  /// `isFirst` is true behind `{`.
  mutating func nextKey(_ isFirst: inout Bool) throws(RecordingProblem) -> String? {
    guard try hasNext(closing: "}", &isFirst) else { return nil }
    let key = try text()
    try take(":")
    return key
  }

  /// Whether an array or object goes on; false behind its last element, whose bracket is taken.
  mutating func hasNext(
    closing bracket: Unicode.Scalar, _ isFirst: inout Bool
  ) throws(RecordingProblem) -> Bool {
    guard let next = peek() else { throw broken("'\(bracket)'") }
    if next == UInt8(ascii: bracket) {
      position += 1
      return false
    }
    if !isFirst { try take(",") }
    isFirst = false
    return true
  }

  /// Checks that nothing follows.
  mutating func finish() throws(RecordingProblem) {
    if peek() != nil { throw broken("the end of the line") }
  }

  /// Takes `null`; false where another value comes.
  mutating func takeNull() throws(RecordingProblem) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try word("null")
    return true
  }

  /// Takes a word such as `true`.
  private mutating func word(_ word: StaticString) throws(RecordingProblem) {
    let length = word.utf8CodeUnitCount
    guard end - position >= length,
      word.withUTF8Buffer({ bytes[position..<position + length].elementsEqual($0) })
    else { throw broken("\(word)") }
    position += length
  }

  /// Skips a value of any kind.
  mutating func skip(depth: Int = 0) throws(RecordingProblem) {
    guard depth < Self.deepest else { throw .tooDeep(limit: Self.deepest) }
    var isFirst = true
    switch peek() {
    case UInt8(ascii: "{"):
      position += 1
      while try nextKey(&isFirst) != nil { try skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      position += 1
      while try hasNext(closing: "]", &isFirst) { try skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try text()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: _ = try number()
    }
  }

  /// The error of a byte that is not the expected one.
  func broken(_ expected: String) -> RecordingProblem {
    .broken(column: position - start + 1, expected: expected, found: found)
  }

  /// The error of a value of another kind.
  func wrongKind(_ expected: String) -> RecordingProblem {
    .wrongKind(expected: expected, found: found)
  }

  /// The text that comes next, for a message.
  private var found: String {
    guard position < end else { return "the end of the line" }
    let stop = min(end, position + 24)
    let text = String(decoding: bytes[position..<stop], as: UTF8.self)
    return "'\(text)\(stop < end ? "…" : "")'"
  }

  /// Moves on by a number of bytes that were looked at.
  mutating func advance(_ count: Int = 1) { position += count }
}
