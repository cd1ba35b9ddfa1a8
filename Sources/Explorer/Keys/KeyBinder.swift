import DropoutEngine
import Sessions
import TerminalCells

/// The bindings of a file, read and held against a table of keys.
struct KeyBinder {
  /// The keys of each action that has others than its own.
  let keys: [String: [Key]]
  private let lines: [String: Int]
  private let name: String

  /// Reads bindings.
  init(_ bindings: [Preferences.Binding], name: String) throws(PreferencesError) {
    var keys: [String: [Key]] = [:]
    var lines: [String: Int] = [:]
    for written in bindings {
      var binding = written
      binding.action = ScreenKeys.presentName(of: written.action)
      keys[binding.action] = try KeyBinder.keys(of: binding, name)
      lines[binding.action] = binding.line
    }
    (self.keys, self.lines, self.name) = (keys, lines, name)
  }

  private static func keys(
    of binding: Preferences.Binding, _ name: String
  ) throws(PreferencesError) -> [Key] {
    func error(_ problem: PreferencesProblem) -> PreferencesError {
      PreferencesError(
        name: name, line: binding.line, field: "keys.\(binding.action)", problem: problem)
    }
    guard ScreenKeys.actions.contains(binding.action) else {
      throw error(
        .unknownAction(
          nearest: NameDistance.nearest(to: binding.action, in: ScreenKeys.actions)))
    }
    var keys: [Key] = []
    for text in binding.keys {
      guard let key = Key(name: text) else {
        throw error(
          .unknownKey(text, nearest: NameDistance.nearest(to: text, in: Key.longNames)))
      }
      guard !keys.contains(key) else { throw error(.keyTwice(key.name)) }
      if let fixed = ScreenKeys.reserved.first(where: { $0.key == key }),
        owner(of: key) != binding.action
      {
        throw error(.reserved(key: key.name, meaning: fixed.meaning))
      }
      keys.append(key)
    }
    guard !keys.isEmpty else { throw error(.noKey) }
    // It is how a program is left whatever its keys are.
    if binding.action == KeyCommand.quit.name, !keys.contains(.control("c")) {
      keys.append(.control("c"))
    }
    return keys
  }

  /// The action that a key has where nobody has bound another.
  private static func owner(of key: Key) -> String? {
    KeyTable.rows.flatMap(\.bindings).first { $0.key == key }?.command.name
  }

  /// Checks that no key has two actions.
  ///
  /// - Parameters:
  ///   - rows: the table, with the keys of the file.
  ///   - place: the place where a command acts, in words; empty where that is everywhere, nil where
  ///     it does not act in the place that is checked.
  /// - Throws: ``Sessions/PreferencesError`` with the first clash.
  func check<Command>(
    _ rows: [KeyBindings<Command>], place: (Command) -> String?
  ) throws(PreferencesError) {
    var owners: [Key: Command] = [:]
    for (key, command) in rows.flatMap(\.bindings) {
      guard let here = place(command) else { continue }
      guard let owner = owners.updateValue(command, forKey: key), owner != command else { continue }
      // One that the file does not name has its own keys, so the other one is to blame.
      let isLater = (lines[command.name] ?? 0) >= (lines[owner.name] ?? 0)
      let (blamed, other) = isLater ? (command, owner) : (owner, command)
      throw PreferencesError(
        name: name, line: lines[blamed.name], field: "keys.\(blamed.name)",
        problem: .clash(
          key: key.name, other: other.name, otherLine: lines[other.name],
          place: here.isEmpty ? place(owner) ?? "" : here))
    }
  }
}
