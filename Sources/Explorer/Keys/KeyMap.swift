public import TerminalCells

/// The keys of a screen: the table of them, as a person has bound them.
///
/// Footer, help and every sentence that names a key ask it.
public struct KeyMap<Command: NamedCommand>: Sendable {
  /// The rows, in the order in which help shows them.
  public let rows: [KeyBindings<Command>]
  private let commands: [Key: [Command]]
  /// The keys by the names of their commands; commands without a key may have one name.
  private let bindings: [String: [(key: Key, command: Command)]]

  /// Creates the keys of some rows.
  init(_ rows: [KeyBindings<Command>]) {
    var keys: [String: String] = [:]
    for binding in rows.flatMap(\.bindings) where keys[binding.command.name] == nil {
      keys[binding.command.name] = binding.key.name
    }
    self.rows = rows.map { row in row.naming { keys[$0.name] ?? "" } }
    commands = Dictionary(grouping: rows.flatMap(\.bindings), by: \.key)
      .mapValues { $0.map(\.command) }
    bindings = Dictionary(grouping: rows.flatMap(\.bindings), by: \.command.name)
  }

  /// The commands of a key: several only where each acts in a view of its own.
  func commands(for key: Key) -> [Command] { commands[key] ?? [] }

  /// The names of all actions with their keys, in the order in which help shows them.
  public var actions: [(name: String, keys: [Key])] {
    rows.flatMap(\.commands).map { ($0.name, keys(of: $0)) }
  }

  /// The keys of a command, the one that sentences name first.
  public func keys(of command: Command) -> [Key] {
    bindings[command.name, default: []].filter { $0.command == command }.map(\.key)
  }

  /// The name of the first key of a command.
  ///
  /// - Precondition: a row has the command.
  public subscript(_ command: Command) -> String {
    guard let key = keys(of: command).first else {
      preconditionFailure("no row of the table of keys has \(command.name)")
    }
    return key.name
  }

  /// The names of the first keys of some commands, as `[ ]`; `arrows` for the four arrows.
  func names(_ commands: Command...) -> String {
    let keys = commands.compactMap { self.keys(of: $0).first }
    if keys == [.left, .right, .up, .down] { return "arrows" }
    return keys.map(\.name).joined(separator: " ")
  }
}

extension KeyMap<KeyCommand> {
  /// The keys of the explorer where nobody has bound others.
  public static let standard = KeyMap(KeyTable.rows)

  /// The command of a key in a view; nil where it has none.
  ///
  /// A command of another view alone comes last, since it can only say where it acts.
  public func command(for key: Key, in view: ViewDefinition = .live) -> KeyCommand? {
    let commands = commands(for: key)
    return commands.first { $0.acts(in: view) } ?? commands.first
  }

  /// The keys that select layer and unit.
  var arrows: String {
    names(.layer(.previous), .layer(.next), .unit(.up), .unit(.down))
  }

  /// The keys that turn keep.
  var keep: String { names(.keep(.less), .keep(.more)) }

  /// The keys that turn L2.
  var l2: String { names(.l2(.less), .l2(.more)) }

  /// The keys that turn the learning rate.
  var learningRate: String { names(.learningRate(.less), .learningRate(.more)) }

  /// The keys that select layer and unit, in a sentence.
  var arrowsName: String { arrows == "arrows" ? "the arrows" : arrows }

  /// The same at the start of a sentence.
  var arrowsNameFirst: String { arrows == "arrows" ? "The arrows" : arrows }

  /// The key that goes to the next layer, at the start of a sentence.
  var nextLayerName: String {
    keys(of: .layer(.next)).first == .right ? "The right arrow" : self[.layer(.next)]
  }

  /// The key that shows a view.
  subscript(_ view: ViewDefinition) -> String { self[.view(view)] }

  /// The first line that a box of text shows after a key; nil where it does not scroll.
  ///
  /// Arrows, page keys, space and Home scroll whatever they are bound to elsewhere.
  func scrolled(_ key: Key, from line: Int) -> Int? {
    key.scrolled(from: line)
      ?? command(for: key).flatMap { command in
        guard case .unit(let direction) = command else { return nil }
        return max(0, line + direction.offset)
      }
  }

  /// A text of the training, with the names of the keys where ``KeyMark`` stands.
  func named(_ text: String) -> String {
    guard text.unicodeScalars.contains(KeyMark.open) else { return text }
    return rows.flatMap(\.commands).reduce(text) { text, command in
      text.split(separator: KeyMark.text(command), omittingEmptySubsequences: false)
        .joined(separator: self[command])
    }
  }
}

extension KeyCommand {
  /// Whether it acts in a view.
  func acts(in view: ViewDefinition) -> Bool {
    guard case .own(let key) = self else { return true }
    return view.ownKeys.contains(key)
  }
}

extension KeyMap<RecordedCommand> {
  /// The keys of a recording's screen where nobody has bound others.
  public static let standard = KeyMap(RecordedKeys.rows)

  /// The command of a key; nil where it has none.
  public func command(for key: Key) -> RecordedCommand? { commands(for: key).first }

  /// The keys that select layer and unit.
  var arrows: String {
    names(.layer(.previous), .layer(.next), .unit(.up), .unit(.down))
  }

  /// The first line that a box of text shows after a key; nil where it does not scroll.
  ///
  /// Arrows, page keys, space and Home scroll whatever they are bound to elsewhere.
  func scrolled(_ key: Key, from line: Int) -> Int? {
    key.scrolled(from: line)
      ?? command(for: key).flatMap { command in
        guard case .unit(let direction) = command else { return nil }
        return max(0, line + direction.offset)
      }
  }
}

extension Key {
  /// The first line of a text that is read in a box, after this key; nil where it does not scroll.
  fileprivate func scrolled(from line: Int) -> Int? {
    switch self {
    case .up: max(0, line - 1)
    case .down: line + 1
    case .pageUp: max(0, line - 10)
    case .pageDown, " ": line + 10
    case .home: 0
    default: nil
    }
  }
}

/// A place for the name of a key in a text of the training, which knows no keys.
enum KeyMark {
  static let open: Unicode.Scalar = "\u{E000}"
  private static let close: Unicode.Scalar = "\u{E001}"

  /// The mark of a command's key.
  static func text(_ command: KeyCommand) -> String { "\(open)\(command.name)\(close)" }
}
