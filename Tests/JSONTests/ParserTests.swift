import JSON
import RepeatableRandom
import Testing

@Suite("A tree of JSON") struct ParserTests {
  private func parse(_ text: String) throws -> JSONNode { try JSONParser.parse(Array(text.utf8)) }

  /// The node as JSON again.
  private func written(_ node: JSONNode) -> String {
    switch node.content {
    case .null: "null"
    case .flag(let isTrue): "\(isTrue)"
    case .number(let text): text
    case .text(let text): "\"\(text)\""
    case .list(let nodes): "[\(nodes.map(written).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\"\($0.name)\":\(written($0.node))" }.joined(separator: ","))}"
    }
  }

  static let document = #"{"a":[1,-2.50,true,null,{}],"b":{"c":"d","e":[]},"f":false}"#

  @Test("Values stay as they are written, in their order") func values() throws {
    #expect(written(try parse(Self.document)) == Self.document)
    let spaced = Self.document.replacing(",", with: " ,\r\n\t").replacing(":", with: " : ")
    #expect(written(try parse(" \(spaced) ")) == Self.document)
  }

  @Test("Each value knows its line") func lines() throws {
    let tree = try JSONParser.parse(Array("\n{\"a\":\n[1,\n\n2]}".utf8), line: 10)
    guard case .object(let members) = tree.content, case .list(let list) = members[0].node.content
    else {
      Issue.record("it is no object with a list")
      return
    }
    #expect([tree.line, members[0].node.line] + list.map(\.line) == [11, 12, 12, 14])
  }

  @Test("Cut off at any byte it is refused, and the error names the line") func truncated() throws {
    let text = Array(Self.document.replacing(",", with: ",\n").utf8)
    for length in 0..<text.count {
      let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text[..<length])) }
      let line = text[..<length].count { $0 == 0x0A } + 1
      #expect(error?.line == line, "\(length) bytes")
    }
  }

  @Test("With any byte changed it is read or refused, and nothing else") func changed() throws {
    var generator = Generator(seed: 2)
    let text = Array(Self.document.utf8)
    var refused = 0
    for index in text.indices {
      for _ in 0..<40 {
        var bytes = text
        bytes[index] = UInt8(truncatingIfNeeded: generator.next())
        do {
          _ = try JSONParser.parse(bytes)
        } catch {
          #expect(error.line >= 1)
          refused += 1
        }
      }
    }
    #expect(refused > text.count * 20)
  }

  @Test("Nesting is bounded") func depth() throws {
    let most = JSONParser.deepest
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try parse(nested(most))
    #expect(problem(nested(most + 1)) == .tooDeep(limit: most))
    #expect(problem(String(repeating: "{\"a\":", count: 100_000)) == .tooDeep(limit: most))
    var scanner = JSONScanner(nested(JSONScanner.deepest + 1))
    #expect(throws: JSONProblem.tooDeep(limit: JSONScanner.deepest)) { try scanner.skip() }
  }

  @Test("The number of values is bounded") func count() {
    let many = "[" + String(repeating: "0,", count: JSONParser.mostValues) + "0]"
    #expect(problem(many) == .tooManyValues(limit: JSONParser.mostValues))
  }

  @Test("A name may not stand twice, nor anything behind the value") func ambiguous() {
    #expect(problem(#"{"a":1,"b":2,"a":3}"#) == .namedTwice("a"))
    #expect(problem("{} {}") == .broken(column: 4, expected: "the end", found: "'{}'"))
    for text in ["[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "[1 2]", "tru", "nul", "True"] {
      #expect(problem(text) != nil, "\(text)")
    }
  }

  @Test("A skipped value ends where it ends") func skipped() throws {
    var scanner = JSONScanner(Self.document + "7")
    try scanner.skip()
    #expect(try scanner.integer(0...9) == 7)
  }

  private func problem(_ text: String) -> JSONProblem? {
    do {
      _ = try JSONParser.parse(Array(text.utf8))
      return nil
    } catch { return error.problem }
  }
}
