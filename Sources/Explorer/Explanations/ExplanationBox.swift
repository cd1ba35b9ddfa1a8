import TerminalCells

/// Says what a number is, beside it: the number itself stays in sight, lit.
enum ExplanationBox {
  /// Draws the lines about the number in `cells`; `keys` go to the next panel, and show all
  /// formulas.
  static func draw(
    _ lines: [BoxLine], keys: (panel: String, formulas: String), glyphs: GlyphSet, at cells: Rect,
    in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = min(OverlayBox.textWidth(body), 76)
    let text = lines.flatMap { $0.wrapped(to: width) }
    let hint = StyledLine.hint(
      [
        "arrows: next number  \(keys.panel): next panel  \(keys.formulas): all formulas  Esc",
        "arrows: next  \(keys.panel): panel  \(keys.formulas): formulas  Esc",
      ], fitting: width)
    let size = ScreenSize(
      columns: max(text.map(\.text.columns).max() ?? 0, hint.columns) + 4, rows: text.count + 3)
    let area = Self.area(of: size, beside: cells, in: body)
    buffer.restyle(cells) { $0.reverse = true }
    buffer.fill(area)
    let inside = Frame(title: "", isFocused: true).draw(in: area, on: &buffer, glyphs: glyphs)
      .inset(left: 1, right: 1)
    buffer.clipped(to: inside) { buffer in
      // The hint stays where not all lines fit, and how many are left out is said above it.
      let room = max(0, inside.height - 1)
      let isCut = text.count > room
      let shown = text.prefix(isCut ? max(0, room - 1) : room)
      for (row, line) in shown.enumerated() {
        buffer.write(line.text, x: inside.x, y: inside.y + row, style: line.style)
      }
      if isCut, room > 0 {
        buffer.write(
          "\(text.count - shown.count) more lines: \(keys.formulas) shows all formulas",
          x: inside.x, y: inside.y + shown.count, style: Style(.warning))
      }
      hint.write(x: inside.x, y: inside.maxY - 1, on: &buffer)
    }
  }

  /// The rows of a box that says something.
  private static let leastRows = 6

  /// Where a box stands so that it covers no cell of what it explains: below it, else above, else
  /// at a side, else where it has the most rows; a picture that fills the screen is covered in
  /// part.
  static func area(of size: ScreenSize, beside cells: Rect, in body: Rect) -> Rect {
    let width = min(size.columns, body.width)
    let x = max(body.x, min(cells.x - 2, body.maxX - width))
    let below = body.maxY - cells.maxY
    let above = cells.y - body.y
    let right = body.maxX - cells.maxX
    let left = cells.x - body.x
    let y = max(body.y, min(cells.y, body.maxY - size.rows))
    if below >= size.rows { return Rect(x: x, y: cells.maxY, width: width, height: size.rows) }
    if above >= size.rows {
      return Rect(x: x, y: cells.y - size.rows, width: width, height: size.rows)
    }
    let height = min(size.rows, body.height)
    if right >= width { return Rect(x: cells.maxX, y: y, width: width, height: height) }
    if left >= width { return Rect(x: cells.x - width, y: y, width: width, height: height) }
    // A picture that leaves hardly a row beside it is covered in part rather than not explained.
    if cells.height > leastRows, max(below, above) < min(size.rows, leastRows) {
      let height = min(size.rows, body.maxY - cells.y - 1)
      return Rect(x: x, y: body.maxY - height, width: width, height: height)
    }
    return below >= above
      ? Rect(x: x, y: cells.maxY, width: width, height: max(0, below))
      : Rect(x: x, y: body.y, width: width, height: max(0, above))
  }
}
