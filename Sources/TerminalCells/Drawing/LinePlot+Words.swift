extension LinePlot {
  /// The curves' least width; words that would leave less are given up for letters.
  private static let leastWidth = 8

  /// Parts the room for the words at the ends of the curves from the curves; no curve has words
  /// where it is empty.
  func splitWords(from area: Rect) -> (curves: Rect, words: Rect) {
    let widest = series.compactMap(\.label?.text.columns).max() ?? 0
    guard widest > 0, area.width - widest - 1 >= Self.leastWidth else {
      return (area, Rect(x: area.maxX, y: area.y, width: 0, height: 0))
    }
    let (curves, words) = area.splitRight(widest + 1)
    return (curves, words.inset(left: 1))
  }

  /// Writes the words of each curve beside its end; where they had to move, a stroke leads from a
  /// line of dots to them.
  func drawWords(
    _ frame: PlotFrame, in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet
  ) {
    guard !area.isEmpty else { return }
    var ends: [(label: PlotSeries.StyledText, end: EndLetters.End)] = []
    // Where there are more curves than rows, the ones in front keep their words.
    for curve in series.reversed() {
      guard let label = curve.label,
        let last = frame.spans(of: curve.points, columns: frame.area.width).last?.last,
        let row = frame.row(last)
      else { continue }
      ends.append((label, EndLetters.End(value: last, row: row)))
    }
    for (end, row) in zip(ends, EndLetters.rows(of: ends.map(\.end), height: area.height)) {
      guard let row else { continue }
      buffer.write(
        end.label.text, x: area.x, y: area.y + row, style: end.label.style, maxWidth: area.width)
      guard glyphs.usesBraille, row != end.end.row else { continue }
      buffer[area.x - 1, area.y + row] = Cell(row < end.end.row ? "╱" : "╲", end.label.style)
    }
  }
}
