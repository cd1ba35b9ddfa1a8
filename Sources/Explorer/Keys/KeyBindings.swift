public import TerminalCells

/// One row of a table of keys: keys that belong together, and what they do.
public struct KeyBindings<Command: NamedCommand>: Sendable {
  /// The keys as help and the documentation write them, such as `[ ]`.
  public let keys: String
  /// Their effect, in a few words.
  public let help: String
  /// The command of each key.
  public let bindings: [(key: Key, command: Command)]
  /// The keys of the row that it stands above in the help; nil is none.
  let next: String?
  /// The effect where it names keys of other rows, whose names it is given.
  private let naming: (@Sendable ((Command) -> String) -> String)?

  init(
    _ keys: String, _ help: String, before next: String? = nil, _ bindings: [(Key, Command)],
    naming: (@Sendable ((Command) -> String) -> String)? = nil
  ) {
    self.keys = keys
    self.help = help
    self.next = next
    self.bindings = bindings.map { (key: $0.0, command: $0.1) }
    self.naming = naming
  }

  /// The commands, each once.
  public var commands: [Command] {
    bindings.reduce(into: []) { commands, binding in
      if !commands.contains(binding.command) { commands.append(binding.command) }
    }
  }

  /// The row with other keys for some commands, by name; the other commands keep theirs.
  func rebound(_ keys: [String: [Key]]) -> KeyBindings {
    guard commands.contains(where: { keys[$0.name] != nil }) else { return self }
    let bindings = commands.flatMap { command in
      let own = self.bindings.filter { $0.command == command }.map(\.key)
      return (keys[command.name] ?? own).map { ($0, command) }
    }
    guard !bindings.elementsEqual(self.bindings, by: { $0.0 == $1.key && $0.1 == $1.command })
    else { return self }
    return KeyBindings(
      bindings.map(\.0.name).joined(separator: " "), help, before: next, bindings, naming: naming)
  }

  /// The row with the names of other rows' keys in its help.
  func naming(_ name: (Command) -> String) -> KeyBindings {
    KeyBindings(
      keys, naming.map { $0(name) } ?? help, before: next, bindings.map { ($0.key, $0.command) },
      naming: naming)
  }
}
