/// What lies over the view.
public enum Overlay: Equatable, Sendable {
  /// Nothing.
  case none
  /// The keys.
  case help
  /// Any parameter by name.
  case palette(PaletteState)
  /// What can be done to the selected unit; the number of the line that is chosen.
  case menu(line: Int)
  /// The variants; the number of the line that is chosen.
  case variants(line: Int)
  /// The formula of the focused number.
  case formula
  /// A text to read, e.g. the command that reproduces the experiment.
  case message(title: String, lines: [String])
}

/// What has been typed into the palette.
public struct PaletteState: Equatable, Sendable {
  /// The text: a parameter's name, then its value.
  public var text: String
  /// The position of the cursor in the text, in characters.
  public var cursor: Int
  /// The completion that is chosen; nil while none is.
  public var choice: Int?
  /// Why the text was not accepted; it stays for correction.
  public var error: String?

  /// Creates a palette with a text and the cursor behind it.
  public init(text: String = "", choice: Int? = nil, error: String? = nil) {
    self.text = text
    self.cursor = text.count
    self.choice = choice
    self.error = error
  }
}
