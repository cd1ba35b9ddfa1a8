public import TerminalCells

/// One row of a table of keys: keys that belong together, and what they do.
public struct KeyBindings<Command: Sendable>: Sendable {
  /// The keys as help and the documentation write them, such as `[ ]`.
  public let keys: String
  /// Their effect, in a few words.
  public let help: String
  /// The command of each key.
  public let bindings: [(key: Key, command: Command)]
  /// The keys of the row that it stands above in the help; nil is none.
  let next: String?

  init(
    _ keys: String, _ help: String, before next: String? = nil, _ bindings: [(Key, Command)]
  ) {
    self.keys = keys
    self.help = help
    self.next = next
    self.bindings = bindings.map { (key: $0.0, command: $0.1) }
  }

  /// The command of each key of some rows; no key has two.
  static func commands(of rows: [KeyBindings]) -> [Key: Command] {
    var commands: [Key: Command] = [:]
    for binding in rows.flatMap(\.bindings) {
      precondition(
        commands.updateValue(binding.command, forKey: binding.key) == nil,
        "\(binding.key) has two meanings")
    }
    return commands
  }
}

extension Key {
  /// The first line of a text that is read in a box, after this key; nil where it does not scroll.
  func scrolled(from line: Int) -> Int? {
    switch self {
    case .up, "k": max(0, line - 1)
    case .down, "j": line + 1
    case .pageUp: max(0, line - 10)
    case .pageDown, " ": line + 10
    case .home: 0
    default: nil
    }
  }
}
