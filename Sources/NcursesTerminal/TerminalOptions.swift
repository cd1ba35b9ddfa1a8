public import TerminalCells

/// The options of the terminal; `nil` lets the terminal decide.
public struct TerminalOptions: Equatable, Sendable {
  /// The largest number of colours; `nil` for all that the terminal has, and none with `NO_COLOR`.
  public var colors: ColorDepth?
  /// The characters to draw with; `nil` for Unicode where the locale has it.
  public var glyphs: Glyphs?
  /// The background to choose colours for; `nil` for that of `COLORFGBG`, or dark without it.
  public var background: Theme.Background?
  /// Whether to use the mouse; the terminal cannot select text with it meanwhile.
  public var mouse: Bool

  /// The characters to draw with.
  public enum Glyphs: String, Equatable, Sendable, CaseIterable {
    /// Blocks, Braille and box lines.
    case unicode
    /// Only characters that every terminal has.
    case ascii
  }

  /// Creates options; without arguments the terminal decides everything, and the mouse is used.
  public init(
    colors: ColorDepth? = nil, glyphs: Glyphs? = nil, background: Theme.Background? = nil,
    mouse: Bool = true
  ) {
    self.colors = colors
    self.glyphs = glyphs
    self.background = background
    self.mouse = mouse
  }
}
