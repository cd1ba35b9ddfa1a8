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

  /// The cells below the rule.
  private var page: Rect { area.inset(left: 2, top: 1, right: 2) }

  /// Texts below each other in large letters, in as many pages as they take; nil where a character
  /// has no large shape.
  ///
  /// - Parameters:
  ///   - texts: the texts; each one stands on one page, where it fits on one.
  ///   - question: the question above them; empty where there is none.
  /// - Returns: the pages, texts with line breaks.
  func pages(_ texts: [String], below question: String = "") -> [String]? {
    let most = max(1, (page.height - head(question).count) / LargeText.rowsOfLine)
    var pages: [[String]] = []
    for text in texts {
      guard let lines = LargeText(text, width: page.width)?.lines else { return nil }
      if let last = pages.last, last.count + lines.count <= most {
        pages[pages.count - 1] += lines
      } else {
        pages += stride(from: 0, to: lines.count, by: most).map {
          Array(lines[$0..<min($0 + most, lines.count)])
        }
      }
    }
    return pages.map { $0.joined(separator: "\n") }
  }

  /// Whether a question stands in the rule, in the usual letters: it was large before.
  private func isInRule(_ question: String) -> Bool {
    !question.isEmpty && question.columns + 8 <= area.width
  }

  /// The lines of a question that is too wide for the rule.
  private func head(_ question: String) -> [String] {
    question.isEmpty || isInRule(question) ? [] : wrap(question, width: page.width)
  }

  /// Draws a line in large letters, where these are known and there is room.
  func draw(
    _ line: String, below question: String, _ glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    buffer.draw(
      rules: [Rect(x: area.x, y: area.y, width: area.width, height: 1)], glyphs: glyphs)
    if isInRule(question) {
      buffer.write(" \(question) ", x: area.x + 3, y: area.y, style: Style(.text))
    }
    let head = head(question)
    if let large = LargeText(line, width: page.width), large.rows + head.count <= page.height {
      let (top, rest) = page.splitTop(head.count)
      LectureBlock.write(head.map { StyledLine([($0, Style(.text))]) }, in: top, on: &buffer)
      large.draw(in: rest, style: Style(.strong, bold: true), on: &buffer)
    } else {
      LectureBlock.write(
        LectureBlock.rows(line, below: head.isEmpty ? "" : question, width: page.width), in: page,
        on: &buffer)
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
