public import TerminalCells

/// One row of the explorer's table of keys.
public typealias KeyRow = KeyBindings<KeyCommand>

/// All keys of the explorer: manual and documentation are made from it, and ``KeyMap``, which
/// footer and help ask.
public enum KeyTable {
  /// The rows, in the order in which help shows them: the rows of a view stand where it wants them.
  public static let rows: [KeyRow] = ViewDefinition.all.flatMap(\.keys).reduce(into: shared) {
    rows, row in
    rows.insert(row, at: rows.firstIndex { $0.keys == row.next } ?? rows.endIndex)
  }

  private static let shared: [KeyRow] = [
    KeyRow("q, Ctrl-C", "quit", [("q", .quit), (.control("c"), .quit)]),
    KeyRow(
      "?, Esc", "help, and again: questions that people ask; back",
      [("?", .help), (.escape, .back)]),
    KeyRow("space", "run, pause", [(" ", .toggleRunning)]),
    KeyRow(", .", "one step back, one step on", [(",", .travel(.steps(-1))), (".", .stepOn)]),
    KeyRow(
      "< >", "back to the start of the epoch, on to the next epoch",
      [("<", .travel(.epochs(.previous))), (">", .travel(.epochs(.next)))]),
    KeyRow(
      "Home, End", "the start of the run, its last step (back to where you were)",
      [(.home, .travel(.start)), (.end, .travel(.end))]),
    KeyRow(
      "g", "go to a step, an epoch, the first NaN, the lowest test loss, the last change",
      [("g", .goTo)]),
    KeyRow(
      "u U", "undo the last change: back before it, to train on without it; redo: just behind it",
      [("u", .travel(.undo)), ("U", .travel(.redo))]),
    KeyRow("b", "branches: a change in the past starts one", [("b", .branches)]),
    KeyRow(
      "+ -", "faster, slower", [("+", .speed(.more)), ("=", .speed(.more)), ("-", .speed(.less))]),
    KeyRow("s", "scaling: off, classic, inverted", [("s", .nextScaling)]),
    KeyRow(
      "[ ], d f", "keep probability by 0.05: all hidden layers, or the focused layer only",
      [("[", .keep(.less)), ("]", .keep(.more)), ("d", .keep(.less)), ("f", .keep(.more))]),
    KeyRow(
      "{ }, D F", "L2 down, up",
      [("{", .l2(.less)), ("}", .l2(.more)), ("D", .l2(.less)), ("F", .l2(.more))]),
    KeyRow(
      "( )", "learning rate down, up",
      [("(", .learningRate(.less)), (")", .learningRate(.more))]),
    KeyRow("v", "list of variants", [("v", .variants)]),
    KeyRow(
      "arrows, hjkl", "select layer and unit; in a list, the row",
      [
        (.left, .layer(.previous)), (.right, .layer(.next)), (.up, .unit(.up)),
        (.down, .unit(.down)),
        ("h", .layer(.previous)), ("l", .layer(.next)), ("k", .unit(.up)), ("j", .unit(.down)),
        (.pageUp, .page(.up)), (.pageDown, .page(.down)),
      ]),
    KeyRow(
      "e E", "next, previous watched example",
      [("e", .example(.next)), ("E", .example(.previous))]),
    KeyRow(
      "H L", "the previous, the next learner",
      [("H", .learner(.previous)), ("L", .learner(.next))]),
    KeyRow(
      "Tab, z", "focus, zoom a panel",
      [(.tab, .panel(.next)), (.backTab, .panel(.previous)), ("z", .zoom)]),
    KeyRow("m", "what can be done to the selected unit: watch, kill, pin", [("m", .menu)]),
    KeyRow(
      "i", "what a number is: arrows go from number to number, i again has all formulas",
      [("i", .formula)]),
    KeyRow(":", "any parameter by name, with completion", [(":", .palette)]),
    KeyRow("o", "logarithmic axis", [("o", .logAxis)]),
    KeyRow(
      "r R", "restart; restart with a new seed",
      [("r", .restart), ("R", .restartWithNewSeed)]),
    KeyRow("S", "save the session: the experiment, every change, all branches", [("S", .save)]),
    KeyRow(
      "w", "write the screen as a picture, the curves as a table, the step's evidence",
      [("w", .write)]),
    KeyRow("y", "show and copy the command that reproduces this", [("y", .showCommand)]),
    KeyRow(
      "1 to \(ViewDefinition.all.count)",
      "views: " + ViewDefinition.all.map { "\($0.number) \($0.name)" }.joined(separator: ", "),
      ViewDefinition.all.map { (Key(digit: $0.number), .view($0)) },
      naming: { name in
        "views: "
          + ViewDefinition.all.map { "\(name(.view($0))) \($0.name)" }.joined(separator: ", ")
      }),
    KeyRow("Ctrl-L", "draw everything again", [(.control("l"), .redraw)]),
    KeyRow("t", "lessons: be taught, step by step, on the screen", [("t", .lessons)]),
  ]
}

extension Key {
  /// The key of a digit, 0 to 9.
  init(digit: Int) {
    self = .character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit)))
  }
}

extension Key: ExpressibleByUnicodeScalarLiteral {
  /// The key of a printable character.
  public init(unicodeScalarLiteral value: Unicode.Scalar) {
    self = .character(value)
  }
}
