import Lessons
import TerminalCells

/// A lesson before a class: one line at a time in few words, in place of the footer.
///
/// Where the screen has room for it beside what it speaks of, the line stands there in large
/// letters, and the footer is empty. Answers stand below their question, each in a line of its own.
struct LectureLine {
  /// The lines of the step, one after the other: the question, its answers, the right one, the
  /// reason.
  ///
  /// All answers are one, with line breaks between them.
  let lines: [String]
  /// The question, where it is asked; empty where nothing is.
  private let question: String
  /// The number of the line, from 0, that gives the right answer; nil where nothing is asked.
  let reply: Int?

  /// The lines of a state; one that is wider than the screen is several.
  init(_ state: ExplorerState) {
    let text = wrap(state.shortLessonText, width: max(1, state.size.columns - 2))
    guard let run = state.lesson, case .predict(let answers, _)? = run.step?.task else {
      (lines, reply, question) = (text, nil, "")
      return
    }
    let choices = answers.enumerated().map { "\($0.offset + 1)) " + state.words($0.element.text) }
    let given = run.replies[run.place] ?? LessonRun.Reply(chosen: nil)
    var result = state.replyWords(given, answers)
    if case .right(let right) = given.verdict { result = choices[right] }
    let before = text + [choices.joined(separator: "\n")]
    (lines, reply) = (
      before + [result] + [state.reason(given, answers)].compactMap(\.self), before.count
    )
    question = run.page < text.count ? "" : state.shortLessonText
  }

  /// The line that is shown, and the question that it answers; empty while the lesson is on its
  /// way.
  private static func shown(_ state: ExplorerState) -> LectureText {
    guard let run = state.lesson, run.isShown else { return LectureText(line: "") }
    let lecture = LectureLine(state)
    let page = min(run.page, lecture.lines.count - 1)
    return LectureText(
      line: lecture.lines[page], question: lecture.question,
      isAnswer: lecture.reply.map { page == $0 || page == $0 - 1 } ?? false)
  }

  /// Draws the line in large letters, in a block below its question, or in place of the footer.
  static func draw(
    _ state: ExplorerState, _ map: HitMap, in footer: Rect, on buffer: inout CellBuffer
  ) {
    let text = LectureLine.shown(state)
    buffer.fill(footer)
    let body = buffer.bounds.inset(top: 1, bottom: footer.height)
    let shown = ShownCells(
      state.lessonMarks(map), but: state.lessonBlots(map).map(\.area), on: buffer)
    let isLarge = LargeLecture.draw(
      text, in: body, sparing: shown, glyphs: state.glyphs, on: &buffer)
    if isLarge { return }
    if !text.question.isEmpty {
      return LectureBlock.draw(text, in: body, sparing: shown, glyphs: state.glyphs, on: &buffer)
    }
    buffer.write(text.line, x: footer.x + 1, y: footer.y, style: Style(.strong, bold: true))
  }
}

/// A line of a lecture.
private struct LectureText {
  /// The line; of several answers, with a line break between them.
  var line: String
  /// The question that it answers; empty where it answers none.
  var question = ""
  /// Whether it is of answers, each of which stands in one line where it can.
  var isAnswer = false
}

/// Answers or a reason below their question, in a block of its own.
private enum LectureBlock {
  /// Draws it where it covers nothing that the step speaks of, and else at the lower edge.
  static func draw(
    _ text: LectureText, in body: Rect, sparing shown: ShownCells, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    func rows(_ width: Int) -> [StyledLine] {
      let answers = text.line.split(separator: "\n").flatMap { wrap(String($0), width: width) }
      return wrap(text.question, width: width).map { StyledLine([($0, Style(.text))]) }
        + [StyledLine()] + answers.map { StyledLine([($0, Style(.strong, bold: true))]) }
    }
    let blocks = LessonLayout.widths.filter { $0 + LessonLayout.margin <= body.width }.map {
      let lines = rows($0)
      return (lines: lines, width: (lines.map(\.columns).max() ?? 0) + LessonLayout.margin)
    }
    let places = blocks.lazy.compactMap { block in
      LessonLayout.place(
        width: block.width, height: block.lines.count + 2, in: body, sparing: shown
      ).map { (area: $0, lines: block.lines) }
    }
    let lines = places.first?.lines ?? rows(body.width - LessonLayout.margin)
    let area = places.first?.area ?? body.splitBottom(min(body.height, lines.count + 2)).1
    buffer.fill(area)
    let page = Frame(title: "", isFocused: true)
      .draw(in: area, on: &buffer, glyphs: glyphs).inset(left: 1, right: 1)
    buffer.clipped(to: page) { buffer in
      for (row, line) in lines.enumerated() { line.write(x: page.x, y: page.y + row, on: &buffer) }
    }
  }
}

/// A line of a lecture in large letters, in a block of its own.
private enum LargeLecture {
  /// The columns and rows of frame and margin.
  private static let frame = (columns: 6, rows: 2)
  /// The most lines that are read at a glance.
  private static let mostLines = 4

  /// Draws it where it covers nothing that the step speaks of, below the question that it belongs
  /// to; each answer in a line of its own, where there is room for that.
  ///
  /// - Returns: whether there was such a place.
  static func draw(
    _ text: LectureText, in body: Rect, sparing shown: ShownCells, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) -> Bool {
    let question = text.question
    guard glyphs.isUnicode, question.columns <= body.width - frame.columns else { return false }
    let answers = text.line.split(separator: "\n").count
    let widths = stride(from: 8, through: 4, by: -1).map { (body.width - frame.columns) * $0 / 8 }
    let texts = widths.compactMap { LargeText(text.line, width: $0) }
    let whole = texts.filter { $0.lines.count == answers }
    let above = question.isEmpty ? 0 : 2
    for text in text.isAnswer ? whole : texts where text.lines.count <= mostLines {
      guard
        let area = LessonLayout.place(
          width: max(text.columns, question.columns) + frame.columns,
          height: text.rows + frame.rows + above, in: body, sparing: shown)
      else { continue }
      buffer.fill(area)
      let inside = Frame(title: "", isFocused: true)
        .draw(in: area, on: &buffer, glyphs: glyphs)
      let page = inside.inset(left: frame.columns / 2 - 1)
      buffer.write(question, x: page.x, y: page.y, style: Style(.text))
      text.draw(
        in: page.inset(top: above), style: Style(.strong, bold: true),
        on: &buffer)
      return true
    }
    return false
  }
}
