import DropoutEngine
import TerminalCells

/// What can be done to the selected unit, or to the ensemble.
enum MenuBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let items = state.unitMenu
    let (title, hint) =
      switch state.view {
      case .ensemble:
        (
          "enumerate all masks of",
          "beyond that masks are drawn, and the standard error is shown"
        )
      case .race: ("start a race", "all start from step 0, with the same data, masks and weights")
      default:
        (
          "unit \(state.shownUnit + 1) of \(state.layerName(state.shownLayer))",
          state.shownLayer == state.outputLayer
            ? "output units are never masked" : "from the next step on"
        )
      }
    let inside = OverlayBox.open(
      title, width: state.view == .race ? 90 : 66, height: items.count + 2, state, in: body,
      on: &buffer)
    let table = Table(
      columns: [.init("", width: 1), .init("", width: 18), .init("")],
      rows: items.enumerated().map { index, item in
        [
          .init(index < 9 ? "\(index + 1)" : "", Style(.key)), .init(item.title, Style(.strong)),
          .init(item.help),
        ]
      }, selection: line,
      showsTitles: false)
    let (list, foot) = inside.splitBottom(2)
    table.draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.write(hint, x: foot.x, y: foot.y, style: Style(.dim))
    buffer.write(
      "Enter or its digit: do it  Esc: back", x: foot.x, y: foot.maxY - 1, style: Style(.dim))
  }
}
