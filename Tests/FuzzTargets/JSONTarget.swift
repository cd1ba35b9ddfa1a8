import Fuzzing
import JSON
import Sessions

extension FuzzTarget {
  /// JSON itself: the tree, and the pass without a tree.
  static let json = FuzzTarget("json", "JSON, with a tree and without one") { _ in
    let samples = JSONSamples.all
    let mutator = Mutator(
      words: [
        "null", "true", "false", "\"NaN\"", "\"Infinity\"", "\\u0041", "\\ud83d\\ude00", "\\ud800",
        "\\udc00", "[[[[[[[[[[[[[[[[", "]]]]", "{\"a\":", "{}", "[]", "\"\"", "\"a\":1", "\\",
        "\u{FEFF}",
        "\u{E9}", "\u{1F600}", "//", "/*", "1E+2", "-0", "1e400",
      ], marks: "{}[]\",:\\-+.eE0123456789tfnu/ \n\r\t")
    return FuzzReader(samples: samples, mutator) { bytes in
      let skipped = JSONSamples.isSkipped(bytes)
      let node: JSONNode
      do throws(SavedFileError) {
        node = try JSONNode(bytes, name: "x.json")
      } catch {
        return .refused(error.description)
      }
      // The pass without a tree looks for the same form, though not for names that stand twice.
      try FuzzFault.unless(skipped, "a value that is read can be skipped")
      let written = JSONValue(node)
      let again: JSONNode
      do {
        again = try JSONNode(written.line, name: "again")
      } catch {
        throw FuzzFault("JSON that is written is read", "\(error)")
      }
      try FuzzFault.unless(
        JSONValue(again).line == written.line, "JSON that is written is read as the same")
      try FuzzFault.unless(
        JSONValue(try JSONNode(written.indented, name: "again")).line == written.line,
        "indented JSON is read as the same")
      return .accepted
    }
  }
}

private enum JSONSamples {
  static let all: [[UInt8]] = [
    #"{"a": 1, "b": [true, false, null], "c": {"d": "text", "e": -1.5e-3}}"#,
    "[1, 2.5, -0.0, 1e10, \"\\u00e9\\n\\\"\", [], {}]", "\"\u{E9}\u{1F600}\"", "null", "0",
    "[[[[1]]], {\"x\": [{\"y\": []}]}]", "\n {\n\t\"k\" :\r\n 1 }\n",
  ].map { Array($0.utf8) }

  /// Whether the scanner skips the bytes as one value.
  static func isSkipped(_ bytes: [UInt8]) -> Bool {
    var scanner = JSONScanner(bytes, 0..<bytes.count)
    do {
      try scanner.skip()
      try scanner.finish()
      return true
    } catch {
      return false
    }
  }
}

extension JSONValue {
  /// A value that was read, to be written.
  fileprivate init(_ node: JSONNode) {
    switch node.content {
    case .null: self = .null
    case .flag(let isTrue): self = .flag(isTrue)
    case .number(let text): self = .number(text)
    case .text(let text): self = .text(text)
    case .list(let nodes): self = .list(nodes.map(JSONValue.init))
    case .object(let members): self = .object(members.map { ($0.name, JSONValue($0.node)) })
    }
  }
}
