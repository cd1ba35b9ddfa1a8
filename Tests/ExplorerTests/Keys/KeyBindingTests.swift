import Explorer
import Sessions
import TerminalCells
import Testing

@Suite("Keys that a person binds") struct KeyBindingTests {
  /// The keys of a file with these bindings, one on each line from 1.
  static func keys(_ bindings: [(action: String, keys: [String])]) throws -> ScreenKeys {
    let numbered = bindings.enumerated().map {
      Preferences.Binding(action: $0.element.action, keys: $0.element.keys, line: $0.offset + 1)
    }
    return try ScreenKeys(Preferences(bindings: numbered), name: "p.json")
  }

  private func fault(_ bindings: [(action: String, keys: [String])]) -> String? {
    do {
      _ = try KeyBindingTests.keys(bindings)
      return nil
    } catch {
      return (error as? PreferencesError)?.fault ?? "\(error)"
    }
  }

  @Test("An action is asked for with its new keys, and with no other") func bound() throws {
    let keys = try KeyBindingTests.keys([("scaling", ["x", "F3"]), ("quit", ["F10"])])
    #expect(keys.explorer.command(for: "x") == .nextScaling)
    #expect(keys.explorer.command(for: .function(3)) == .nextScaling)
    #expect(keys.explorer.command(for: "s") == nil)
    #expect(keys.explorer[.nextScaling] == "x")
    // Ctrl-C always quits.
    #expect(keys.explorer.command(for: .control("c")) == .quit)
    #expect(keys.recording.command(for: .control("c")) == .quit)
    #expect(keys.recording.command(for: .function(10)) == .quit)
    #expect(keys.explorer.command(for: "q") == nil && keys.recording.command(for: "q") == nil)
    #expect(keys.explorer.rows.map(\.help) == KeyTable.rows.map(\.help))
    #expect(keys.explorer.rows[0].keys == "F10 Ctrl-C" && KeyTable.rows[0].keys == "q, Ctrl-C")
  }

  @Test("Two actions can change their keys; a key that was given up is free")
  func exchanged() throws {
    let keys = try KeyBindingTests.keys([("scaling", ["v"]), ("variants", ["s"])])
    #expect(keys.explorer.command(for: "v") == .nextScaling)
    #expect(keys.explorer.command(for: "s") == .variants)
    #expect(try KeyBindingTests.keys([("quit", ["q"])]).explorer.rows[0].keys == "q, Ctrl-C")
  }

  @Test("Each action can have every key that is free, and names it first")
  func everyAction() throws {
    for action in ScreenKeys.actions {
      let keys = try KeyBindingTests.keys([(action, ["F9"])])
      let explorer = keys.explorer.actions.filter { $0.keys.contains(.function(9)) }.map(\.name)
      let recording = keys.recording.actions.filter { $0.keys.contains(.function(9)) }.map(\.name)
      #expect(Set(explorer + recording) == [action])
      for name in explorer + recording { #expect(name == action) }
    }
    #expect(Set(ScreenKeys.actions).count == ScreenKeys.actions.count)
  }

  @Test("No two actions of one table have one name, and no name has a blank")
  func names() {
    for names in [
      KeyMap<KeyCommand>.standard.actions.map(\.name),
      KeyMap<RecordedCommand>.standard.actions.map(\.name),
    ] {
      #expect(Set(names).count == names.count)
      for name in names {
        #expect(name.allSatisfy { $0.isLowercase || $0 == "-" || $0 == "2" }, "\(name)")
      }
    }
  }

  @Test("Two actions on one key are refused, and both are named with the key")
  func clashes() {
    #expect(
      fault([("restart", ["s"])]) == "line 1: keys.restart is 's', the key of scaling")
    #expect(
      fault([("restart", ["F5"]), ("lessons", ["t", "F5"])])
        == "line 2: keys.lessons is 'F5', the key of restart (line 1)")
    // The row above has them in the other order.
    #expect(
      fault([("lessons", ["F5"]), ("restart", ["F5"])])
        == "line 2: keys.restart is 'F5', the key of lessons (line 1)")
    #expect(
      fault([("lessons", ["n"])])
        == "line 1: keys.lessons is 'n', the key of next-phase in the step view")
    #expect(
      fault([("zoom", ["G"])])
        == "line 1: keys.zoom is 'G', the key of newest-look where a recording is shown")
    #expect(
      fault([("verdicts", ["n"])])
        == "line 1: keys.verdicts is 'n', the key of next-finding where a recording is "
        + "shown")
    #expect(fault([("view-sums", ["1"])])?.contains("view-live") == true)
  }

  @Test("Actions of two views can share a key, and each view has its own")
  func shared() throws {
    let keys = try KeyBindingTests.keys([("race-all", ["n"]), ("next-phase", ["n", "F2"])])
    #expect(keys.explorer.command(for: "n", in: .race)?.name == "race-all")
    #expect(keys.explorer.command(for: "n", in: .backward)?.name == "next-phase")
    // A key of a recording alone is free in the explorer.
    #expect(fault([("lessons", ["G"])]) == nil)
  }

  @Test("Every key that two actions share in one place is a clash, whichever they are")
  func allPairs() throws {
    for (table, other) in [
      (KeyMap<KeyCommand>.standard.actions, "lessons"),
      (KeyMap<RecordedCommand>.standard.actions, "verdicts"),
    ] {
      for action in table where action.name != other {
        let expected =
          "line 2: keys.\(other) is 'F9', the key of \(action.name) (line 1)"
        #expect(
          fault([(action.name, ["F9"]), (other, ["F9"])])?.hasPrefix(expected) == true,
          "\(action.name)")
      }
    }
  }

  @Test("Keys that boxes and text fields need keep their meaning")
  func reserved() {
    #expect(
      fault([("restart", ["Enter"])])
        == "line 1: keys.restart is 'Enter', which ends every line of text that is typed")
    #expect(fault([("restart", ["esc"])])?.contains("'Esc', which leaves every box") == true)
    #expect(fault([("restart", ["Backspace"])])?.contains("deletes in every text field") == true)
    #expect(fault([("restart", ["Delete"])])?.contains("deletes in every text field") == true)
    #expect(fault([("restart", ["Ctrl-C"])])?.contains("which always quits") == true)
    #expect(fault([("back", ["Esc", "F2"]), ("take-runner", ["Enter", "F3"])]) == nil)
    #expect(fault([("quit", ["Ctrl-C", "F4"])]) == nil)
  }

  @Test("What names no action or no key is refused with the nearest name; nothing is unbound")
  func unknown() {
    #expect(
      fault([("scalng", ["x"])]) == "line 1: keys.scalng is no action, did you mean 'scaling'?")
    #expect(
      fault([("scaling", ["PgeUp"])])
        == "line 1: keys.scaling is 'PgeUp', which names no key, did you mean 'PageUp'?")
    #expect(fault([("scaling", ["x", "x"])]) == "line 1: keys.scaling has 'x' twice")
    for action in ScreenKeys.actions {
      #expect(
        fault([(action, [])]) == "line 1: keys.\(action) has no key, and every action has one")
    }
  }
}
