import DropoutEngine
import TerminalCells

/// The image of the watched example as this step's mask leaves it, and what both passes say of it.
enum ImageOutcome {
  /// Draws the image and the predictions, side by side or one above the other.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (area, glyphs) = (frame.area, frame.glyphs)
    let (head, body) = area.splitTop(1)
    guard let image = PixelImage(watchedIn: state) else { return }
    let isBeside = area.width >= 22
    let room =
      isBeside
      ? Rect(
        x: body.x, y: body.y, width: max(0, body.width - (body.width >= 42 ? 26 : 15)),
        height: body.height)
      : Rect(x: body.x, y: body.y, width: body.width, height: body.height / 2)
    let place = image.place(in: room, glyphs: glyphs)
    image.draw(in: place, glyphs: glyphs, on: &buffer)
    let gap = isBeside ? 2 : 0
    let table =
      isBeside
      ? area.inset(left: place.area.width + gap) : body.inset(top: place.area.height)
    WatchedPredictions(state: state).draw(in: table, frame: &frame, on: &buffer)
    let title = state.evidence.examples.indices.contains(state.watchedRow) ? "IMAGE" : ""
    let number = state.evidence.examples.isEmpty ? 0 : state.evidence.examples[state.watchedRow]
    let width = isBeside ? place.area.width + 1 : head.width
    var wordings = [
      StyledLine([(title, Style(.title)), (" \(number)", Style(.dim))]),
      StyledLine([(title, Style(.title))]), StyledLine(),
    ]
    if image.masked.contains(true) {
      let hollow = String(glyphs.masked) + " masked"
      wordings.insert(
        StyledLine([
          (title, Style(.title)), (" \(number)  ", Style(.dim)), (hollow, Style(.masked)),
        ]), at: 0)
    }
    StyledLine.longest(of: wordings, fitting: width).write(x: head.x, y: head.y, on: &buffer)
  }
}
