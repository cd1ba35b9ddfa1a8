import JSON
import Testing

@Suite("Strings of JSON") struct TextTests {
  private func text(_ json: String) throws -> String {
    var scanner = JSONScanner(json)
    let text = try scanner.text()
    try scanner.finish()
    return text
  }

  @Test("Every escape") func escapes() throws {
    #expect(
      try text(#""a\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00z""#)
        == "a\"\\/\u{8}\u{C}\n\r\tA\u{E9}\u{20AC}\u{1F600}z")
  }

  @Test(
    "Half of a surrogate pair becomes the replacement character, and what follows stays",
    arguments: [
      (#""\uD83D""#, "\u{FFFD}"), (#""\uDE00x""#, "\u{FFFD}x"), (#""\uD83Dxy""#, "\u{FFFD}xy"),
      (#""\uD83D\u0041""#, "\u{FFFD}A"), (#""\uD83D\n""#, "\u{FFFD}\n"),
      (#""\uD83D\uD83D\uDE00""#, "\u{FFFD}\u{1F600}"),
    ])
  func halves(json: String, expected: String) throws { #expect(try text(json) == expected) }

  @Test(
    "What is no string",
    arguments: [#"""#, #""a"#, #""\"#, #""\x""#, #""\u12""#, #""\u12G4""#, "\"a\nb\"", "'a'", "a"])
  func refused(json: String) { #expect(throws: JSONProblem.self) { try text(json) } }

  @Test("Bytes that are no UTF-8 are refused, before an escape and behind it") func notUTF8() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0x5C, 0x6E, 0xC3, 0x22]] {
      var scanner = JSONScanner(bytes, 0..<bytes.count)
      #expect(throws: JSONProblem.notUTF8) { try scanner.text() }
    }
  }
}
