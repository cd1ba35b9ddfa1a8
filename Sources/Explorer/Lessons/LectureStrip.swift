import TerminalCells

/// The lower edge of a large terminal during a lecture, where the line stands in large letters
/// below the views, which get the rows above it.
struct LectureStrip {
  /// The lines in large letters that the widest line in few words takes.
  private static let lines = 4
  /// The fewest columns in which it takes no more of them.
  private static let fewestColumns = 116
  /// The fewest rows that the views need for all that lessons speak of.
  private static let fewestRows = 24

  /// Its cells; the rule that parts it from the views stands where these have their footer.
  let area: Rect

  /// The strip of a state; nil where no lecture is on the screen, or the terminal is small.
  init?(_ state: ExplorerState) {
    guard state.lesson?.isLecture ?? false, state.glyphs.isUnicode,
      state.size.columns >= LectureStrip.fewestColumns
    else { return nil }
    let height = 1 + LectureStrip.lines * LargeText.rowsOfLine
    guard state.size.rows - height + 1 >= LectureStrip.fewestRows else { return nil }
    area = Rect(x: 0, y: state.size.rows - height, width: state.size.columns, height: height)
  }

  /// Draws a line: in large letters where it answers no question.
  func draw(
    _ line: String, below question: String, _ glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let page = area.inset(left: 2, top: 1, right: 2)
    buffer.draw(
      rules: [Rect(x: area.x, y: area.y, width: area.width, height: 1)], glyphs: glyphs)
    // The question stood here in large letters before.
    let head = question.isEmpty ? [] : wrap(question, width: page.width)
    if let large = LargeText(line, width: page.width), large.rows + head.count <= page.height {
      let (top, rest) = page.splitTop(head.count)
      LectureBlock.write(head.map { StyledLine([($0, Style(.text))]) }, in: top, on: &buffer)
      large.draw(in: rest, style: Style(.strong, bold: true), on: &buffer)
    } else {
      LectureBlock.write(
        LectureBlock.rows(line, below: question, width: page.width), in: page, on: &buffer)
    }
  }
}

extension ExplorerState {
  /// The state as the views are drawn: with the rows that a lecture leaves them.
  var besideLecture: ExplorerState {
    guard let strip = LectureStrip(self) else { return self }
    var state = self
    state.size.rows = strip.area.y + 1
    return state
  }
}
