/// One cell of the screen: one character and its style.
///
/// A character of two columns fills its first column; the second one holds a continuation cell.
/// A cell never holds a control character or a character without width: these become `?`.
public struct Cell: Equatable, Hashable, Sendable {
  /// The character; U+0000 in a continuation cell.
  public let scalar: Unicode.Scalar
  /// The style.
  public var style: Style

  /// Creates a cell; a character without a column, or one that must not reach a terminal, becomes
  /// `?`.
  public init(_ scalar: Unicode.Scalar, _ style: Style = .plain) {
    self.scalar = scalar.columns > 0 ? scalar : "?"
    self.style = style
  }

  private init(continuationWith style: Style) {
    scalar = "\u{0}"
    self.style = style
  }

  /// A space in plain style.
  public static let blank = Cell(" ")

  /// The second column of a wide character.
  static func continuation(_ style: Style) -> Cell { Cell(continuationWith: style) }

  /// Whether this is the second column of a wide character.
  public var isContinuation: Bool { scalar.value == 0 }

  /// The number of columns of the character: 1 or 2, and 0 for a continuation.
  public var columns: Int { isContinuation ? 0 : scalar.columns }
}
