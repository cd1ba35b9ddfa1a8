/// A rectangle of terminal cells: column and row of its upper left cell, and its size.
///
/// A rectangle may be empty (`width` or `height` 0); sizes are never negative: setting one below 0
/// makes it 0.
public struct Rect: Equatable, Hashable, Sendable {
  /// The leftmost column, 0 at the left edge of the screen.
  public var x: Int
  /// The uppermost row, 0 at the top of the screen.
  public var y: Int
  /// The number of columns, at least 0.
  public var width: Int { didSet { width = max(0, width) } }
  /// The number of rows, at least 0.
  public var height: Int { didSet { height = max(0, height) } }

  /// Creates a rectangle; negative sizes become 0.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }
}
