extension LinePlot {
  /// The columns of dots of a dash, and those from one dash to the next.
  private static let dash = (drawn: 5, period: 8)

  /// The columns from one letter on a curve to the next.
  private static let letterPeriod = 16

  /// Draws a curve with its letter, in each column at the least and the greatest value.
  func drawLetters(of curve: PlotSeries, _ frame: PlotFrame, on buffer: inout CellBuffer) {
    let cell = Cell(curve.marker, Style(curve.role))
    for span in frame.spans(of: curve.points, columns: frame.area.width) {
      for value in [span.least, span.greatest] {
        guard let row = frame.row(value) else { continue }
        buffer[frame.area.x + span.column, frame.area.y + row] = cell
      }
    }
  }

  /// Draws all curves as lines of dots, and perhaps the letter of each at its end.
  func drawDots(_ frame: PlotFrame, showsLetters: Bool, on buffer: inout CellBuffer) {
    let area = frame.area
    var canvas = BrailleCanvas(width: area.width, height: area.height)
    var ends: [(curve: PlotSeries, column: Int, end: EndLetters.End)] = []
    for curve in series {
      var before: (x: Int, y: Int)?
      let spans = frame.spans(of: curve.points, columns: canvas.dotWidth)
      for span in spans {
        guard let first = frame.dotRow(span.first), let last = frame.dotRow(span.last),
          let least = frame.dotRow(span.least), let greatest = frame.dotRow(span.greatest)
        else { continue }
        defer { before = (span.column, last) }
        // Dashes are those of the picture, however far the points are from each other.
        let isDrawn = { (x: Int) in !curve.isDashed || x % Self.dash.period < Self.dash.drawn }
        if let before, !span.followsGap {
          canvas.line(
            from: before, to: (span.column, first), role: curve.role, where: isDrawn)
        }
        canvas.line(
          from: (span.column, greatest), to: (span.column, least), role: curve.role,
          where: isDrawn)
      }
      if showsLetters, curve.showsMarker, let end = spans.last, let row = frame.row(end.last) {
        ends.append((curve, end.column / 2, EndLetters.End(value: end.last, row: row)))
      }
    }
    canvas.draw(x: area.x, y: area.y, on: &buffer)
    drawLettersAlong(frame, on: &buffer)
    for (column, ends) in Dictionary(grouping: ends, by: \.column) {
      let rows = EndLetters.rows(of: ends.map(\.end), height: area.height)
      for (end, row) in zip(ends, rows) {
        guard let row else { continue }
        buffer[area.x + column, area.y + row] = Cell(
          end.curve.marker, Style(end.curve.role, bold: true))
      }
    }
  }

  /// Draws the letters on curves of dots; those of one curve stand in other columns than those of
  /// its neighbours, so that none hides another.
  private func drawLettersAlong(_ frame: PlotFrame, on buffer: inout CellBuffer) {
    let lettered = series.filter(\.isLettered)
    for (index, curve) in lettered.enumerated() {
      let start = index * Self.letterPeriod / max(1, lettered.count)
      for span in frame.spans(of: curve.points, columns: frame.area.width)
      where span.column % Self.letterPeriod == start {
        guard let row = frame.row(span.last) else { continue }
        buffer[frame.area.x + span.column, frame.area.y + row] = Cell(
          curve.marker, Style(curve.role, bold: true))
      }
    }
  }
}
