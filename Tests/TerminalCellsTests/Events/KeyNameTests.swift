import TerminalCells
import Testing

@Suite("The names of keys") struct KeyNameTests {
  @Test("Each key that a terminal sends is read back from its name")
  func roundTrip() {
    var keys: [Key] = [
      .up, .down, .left, .right, .enter, .escape, .tab, .backTab, .backspace, .delete, .home, .end,
      .pageUp, .pageDown, .character("é"), .character("λ"),
    ]
    keys += (0x20..<0x7F).map { .character(Unicode.Scalar($0)) }
    keys += (1...Key.lastFunction).map { .function($0) }
    keys += "abcdefgklnprtuwx".map { .control($0) }
    for key in keys { #expect(Key(name: key.name) == key, "\(key)") }
    #expect(Set(keys.map(\.name)).count == keys.count)
    for name in Key.longNames { #expect(Key(name: name)?.name == name, "\(name)") }
  }

  @Test("In a name of more than one character, upper and lower case are the same")
  func cases() {
    #expect(Key(name: "CTRL-l") == .control("l") && Key(name: "ctrl-L") == .control("l"))
    #expect(Key(name: "f5") == .function(5) && Key(name: "pageup") == .pageUp)
    #expect(Key(name: "Space") == .character(" ") && Key(name: "s") != Key(name: "S"))
  }

  @Test("What no terminal sends as a key of its own names none")
  func none() {
    let names = [
      "", " ", "  ", "ss", "ctrl", "ctrl-", "ctrl-i", "ctrl-m", "ctrl-j", "ctrl-h", "ctrl-z",
      "ctrl-s", "ctrl-q", "ctrl-ll", "ctrl-1", "F0", "F21", "F05", "F-1", "f+5", "alt",
      "alt-x", "\n", "\t", "\u{1B}", "\u{200B}", "\u{301}", "e\u{301}", "\u{E000}",
      "F99999999999999999999",
    ]
    for name in names { #expect(Key(name: name) == nil, "'\(name)'") }
  }
}
