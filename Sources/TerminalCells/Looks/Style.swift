/// How a cell is drawn, in meanings: its roles and what is added to them.
public struct Style: Equatable, Hashable, Sendable {
  /// The meaning of the character.
  public var foreground: Role
  /// The meaning of what is behind it; `nil` for the terminal's own background.
  public var background: Role?
  /// Whether it is bold whatever its role says.
  public var bold: Bool
  /// Whether it is underlined whatever its role says.
  public var underline: Bool
  /// Whether foreground and background change places.
  public var reverse: Bool

  /// Creates a style.
  public init(
    _ foreground: Role = .text, on background: Role? = nil, bold: Bool = false,
    underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.underline = underline
    self.reverse = reverse
  }

  /// Plain text on the terminal's own background.
  public static let plain = Style()
}
