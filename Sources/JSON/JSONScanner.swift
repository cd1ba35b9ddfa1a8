/// Reads JSON value by value, in one pass and without a tree.
///
/// Every byte is hostile: nothing is believed before it was seen, and what is nested deeper than
/// ``deepest`` is refused.
///
/// > Source: RFC 8259.
package struct JSONScanner {
  /// The deepest nesting of a value that is skipped.
  package static let deepest = 64

  /// The bytes that hold the text.
  package let bytes: [UInt8]
  /// The first byte of the text.
  let start: Int
  /// The index behind the last byte of the text.
  package let end: Int
  /// The next byte to read.
  package private(set) var position: Int

  /// Prepares to read a part of some bytes.
  package init(_ bytes: [UInt8], _ part: Range<Int>) {
    self.bytes = bytes
    (start, end, position) = (part.lowerBound, part.upperBound, part.lowerBound)
  }

  /// The next byte that is no white space; nil at the end.
  package mutating func peek() -> UInt8? {
    while position < end {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
      position += 1
    }
    return nil
  }

  /// Takes a byte that must come next.
  package mutating func take(_ byte: Unicode.Scalar) throws(JSONProblem) {
    guard let next = peek(), next == UInt8(ascii: byte) else {
      throw broken("'\(byte)'")
    }
    position += 1
  }

  /// The name of an object's next member; nil behind the last one, whose bracket is taken.
  ///
  /// `isFirst` is true behind `{`.
  package mutating func nextKey(_ isFirst: inout Bool) throws(JSONProblem) -> String? {
    guard try hasNext(closing: "}", &isFirst) else { return nil }
    let key = try text()
    try take(":")
    return key
  }

  /// Whether an array or object goes on; false behind its last element, whose bracket is taken.
  package mutating func hasNext(
    closing bracket: Unicode.Scalar, _ isFirst: inout Bool
  ) throws(JSONProblem) -> Bool {
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
  package mutating func finish() throws(JSONProblem) {
    if peek() != nil { throw broken("the end") }
  }

  /// Takes `null`; false where another value comes.
  package mutating func takeNull() throws(JSONProblem) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try word("null")
    return true
  }

  /// Takes a word such as `true`.
  package mutating func word(_ word: String) throws(JSONProblem) {
    for byte in word.utf8 {
      guard position < end, bytes[position] == byte else { throw broken(word) }
      position += 1
    }
  }

  /// Skips a value of any kind.
  package mutating func skip(depth: Int = 0) throws(JSONProblem) {
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

  /// The error of the next byte, which is not the expected one.
  package func broken(_ expected: String) -> JSONProblem {
    let lineStart = bytes[start..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? start
    let column = position - lineStart + 1
    return position < end
      ? .broken(column: column, expected: expected, found: found)
      : .truncated(column: column, expected: expected)
  }

  /// The error of the next value, which is of another kind or missing.
  package func wrongKind(_ expected: String) -> JSONProblem {
    position < end ? .wrongKind(expected: expected, found: found) : broken(expected)
  }

  /// The text that comes next, for a message.
  private var found: String {
    let rest = bytes[position..<end].prefix { $0 != 0x0A }
    guard !rest.isEmpty else { return "the end of the line" }
    let text = String(decoding: rest.prefix(24), as: UTF8.self)
    return "'\(text)\(rest.count > 24 ? "…" : "")'"
  }

  /// Moves on by a number of bytes that were looked at.
  package mutating func advance(_ count: Int = 1) { position += count }
}
