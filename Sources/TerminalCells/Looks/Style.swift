/// The look of a cell in terms of meaning: its roles and additional attributes.
public struct Style: Equatable, Hashable, Sendable {
  /// The meaning of the character.
  public var foreground: Role
  /// The meaning of the background; `nil` for the terminal's own.
  public var background: Role?
  /// Whether it is bold even if its role is not.
  public var bold: Bool
  /// Whether it is underlined even if its role is not.
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
