import TerminalCells

/// All keys where a recording is shown: the manual is made from it, and ``KeyMap``, which
/// footer and help ask.
public enum RecordedKeys {
  /// The rows, in the order in which help shows them.
  public static let rows: [KeyBindings<RecordedCommand>] = [
    KeyBindings("q, Ctrl-C", "quit", [("q", .quit), (.control("c"), .quit)]),
    KeyBindings("?, Esc", "help, back", [("?", .help), (.escape, .back)]),
    KeyBindings(
      ", .", "the look before, the look after",
      [(",", .look(.previous)), (".", .look(.next))]),
    KeyBindings(
      "< >", "a twentieth of all looks back, on", [("<", .look(.back)), (">", .look(.on))]),
    KeyBindings(
      "Home End", "the first look; the newest one, and each that comes",
      [(.home, .look(.first)), (.end, .look(.newest)), ("g", .look(.first)), ("G", .look(.newest))]
    ),
    KeyBindings("space", "hold this look; follow the newest one again", [(" ", .hold)]),
    KeyBindings(
      "arrows, hjkl", "select layer (left, right) and unit (up, down)",
      [
        (.left, .layer(.previous)), (.right, .layer(.next)), (.up, .unit(.up)),
        (.down, .unit(.down)),
        ("h", .layer(.previous)), ("l", .layer(.next)), ("k", .unit(.up)), ("j", .unit(.down)),
        (.pageUp, .page(.up)), (.pageDown, .page(.down)),
      ]),
    KeyBindings("n", "the next layer behind a gap that is not right", [("n", .nextFinding)]),
    KeyBindings("v", "the verdicts on all gaps, with cures", [("v", .verdicts)]),
    KeyBindings(
      "Tab, z", "focus, zoom a panel",
      [(.tab, .panel(.next)), (.backTab, .panel(.previous)), ("z", .zoom)]),
    KeyBindings(
      "i", "what a number is: arrows go from number to number, i again has all of its panel",
      [("i", .formula)]),
    KeyBindings("o", "logarithmic axis", [("o", .logAxis)]),
    KeyBindings("w", "write a picture of the screen", [("w", .writePicture)]),
    KeyBindings("Ctrl-L", "draw everything again", [(.control("l"), .redraw)]),
  ]
}
