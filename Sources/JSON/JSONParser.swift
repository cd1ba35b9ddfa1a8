/// Reads one value of JSON into a tree.
///
/// Depth and number of the values are bounded, and nothing is guessed.
package struct JSONParser {
  /// The deepest nesting.
  package static let deepest = 16
  /// The most values.
  package static let mostValues = 2_000_000

  private var scanner: JSONScanner
  /// The line, counted from 1, of the byte up to which lines were counted.
  private var line: Int
  private var counted = 0
  private var values = 0

  private init(_ bytes: [UInt8], line: Int) {
    scanner = JSONScanner(bytes, 0..<bytes.count)
    self.line = line
  }

  /// The one value of some bytes, with nothing behind it; `line` is the number of their first line.
  package static func parse(
    _ bytes: [UInt8], line: Int = 1
  ) throws(JSONError) -> JSONNode {
    var parser = JSONParser(bytes, line: line)
    do throws(JSONProblem) {
      let node = try parser.value(depth: 0)
      try parser.scanner.finish()
      return node
    } catch {
      throw JSONError(line: parser.lineHere(), problem: error)
    }
  }

  /// The line of the next byte.
  private mutating func lineHere() -> Int {
    for index in counted..<scanner.position where scanner.bytes[index] == 0x0A { line += 1 }
    counted = scanner.position
    return line
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONNode {
    values += 1
    guard values <= JSONParser.mostValues else {
      throw .tooManyValues(limit: JSONParser.mostValues)
    }
    guard let first = scanner.peek() else { throw scanner.broken("a value") }
    let line = lineHere()
    let content: JSONNode.Content
    switch first {
    case UInt8(ascii: "{"): content = try object(depth: depth)
    case UInt8(ascii: "["): content = try list(depth: depth)
    case UInt8(ascii: "\""): content = .text(try scanner.text())
    case UInt8(ascii: "t"):
      try scanner.word("true")
      content = .flag(true)
    case UInt8(ascii: "f"):
      try scanner.word("false")
      content = .flag(false)
    case UInt8(ascii: "n"):
      try scanner.word("null")
      content = .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = .number(try number())
    default: throw scanner.broken("a value")
    }
    return JSONNode(content: content, line: line)
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSONNode.Content {
    try open(depth: depth)
    var members: [(name: String, node: JSONNode)] = []
    var names: Set<String> = []
    var isFirst = true
    while let name = try scanner.nextKey(&isFirst) {
      guard names.insert(name).inserted else { throw .namedTwice(name) }
      members.append((name, try value(depth: depth + 1)))
    }
    return .object(members)
  }

  private mutating func list(depth: Int) throws(JSONProblem) -> JSONNode.Content {
    try open(depth: depth)
    var nodes: [JSONNode] = []
    var isFirst = true
    while try scanner.hasNext(closing: "]", &isFirst) {
      nodes.append(try value(depth: depth + 1))
    }
    return .list(nodes)
  }

  /// Takes the opening bracket.
  private mutating func open(depth: Int) throws(JSONProblem) {
    guard depth < JSONParser.deepest else { throw .tooDeep(limit: JSONParser.deepest) }
    scanner.advance()
  }

  /// The next number, as it is written.
  private mutating func number() throws(JSONProblem) -> String {
    let start = scanner.position
    _ = try scanner.number()
    return String(decoding: scanner.bytes[start..<scanner.position], as: UTF8.self)
  }
}

/// A problem with its line, counted from 1.
package struct JSONError: Error {
  package let line: Int
  package let problem: JSONProblem
}
