/// The lines and dots of one point of a grid.
public struct ComparisonPanel: Equatable, Sendable {
  /// The title above it.
  public var title: String
  /// The lines, in order.
  public var series: [ComparisonSeries]

  /// Creates a panel.
  public init(title: String, series: [ComparisonSeries]) {
    self.title = title
    self.series = series
  }
}
