import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing

/// The whole alphabet of another script stands for the keys, so that no name of an old key can be
/// mistaken for a new one.
@Suite("What the screen says of keys follows a person's") struct KeySentenceTests {
  private static let fixed: Set = ["back", "take-runner"]

  /// A new key for each action, and the name of the key that sentences had before.
  private static func foreign() throws -> (keys: ScreenKeys, before: [String: String]) {
    var before: [String: String] = [:]
    var bindings: [(action: String, keys: [String])] = []
    let standard =
      KeyMap<KeyCommand>.standard.actions + KeyMap<RecordedCommand>.standard.actions
    for (number, action) in ScreenKeys.actions.enumerated() where !fixed.contains(action) {
      // Capital and small letters from Ж on: none of them is a key of the program's own.
      let scalar = try #require(Unicode.Scalar(0x416 + number))
      bindings.append((action, [String(scalar)]))
      before[String(scalar)] = standard.first { $0.name == action }?.keys.first?.name
    }
    return (try KeyBindingTests.keys(bindings), before)
  }

  private static let settings: [[(name: String, value: String)]] = [
    [], [("scaling", "classic")], [("scaling", "double")], [("keep", "1")],
    [("test-pass", "masked")], [("variant", "bagging")], [("data", "plane")],
  ]

  /// Texts with each new name replaced by the old one.
  private func old(_ text: String, _ before: [String: String]) -> String {
    text.reduce(into: "") { $0 += before[String($1)] ?? String($1) }
  }

  @Test("Every sentence and number in plain lines names the new keys, and is the same otherwise")
  func plainLines() throws {
    let (keys, before) = try KeySentenceTests.foreign()
    // Sentences about one key, found by the words behind its name.
    let named =
      #/(?:^|[ (])([^ а-яЖ-Я])\)? (?:tries|turns it|goes through|has variants|shows the keys)/#
    for settings in KeySentenceTests.settings {
      var person = try Person(settings, steps: 3, columns: 120, rows: 40)
      for view in ViewDefinition.all {
        person.press(.character(Unicode.Scalar(UInt8(48 + view.number))))
        var state = person.state
        let standard = PlainText.lines(state)
        state.keys = keys.explorer
        let lines = PlainText.lines(state)
        // The arrows have a word of their own, and keys in pairs stand with a blank between them.
        if !standard.contains(where: { $0.contains("arrow") }) {
          #expect(lines.map { old($0, before) } == standard, "\(view.name)")
        }
        for line in lines { #expect(line.firstMatch(of: named) == nil, "\(line)") }
      }
    }
  }

  @Test("The footer of each view names new keys alone") func footers() throws {
    let (keys, before) = try KeySentenceTests.foreign()
    var person = try Person(steps: 3, columns: 200, rows: 60)
    for view in ViewDefinition.all {
      person.press(.character(Unicode.Scalar(UInt8(48 + view.number))))
      var state = person.state
      state.message = ""
      func shown() -> [String] {
        // A footer parts its entries with two blanks.
        Screen.draw(state).plainRows[59].split(separator: " ").map(String.init)
      }
      let standard = shown()
      state.keys = keys.explorer
      let bound = shown()
      let names = Set(before.values).union(["arrows"])
      for word in bound.filter({ $0.count == 1 || ["space", "Tab", "arrows"].contains($0) }) {
        #expect(
          before[word] != nil || !names.contains(word) || word.allSatisfy(\.isNumber),
          "\(view.name): \(word)")
      }
      #expect(standard.contains("?") && !bound.contains("?"))
      #expect(bound.contains(keys.explorer[.help]), "\(bound)")
    }
  }

