import TerminalCells

/// The menu of the key m: the actions on whatever a view shows.
enum MenuBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let menu = state.view.menu(state)
    let inside = OverlayBox.open(
      menu.title, width: menu.width, height: menu.items.count + 2, state, in: body, on: &buffer)
    let table = Table(
      columns: [.init("", width: 1), .init("", width: 18), .init("")],
      rows: menu.items.enumerated().map { index, item in
        [
          .init(index < 9 ? "\(index + 1)" : "", Style(.key)), .init(item.title, Style(.strong)),
          .init(item.help),
        ]
      }, selection: line,
      showsTitles: false)
    let (list, foot) = inside.splitBottom(2)
    table.draw(in: list, on: &buffer, glyphs: state.glyphs)
    StyledLine.hint([menu.hint], fitting: foot.width).write(x: foot.x, y: foot.y, on: &buffer)
    buffer.write(
      "Enter or its digit: do it  Esc: back", x: foot.x, y: foot.maxY - 1, style: Style(.dim))
  }
}
