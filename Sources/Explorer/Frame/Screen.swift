public import TerminalCells

/// The whole screen as a function of the state.
public enum Screen {
  /// Draws the screen into a buffer of the state's size.
  public static func draw(_ state: ExplorerState) -> CellBuffer { render(state).buffer }

  /// Where on the screen the things are that the mouse can reach.
  public static func hitMap(_ state: ExplorerState) -> HitMap { render(state).map }

  /// Draws the screen without what lies over it: a lesson or a box.
  static func ground(_ state: ExplorerState) -> (buffer: CellBuffer, map: HitMap) {
    var buffer = CellBuffer(width: state.size.columns, height: state.size.rows)
    guard !state.size.isTooSmall else {
      drawTooSmall(on: &buffer)
      return (buffer, HitMap())
    }
    let state = state.besideLecture
    let layout = ScreenLayout(state)
    var regions = [
      HitRegion(area: layout.footer, target: .place(.footer))
    ]
    regions += TitleLine.draw(state, in: layout.title, on: &buffer)
    regions += Sentence.draw(state, in: layout.sentence, on: &buffer)
    buffer.draw(rules: layout.rules, glyphs: state.glyphs)
    if let tabs = layout.tabs { regions += TabLine.draw(state, in: tabs, on: &buffer) }
    for (panel, area) in layout.panels {
      regions += panel.draw(state, in: area, on: &buffer)
      if panel == state.focus { buffer.markFocus(of: area) }
    }
    regions += FooterLine.draw(state, in: layout.footer, on: &buffer)
    return (buffer, HitMap(regions: regions))
  }

  /// Draws the screen, and says where the things are that the mouse can reach.
  public static func render(_ state: ExplorerState) -> (buffer: CellBuffer, map: HitMap) {
    var (buffer, map) = ground(state)
    guard !state.size.isTooSmall else { return (buffer, map) }
    let layout = ScreenLayout(state.besideLecture)
    let body = Rect(
      x: 0, y: layout.sentence.maxY, width: state.size.columns,
      height: layout.footer.y - layout.sentence.maxY)
    // Where a lesson hides the sentence it hides its numbers: they are no places of their own then.
    let numbers = SentenceNumbers.regions(map, in: layout.sentence, on: buffer)
    LessonScreen.draw(state, map, footer: layout.footer, on: &buffer)
    map.regions += numbers
    // A list that is longer than the body, and words about a number that may stand anywhere, get
    // all below the first line.
    let room = Rect(x: 0, y: 1, width: state.size.columns, height: max(0, layout.footer.y - 1))
    switch state.overlay {
    case .explanation(let place):
      if let cells = ExplainedPlaces(map).area(of: place) {
        ExplanationBox.draw(
          PlaceExplanation.lines(state, place),
          keys: (state.keys[.panel(.next)], state.keys[.formula]), glyphs: state.glyphs, at: cells,
          in: room, on: &buffer)
      }
    case .questions(let line): QuestionsBox.draw(state, line: line, in: room, on: &buffer)
    default:
      let task = LessonTask(state)
      task?.draw(state, on: &buffer)
      OverlayBox.draw(state, in: task.map { body.intersection($0.room) } ?? body, on: &buffer)
    }
    return (buffer, map)
  }

  /// Says which size is needed.
  static func drawTooSmall(on buffer: inout CellBuffer) {
    let text =
      "dropscope needs 60 columns and 20 rows; this is "
      + "\(buffer.width)x\(buffer.height). q quits."
    for (row, line) in wrap(text, width: buffer.width).enumerated() {
      buffer.write(line, x: 0, y: row)
    }
  }
}
