import TerminalCells

/// A line to type the name of a file or a folder into.
struct SaveBox {
  /// The purpose.
  let title: String
  /// The effect of Enter, in a word.
  let act: String
  /// An explanation, where there is no error.
  let about: String

  /// Draws the line with what is typed.
  func draw(
    _ form: SaveForm, _ state: ExplorerState, in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = OverlayBox.textWidth(body)
    let line = form.error.map { BoxLine($0, Style(.error)) } ?? BoxLine(about, Style(.dim))
    let lines = line.wrapped(to: width)
    let inside = OverlayBox.open(
      title, width: width, height: lines.count + 2, state, in: body, on: &buffer)
    form.field.draw(in: inside.row(0), on: &buffer, style: Style(.strong))
    buffer.clipped(to: inside) { buffer in
      for (row, line) in lines.enumerated() {
        buffer.write(line.text, x: inside.x, y: inside.y + 1 + row, style: line.style)
      }
    }
    buffer.write(
      "Enter: \(act)  Esc: back", x: inside.x, y: inside.maxY - 1, style: Style(.dim))
  }
}
