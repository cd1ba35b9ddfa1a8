public import TerminalCells

/// How the terminal is to be used; `nil` stands for what suits it.
public struct TerminalOptions: Equatable, Sendable {
  /// The most colours to use; `nil` for all that the terminal has, and none with `NO_COLOR`.
  public var colors: ColorDepth?
  /// The characters to draw with; `nil` for Unicode where the locale has it.
  public var glyphs: Glyphs?
  /// The background to choose colours for; `nil` to go by `COLORFGBG`, and dark without it.
  public var background: Theme.Background?
  /// Whether the mouse is listened to; the terminal cannot select text with it meanwhile.
  public var mouse: Bool

  /// Which characters to draw with.
  public enum Glyphs: String, Equatable, Sendable, CaseIterable {
    /// Blocks, Braille and box lines.
    case unicode
    /// Only what every terminal has.
    case ascii
  }

  /// Creates options; without arguments everything suits the terminal, and the mouse is used.
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
