/// The size of the screen in cells.
public struct ScreenSize: Equatable, Hashable, Sendable {
  /// The number of columns, at least 0.
  public var columns: Int
  /// The number of rows, at least 0.
  public var rows: Int

  /// Creates a size.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// Whether panels fold into tabs: below 80x24.
  public var isFolded: Bool { columns < 80 || rows < 24 }

  /// Whether nothing but a message fits: below 60x20.
  public var isTooSmall: Bool { columns < 60 || rows < 20 }
}
