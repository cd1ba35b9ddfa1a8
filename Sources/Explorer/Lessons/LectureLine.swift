import Lessons
import TerminalCells

/// A lesson before a class: one line at a time in few words, in place of the footer.
///
/// Where the screen has room for it beside what it speaks of, the line stands there in large
/// letters, and the footer is empty.
struct LectureLine {
  /// The lines of the step, one after the other: the question, its answers, the right one.
  ///
  /// Answers that fit into one line of the screen are one, with a line break between them.
  let lines: [String]
  /// The question, where it is asked; empty where nothing is.
  private let question: String
  /// The number of the line, from 0, that gives the right answer; nil where nothing is asked.
  let reply: Int?

  /// The lines of a state; one that is wider than the screen is several.
  init(_ state: ExplorerState) {
    func wrapped(_ line: String) -> [String] { wrap(line, width: max(1, state.size.columns - 2)) }
    let text = wrapped(state.shortLessonText)
    guard let run = state.lesson, case .predict(let answers, _)? = run.step?.task else {
      (lines, reply, question) = (text, nil, "")
      return
    }
    let choices = answers.enumerated().map { "\($0.offset + 1)) " + state.words($0.element.text) }
    let given = run.replies[run.place] ?? LessonRun.Reply(chosen: nil)
    var result = state.replyWords(given, answers)
    if case .right(let right) = given.verdict {
      result = "\(right + 1)) " + state.words(answers[right].text)
    }
    let all = choices.joined(separator: "\n")
    let isShort = LectureLine.inOneRow(all).columns <= state.size.columns - 2
    let before = text + (isShort ? [all] : choices.flatMap(wrapped))
    (lines, reply) = (before + wrapped(result), before.count)
    question = run.page < text.count ? "" : state.shortLessonText
  }

  /// The line that is shown, and the question that it answers; empty while the lesson is on its
  /// way.
  private static func shown(_ state: ExplorerState) -> (line: String, question: String) {
    guard let run = state.lesson, run.isShown else { return ("", "") }
    let lecture = LectureLine(state)
    return (lecture.lines[min(run.page, lecture.lines.count - 1)], lecture.question)
  }

  /// A line of answers as one row of the screen.
  private static func inOneRow(_ line: String) -> String { line.replacing("\n", with: "   ") }

  /// Draws the line in large letters, or in place of the footer with room above it.
  static func draw(
    _ state: ExplorerState, _ map: HitMap, in footer: Rect, on buffer: inout CellBuffer
  ) {
    let (line, question) = shown(state)
    buffer.fill(footer)
    guard !LargeLecture.draw(line, of: question, state, map, above: footer, on: &buffer) else {
      return
    }
    buffer.write(
      inOneRow(line).truncated(to: footer.width - 2, ellipsis: state.glyphs.ellipsis),
      x: footer.x + 1, y: footer.y, style: Style(.strong, bold: true))
  }
}

/// A line of a lecture in large letters, in a block of its own.
enum LargeLecture {
  /// The smallest screen that has room for it.
  private static let smallest = ScreenSize(columns: 100, rows: 30)
  /// The columns and rows of frame and margin.
  private static let frame = (columns: 6, rows: 2)
  /// The most lines that are read at a glance.
  private static let mostLines = 4

  /// Draws it where it covers nothing that the step speaks of, below the question that it belongs
  /// to; each answer in a line of its own, where there is room for that.
  ///
  /// - Returns: whether there was such a place.
  static func draw(
    _ line: String, of question: String, _ state: ExplorerState, _ map: HitMap, above footer: Rect,
    on buffer: inout CellBuffer
  ) -> Bool {
    guard state.glyphs.isUnicode, state.size.columns >= smallest.columns,
      state.size.rows >= smallest.rows
    else { return false }
    let body = buffer.bounds.inset(top: 1, bottom: footer.height)
    let shown = ShownCells(
      state.lessonMarks(map), but: state.lessonBlots(map).map(\.area), on: buffer)
    let answers = line.split(separator: "\n").count
    let widths = stride(from: 8, through: 4, by: -1).map { (body.width - frame.columns) * $0 / 8 }
    let texts = widths.compactMap { LargeText(line, width: $0) }
    let whole = texts.filter { $0.lines.count == answers }
    let above = question.isEmpty ? 0 : 2
    for text in answers > 1 ? whole : texts where text.lines.count <= mostLines {
      guard
        let area = LessonLayout.place(
          width: max(text.columns, question.columns) + frame.columns,
          height: text.rows + frame.rows + above, in: body, sparing: shown)
      else { continue }
      buffer.fill(area)
      let inside = Frame(title: "", isFocused: true)
        .draw(in: area, on: &buffer, glyphs: state.glyphs)
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