  @Test("The help has each new key beside what it does") func help() throws {
    let (keys, _) = try KeySentenceTests.foreign()
    var person = try Person(steps: 1, columns: 160, rows: 80)
    person.state.keys = keys.explorer
    let key = try #require(keys.explorer.keys(of: .help).first)
    person.press(key)
    let text = Screen.draw(person.state).plainRows.joined(separator: "\n")
    for row in keys.explorer.rows { #expect(text.contains(row.help), "\(row.help)") }
    for binding in keys.explorer.rows.flatMap(\.bindings) {
      #expect(text.contains(binding.key.name), "\(binding.command)")
    }
    #expect(text.contains("\(keys.explorer[.view(.sums)]) sums"))
    #expect(text.contains("\(key.name) again: questions"))
    // The key that opened it goes on to the questions, and closes them.
    person.press(key)
    #expect(person.state.overlay == .questions(line: 0))
    person.press(key)
    #expect(person.state.overlay == .none)
  }

  @Test("The screen of a recording follows as well") func recording() throws {
    let keys = try KeyBindingTests.keys([
      ("verdicts", ["V"]), ("hold", ["F8"]), ("help", ["F1"]), ("redraw", ["F5"]),
      ("first-look", ["F6"]), ("formulas", ["F7"]),
    ])
    var state = try RecordedStates.state(size: ScreenSize(columns: 200, rows: 60))
    state.keys = keys.recording
    #expect(state.rows[59].contains("V verdicts") && state.rows[59].contains("F8 hold"))
    #expect(state.rows[59].contains("F6 End first, newest"))
    #expect(state.update(.keyPressed(.function(5))) == [.redraw])
    _ = state.update(.keyPressed("v"))
    #expect(state.message == "this key means nothing here; F1 shows the keys")
    _ = state.update(.keyPressed(.function(1)))
    #expect(state.text.contains("V ") && state.text.contains("the verdicts on all gaps"))
    _ = state.update(.keyPressed(.function(1)))
    #expect(state.overlay == .none)
    _ = state.update(.keyPressed(.function(7)))
    _ = state.update(.keyPressed("V"))
    #expect(state.overlay == .verdicts(scroll: 0))
  }

  @Test("What the training says names keys as they are bound") func notices() throws {
    var person = try Person(steps: 40)
    person.press("s")
    person.perform(person.state.update(.keyPressed(".")))
    person.press("u")
    #expect(
      person.state.message.hasSuffix("space: on without it, U: redo, End: the end"),
      "\(person.state.message)")
    var bound = try Person(steps: 40)
    bound.state.keys = try KeyBindingTests.keys([("run", ["F2"]), ("redo", ["F3"])]).explorer
    bound.press("s", ".", "u")
    #expect(
      bound.state.message.hasSuffix("F2: on without it, F3: redo, End: the end"),
      "\(bound.state.message)")
    bound.press("s")
    #expect(bound.state.message.hasSuffix("is kept (b)"), "\(bound.state.message)")
  }

  @Test("In lists and boxes the keys that select units go up and down, arrows always")
  func lists() throws {
    var person = try Person(steps: 1)
    person.state.keys =
      try KeyBindingTests.keys([("next-unit", ["J"]), ("variants", ["F4"])]).explorer
    person.press(.function(4))
    guard case .variants(let first) = person.state.overlay else {
      Issue.record("\(person.state.overlay)")
      return
    }
    person.press("J")
    #expect(person.state.overlay == .variants(line: first + 1))
    person.press(.down)
    #expect(person.state.overlay == .variants(line: first + 2))
    // It has no meaning any more.
    person.press("j")
    #expect(person.state.overlay == .variants(line: first + 2))
    person.press(.function(4))
    #expect(person.state.overlay == .none)
  }

  @Test("A line of plain text goes to the palette with the key that opens it")
  func plainPalette() throws {
    let keys = try KeyBindingTests.keys([("parameter", ["P"]), ("scaling", ["x"])]).explorer
    #expect(PlainText.keys(of: "Pkeep 1", keys).last == .enter)
    #expect(PlainText.keys(of: ":keep 1", keys).last == "1")
    #expect(PlainText.opening(keys)[0].contains("P sets a parameter (Pkeep 0.8)"))
    #expect(PlainText.opening(keys)[0].contains("x turns the scaling"))
    #expect(PlainText.opening(.standard)[0].contains("a colon sets a parameter (:keep 0.8)"))
  }
}
