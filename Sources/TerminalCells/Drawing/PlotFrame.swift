/// The places of a plot's values in its area.
struct PlotFrame {
  var across: ClosedRange<Double>
  var axis: PlotAxis
  var area: Rect

  /// The horizontal position of a value, 0...1; `nil` outside.
  private func share(_ x: Double) -> Double? {
    guard across.contains(x) else { return nil }
    return across.share(of: x) ?? 0
  }

  /// The column of cells of a value, counted from the left of the area; `nil` outside.
  func column(_ x: Double) -> Int? { position(x, count: area.width) }

  /// The column of a value among `count`; `nil` outside.
  func position(_ x: Double, count: Int) -> Int? {
    guard count > 0, let share = share(x) else { return nil }
    return Int(drawn: share * Double(count - 1), in: 0...count - 1)
  }

  /// The row of cells of a value, counted from the top; `nil` for a gap or outside.
  func row(_ y: Double) -> Int? {
    guard let share = axis.share(of: y) else { return nil }
    let row = Double(area.height - 1) * (1 - share)
    guard row > -0.5, row < Double(area.height) - 0.5 else { return nil }
    return Int(drawn: row, in: 0...max(0, area.height - 1))
  }

  /// The row of dots of a value, counted from the top and possibly outside; `nil` for a gap.
  ///
  /// The value of a row of cells lies between its second and third row of dots.
  func dotRow(_ y: Double) -> Int? {
    guard let share = axis.share(of: y) else { return nil }
    let row = Double(area.height - 1) * (1 - share) * 4 + 1.5
    return Int(drawn: row, in: -1_000_000...1_000_000)
  }

  /// The least, the greatest, the first and the last value of a column.
  struct ColumnSpan: Equatable {
    var column: Int
    var first: Double
    var last: Double
    var least: Double
    var greatest: Double
    /// Whether a gap separates it from the span before.
    var followsGap: Bool
  }

  /// The points gathered by column; points outside the horizontal range are left out.
  func spans(of points: [PlotPoint], columns: Int) -> [ColumnSpan] {
    var spans: [ColumnSpan] = []
    var gap = true
    for point in points {
      guard axis.share(of: point.y) != nil else {
        gap = true
        continue
      }
      guard let column = position(point.x, count: columns) else { continue }
      if !gap, let index = spans.indices.last, spans[index].column == column {
        spans[index].last = point.y
        spans[index].least = min(spans[index].least, point.y)
        spans[index].greatest = max(spans[index].greatest, point.y)
      } else {
        spans.append(
          ColumnSpan(
            column: column, first: point.y, last: point.y, least: point.y, greatest: point.y,
            followsGap: gap))
      }
      gap = false
    }
    return spans
  }
}
