/// Reads one value of JSON into a tree.
///
/// Every byte is hostile: depth and number of the values are bounded, and nothing is guessed.
///
/// > Source: RFC 8259.
struct JSONParser {
  /// The deepest nesting.
  static let deepest = 16
  /// The most values.
  static let mostValues = 2_000_000

  let bytes: ArraySlice<UInt8>
  /// The name of what is read, for messages.
  let name: String
  var position: Int
  private(set) var line: Int
  private var lineStart: Int
  private var values = 0

  /// Prepares to read; `line` is the number of the first line.
  init(_ bytes: ArraySlice<UInt8>, name: String, line: Int = 1) {
    self.bytes = bytes
    self.name = name
    self.line = line
    position = bytes.startIndex
    lineStart = bytes.startIndex
  }

  /// The one value of some bytes, with nothing behind it.
  static func parse(
    _ bytes: ArraySlice<UInt8>, name: String, line: Int = 1
  ) throws(SavedFileError) -> JSONNode {
    var parser = JSONParser(bytes, name: name, line: line)
    let node = try parser.value(depth: 0)
    if parser.peek() != nil { throw parser.broken("the end") }
    return node
  }

  /// The next byte that is no white space; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.endIndex {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A else { return byte }
      position += 1
      if byte == 0x0A { (line, lineStart) = (line + 1, position) }
    }
    return nil
  }

  mutating func value(depth: Int) throws(SavedFileError) -> JSONNode {
    values += 1
    guard values <= JSONParser.mostValues else {
      throw error(.tooManyValues(limit: JSONParser.mostValues))
    }
    guard let first = peek() else { throw broken("a value") }
    let line = line
    let content: JSONNode.Content
    switch first {
    case UInt8(ascii: "{"): content = try object(depth: depth)
    case UInt8(ascii: "["): content = try list(depth: depth)
    case UInt8(ascii: "\""): content = .text(try text())
    case UInt8(ascii: "t"): content = try word("true", .flag(true))
    case UInt8(ascii: "f"): content = try word("false", .flag(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    default: content = .number(try number())
    }
    return JSONNode(content: content, line: line)
  }

  private mutating func object(depth: Int) throws(SavedFileError) -> JSONNode.Content {
    guard depth < JSONParser.deepest else { throw error(.tooDeep(limit: JSONParser.deepest)) }
    position += 1
    var members: [(name: String, node: JSONNode)] = []
    var names: Set<String> = []
    while try hasNext(closing: "}", isFirst: members.isEmpty) {
      guard let quote = peek() else { throw broken("a name") }
      guard quote == UInt8(ascii: "\"") else { throw broken("a name between quotation marks") }
      let name = try text()
      guard names.insert(name).inserted else { throw error(.namedTwice(name)) }
      guard peek() == UInt8(ascii: ":") else { throw broken("':'") }
      position += 1
      members.append((name, try value(depth: depth + 1)))
    }
    return .object(members)
  }

  private mutating func list(depth: Int) throws(SavedFileError) -> JSONNode.Content {
    guard depth < JSONParser.deepest else { throw error(.tooDeep(limit: JSONParser.deepest)) }
    position += 1
    var nodes: [JSONNode] = []
    while try hasNext(closing: "]", isFirst: nodes.isEmpty) {
      nodes.append(try value(depth: depth + 1))
    }
    return .list(nodes)
  }

  /// Whether an object or a list goes on; false behind its closing bracket.
  private mutating func hasNext(
    closing bracket: Unicode.Scalar, isFirst: Bool
  ) throws(SavedFileError) -> Bool {
    guard let next = peek() else { throw broken("'\(bracket)'") }
    if next == UInt8(ascii: bracket) {
      position += 1
      return false
    }
    if isFirst { return true }
    guard next == UInt8(ascii: ",") else { throw broken("',' or '\(bracket)'") }
    position += 1
    return true
  }

  private mutating func word(
    _ word: String, _ content: JSONNode.Content
  ) throws(SavedFileError) -> JSONNode.Content {
    for byte in word.utf8 {
      guard position < bytes.endIndex, bytes[position] == byte else { throw broken(word) }
      position += 1
    }
    return content
  }

  /// The text of the next number.
  private mutating func number() throws(SavedFileError) -> String {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let whole = try digits(of: start)
    if whole > 1, bytes[position - whole] == UInt8(ascii: "0") {
      position = start
      throw broken("a number without needless zeros")
    }
    if next == UInt8(ascii: ".") {
      position += 1
      _ = try digits(of: start)
    }
    if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") { position += 1 }
      _ = try digits(of: start)
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  /// Takes at least one digit, and says how many there are.
  private mutating func digits(of start: Int) throws(SavedFileError) -> Int {
    let first = position
    while let byte = next, byte &- 0x30 < 10 { position += 1 }
    guard position > first else {
      if position < bytes.endIndex { position = start }
      throw broken("a value")
    }
    return position - first
  }

  /// The error of a byte that is not the expected one.
  func broken(_ expected: String) -> SavedFileError {
    guard position < bytes.endIndex else { return error(.truncated(expected: expected)) }
    let end = min(bytes.endIndex, position + 16)
    let found = String(decoding: bytes[position..<end].prefix { $0 != 0x0A }, as: UTF8.self)
    return error(
      .broken(
        column: position - lineStart + 1, expected: expected,
        found: found.isEmpty ? "the end of the line" : "'\(found)'"))
  }

  func error(_ problem: SavedFileProblem) -> SavedFileError {
    SavedFileError(name: name, line: line, problem: problem)
  }
}
