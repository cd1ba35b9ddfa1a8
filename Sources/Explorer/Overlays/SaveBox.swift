import TerminalCells

/// A line to type the name of a session's file into.
enum SaveBox {
  static func draw(
    _ form: SaveForm, _ state: ExplorerState, in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = OverlayBox.textWidth(body)
    let about =
      (form.error.map { [BoxLine($0, Style(.error))] } ?? [
        BoxLine(
          "A session has the experiment, every change, all branches, and where you are; "
            + "dropscope --resume NAME goes on with it.", Style(.dim))
      ]).flatMap { $0.wrapped(to: width) }
    let inside = OverlayBox.open(
      "save the session as", width: width, height: about.count + 2, state, in: body, on: &buffer)
    form.field.draw(in: inside.row(0), on: &buffer, style: Style(.strong))
    buffer.clipped(to: inside) { buffer in
      for (row, line) in about.enumerated() {
        buffer.write(line.text, x: inside.x, y: inside.y + 1 + row, style: line.style)
      }
    }
    buffer.write(
      "Enter: save  Esc: back", x: inside.x, y: inside.maxY - 1, style: Style(.dim))
  }
}
