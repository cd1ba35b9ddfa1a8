import DropoutEngine
import Explorer
import Fuzzing
import Sessions

extension FuzzTarget {
  /// The file of preferences, with its keys.
  static let preferences = FuzzTarget("preferences", "the file of preferences") { _ in
    let mutator = Mutator(
      words: ScreenKeys.actions + Preferences.memberNames + [
        "dark", "light", "max", "Ctrl-x", "Ctrl-C", "F1", "F20", "F21", "space", "Tab", "Esc",
        "\"\"",
        "\\u001b", "\u{1F600}", "null", "[]", "Shift-Tab", "up", "Ctrl-space", "\\ud800",
      ])
    return FuzzReader(samples: PreferenceSamples.all, mutator) { bytes in
      do {
        let preferences = try Preferences(document: bytes, name: "config.json")
        let keys = try ScreenKeys(preferences, name: "config.json")
        for row in keys.explorer.rows {
          try FuzzFault.unless(
            (row.keys + row.help).unicodeScalars.allSatisfy(ForeignText.isPlain),
            "the help can be shown", row.keys)
        }
        for (action, bound) in keys.explorer.actions {
          try FuzzFault.unless(!bound.isEmpty, "each action has a key", action)
        }
        return .accepted
      } catch let error as PreferencesError {
        try RefusalLine.check(error.notice)
        return .refused(error.description)
      }
    }
  }
}

private enum PreferenceSamples {
  static let all: [[UInt8]] = [
    #"{"theme": "dark", "glyphs": "unicode", "speed": 200, "keys": {"scaling": "x", "#
      + #""step-on": ["n", "Ctrl-N"], "next-phase": "F2", "restart": "F5"}}"#,
    #"{"speed": "max"}"#, #"{"keys": {"quit": ["q", "Q"]}}"#, "{}",
    "{\n  \"theme\": \"auto\",\n  \"keys\": {\n    \"view-live\": \"F1\"\n  }\n}\n",
  ].map { Array($0.utf8) }
}
