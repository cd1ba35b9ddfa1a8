import TerminalCells

/// A line to type a moment of the run into, and the moments that have names.
enum GoToBox {
  static func draw(
    _ form: GoToState, _ state: ExplorerState, in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = OverlayBox.textWidth(body)
    let places = form.places(state)
    let about =
      (form.error.map { [BoxLine($0, Style(.error))] } ?? [
        BoxLine(
          "A step (1200), a number of steps (+100 or -100), an epoch (epoch 3), or a line below.",
          Style(.dim))
      ]).flatMap { $0.wrapped(to: width) }
    let inside = OverlayBox.open(
      "go to", width: width, height: places.count + about.count + 2, state, in: body, on: &buffer)
    let (line, rest) = inside.splitTop(1)
    let key = buffer.write(state.keys[.goTo], x: line.x, y: line.y, style: Style(.key))
    form.field.draw(in: line.inset(left: key + 1), on: &buffer, style: Style(.strong))
    let (middle, foot) = rest.splitBottom(1)
    let (hint, list) = middle.splitTop(min(about.count, middle.height))
    buffer.clipped(to: hint) { buffer in
      for (row, line) in about.enumerated() {
        buffer.write(line.text, x: hint.x, y: hint.y + row, style: line.style)
      }
    }
    Table(
      columns: [.init("moment"), .init("where")],
      rows: places.map {
        let style = Style($0.destination == nil ? .dim : .strong)
        return [Table.Entry($0.name, style), Table.Entry($0.place, Style(.dim))]
      }, selection: form.choice ?? -1, showsTitles: false
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.write(
      "Enter: go there  arrows: choose  Esc: back", x: foot.x, y: foot.y, style: Style(.dim))
  }
}
