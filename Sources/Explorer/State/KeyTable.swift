public import TerminalCells

/// One row of the key table: keys that belong together, and what they do.
public struct KeyRow: Sendable {
  /// The keys as help and the documentation write them, such as `[ ]`.
  public let keys: String
  /// What they do, in a few words.
  public let help: String
  /// What each key asks for.
  public let bindings: [(key: Key, command: KeyCommand)]

  init(_ keys: String, _ help: String, _ bindings: [(Key, KeyCommand)]) {
    self.keys = keys
    self.help = help
    self.bindings = bindings.map { (key: $0.0, command: $0.1) }
  }
}

/// All keys: footer, help, manual and documentation are made from it.
public enum KeyTable {
  /// The rows, in the order in which help shows them.
  public static let rows: [KeyRow] = [
    KeyRow("q, Ctrl-C", "quit", [("q", .quit), (.control("c"), .quit)]),
    KeyRow("?, Esc", "help, back", [("?", .help), (.escape, .back)]),
    KeyRow("space", "run, pause", [(" ", .toggleRunning)]),
    KeyRow(".", "one step on", [(".", .stepOn)]),
    KeyRow(
      "n N", "view 5: the next, the previous phase of the step",
      [("n", .phase(.up)), ("N", .phase(.down))]),
    KeyRow(
      "+ -", "faster, slower", [("+", .speed(.up)), ("=", .speed(.up)), ("-", .speed(.down))]),
    KeyRow("s", "scaling: off, classic, inverted", [("s", .nextScaling)]),
    KeyRow(
      "[ ]", "keep probability by 0.05: all hidden layers, or the focused layer only",
      [("[", .keep(.down)), ("]", .keep(.up))]),
    KeyRow("{ }", "L2 down, up", [("{", .l2(.down)), ("}", .l2(.up))]),
    KeyRow(
      "( )", "learning rate down, up",
      [("(", .learningRate(.down)), (")", .learningRate(.up))]),
    KeyRow("v", "list of variants", [("v", .variants)]),
    KeyRow(
      "arrows, hjkl", "select layer and unit; in a list, the row",
      [
        (.left, .layer(.down)), (.right, .layer(.up)), (.up, .unit(.down)), (.down, .unit(.up)),
        ("h", .layer(.down)), ("l", .layer(.up)), ("k", .unit(.down)), ("j", .unit(.up)),
        (.pageUp, .page(.down)), (.pageDown, .page(.up)),
      ]),
    KeyRow(
      "e E", "next, previous watched example", [("e", .example(.up)), ("E", .example(.down))]),
    KeyRow(
      "< >", "the previous, the next learner",
      [("<", .learner(.down)), (">", .learner(.up))]),
    KeyRow(
      "Tab, z", "focus, zoom a panel",
      [(.tab, .panel(.up)), (.backTab, .panel(.down)), ("z", .zoom)]),
    KeyRow("m", "what can be done to the selected unit: watch, kill, pin", [("m", .menu)]),
    KeyRow(
      "i", "the formulas of the focused numbers, with this step's values put in",
      [("i", .formula)]),
    KeyRow(":", "any parameter by name, with completion", [(":", .palette)]),
    KeyRow("o", "logarithmic axis", [("o", .logAxis)]),
    KeyRow(
      "r R", "restart; restart with a new seed",
      [("r", .restart), ("R", .restartWithNewSeed)]),
    KeyRow("w", "write a picture of the screen", [("w", .writePicture)]),
    KeyRow("y", "show the command that reproduces this", [("y", .showCommand)]),
    KeyRow(
      "1 to 6", "views: 1 live, 2 sums, 3 race, 4 ensemble, 5 backward, 6 data",
      [
        ("1", .view(.live)), ("2", .view(.sums)), ("3", .view(.race)), ("4", .view(.ensemble)),
        ("5", .view(.backward)), ("6", .view(.data)),
      ]),
    KeyRow(
      "a, Enter",
      "view 3: the knobs turn one variant, or all; take the selected one to the live view",
      [("a", .turnAll), (.enter, .take)]),
    KeyRow("t", "a tour: be shown around", [("t", .tour)]),
  ]

  private static let commands: [Key: KeyCommand] = {
    var commands: [Key: KeyCommand] = [:]
    for row in rows {
      for binding in row.bindings {
        precondition(
          commands.updateValue(binding.command, forKey: binding.key) == nil,
          "\(binding.key) has two meanings")
      }
    }
    return commands
  }()

  /// What a key asks for; nil where it means nothing.
  public static func command(for key: Key) -> KeyCommand? { commands[key] }
}

extension Key: ExpressibleByUnicodeScalarLiteral {
  /// The key of a printable character.
  public init(unicodeScalarLiteral value: Unicode.Scalar) {
    self = .character(value)
  }
}
