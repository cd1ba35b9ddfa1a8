import TerminalCells

/// A framed box over a screen, and a text in it that can be scrolled.
enum TextBox {
  /// The widest text that a box shows.
  static func textWidth(_ body: Rect) -> Int { max(0, min(body.width - 8, 110)) }

  /// Blanks a box of a size in the middle of the body, frames it, and returns its inside.
  static func open(
    _ title: String, width: Int, height: Int, in body: Rect, atBottom: Bool = false,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> Rect {
    let width = min(width + 4, body.width)
    let height = min(height + 2, body.height)
    let area = Rect(
      x: body.x + (body.width - width) / 2,
      y: atBottom ? body.maxY - height : body.y + (body.height - height) / 3, width: width,
      height: height)
    buffer.fill(area)
    let inside = Frame(title: title, isFocused: true).draw(in: area, on: &buffer, glyphs: glyphs)
    return inside.inset(left: 1, right: 1)
  }

  /// Draws a text from a line on.
  static func draw(
    _ title: String, _ lines: [BoxLine], scroll: Int, in body: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let wrapped = lines.flatMap { $0.wrapped(to: textWidth(body)) }
    let width = max(40, wrapped.map(\.text.columns).max() ?? 0)
    let inside = open(
      title, width: width, height: wrapped.count + 1, in: body, glyphs: glyphs, on: &buffer)
    let (page, foot) = inside.splitBottom(1)
    let first = min(max(0, scroll), max(0, wrapped.count - page.height))
    buffer.clipped(to: inside) { buffer in
      for (row, line) in wrapped.dropFirst(first).prefix(page.height).enumerated() {
        buffer.write(line.text, x: page.x, y: page.y + row, style: line.style)
      }
      let rest = wrapped.count - first - page.height
      let hint = rest > 0 ? "\(rest) more lines below: arrows  Esc: back" : "Esc: back"
      buffer.write(hint, x: foot.x, y: foot.y, style: Style(.dim))
    }
  }
}
