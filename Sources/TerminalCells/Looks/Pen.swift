/// The concrete look of a cell: palette indices and attributes.
public struct Pen: Equatable, Hashable, Sendable {
  /// The palette index of the character; -1 for the terminal's own colour.
  public var foreground: Int
  /// The palette index behind it; -1 for the terminal's own background.
  public var background: Int
  /// Whether it is bold.
  public var bold: Bool
  /// Whether it is underlined.
  public var underline: Bool
  /// Whether foreground and background change places.
  public var reverse: Bool
  /// Whether it is fainter than normal.
  public var dim: Bool

  /// Creates a pen; without arguments, the terminal's own look.
  public init(
    foreground: Int = -1, background: Int = -1, bold: Bool = false, underline: Bool = false,
    reverse: Bool = false, dim: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.underline = underline
    self.reverse = reverse
    self.dim = dim
  }
}
