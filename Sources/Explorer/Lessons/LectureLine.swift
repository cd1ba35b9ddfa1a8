import Lessons
import TerminalCells

/// A lesson before a class: one line at a time in few words, in place of the footer.
///
/// Where the screen has room for it beside what it speaks of, the line stands there in large
/// letters, and the footer is empty.
struct LectureLine {
  /// The lines of the step, one after the other: the question, its answers, the right one.
  let lines: [String]
  /// The number of the line, from 0, that gives the right answer; nil where nothing is asked.
  let reply: Int?

  /// The lines of a state; one that is wider than the screen is several.
  init(_ state: ExplorerState) {
    func wrapped(_ line: String) -> [String] { wrap(line, width: max(1, state.size.columns - 2)) }
    let text = wrapped(state.shortLessonText)
    guard let run = state.lesson, case .predict(let answers, _)? = run.step?.task else {
      (lines, reply) = (text, nil)
      return
    }
    let choices = answers.enumerated().map { "\($0.offset + 1) " + state.words($0.element.text) }
    let all = choices.joined(separator: "   ")
    let given = run.replies[run.place] ?? LessonRun.Reply(chosen: nil)
    var result = state.replyWords(given, answers)
    if case .right(let right) = given.verdict {
      result = "\(right + 1) " + state.words(answers[right].text)
    }
    let isShort = all.columns <= state.size.columns - 2
    let before = text + (isShort ? [all] : choices.flatMap(wrapped))
    (lines, reply) = (before + wrapped(result), before.count)
  }

  /// The line that is shown; empty while the lesson is on its way.
  private static func shown(_ state: ExplorerState) -> String {
    guard let run = state.lesson, run.isShown else { return "" }
    let lines = LectureLine(state).lines
    return lines[min(run.page, lines.count - 1)]
  }

  /// Draws the line in large letters, or in place of the footer with room above it.
  static func draw(
    _ state: ExplorerState, _ map: HitMap, in footer: Rect, on buffer: inout CellBuffer
  ) {
    let line = shown(state)
    buffer.fill(footer)
    guard !LargeLecture.draw(line, state, map, above: footer, on: &buffer) else { return }
    buffer.write(
      line.truncated(to: footer.width - 2, ellipsis: state.glyphs.ellipsis), x: footer.x + 1,
      y: footer.y, style: Style(.strong, bold: true))
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

  /// Draws it where it covers nothing that the step speaks of.
  ///
  /// - Returns: whether there was such a place.
  static func draw(
    _ line: String, _ state: ExplorerState, _ map: HitMap, above footer: Rect,
    on buffer: inout CellBuffer
  ) -> Bool {
    guard state.glyphs.isUnicode, state.size.columns >= smallest.columns,
      state.size.rows >= smallest.rows
    else { return false }
    let body = buffer.bounds.inset(top: 1, bottom: footer.height)
    let shown = ShownCells(
      state.lessonMarks(map), but: state.lessonBlots(map).map(\.area), on: buffer)
    for share in stride(from: 8, through: 4, by: -1) {
      let width = (body.width - frame.columns) * share / 8
      guard let text = LargeText(line, width: width), text.lines.count <= mostLines,
        let area = LessonLayout.place(
          width: text.columns + frame.columns, height: text.rows + frame.rows, in: body,
          sparing: shown)
      else { continue }
      buffer.fill(area)
      let inside = Frame(title: "", isFocused: true)
        .draw(in: area, on: &buffer, glyphs: state.glyphs)
      text.draw(
        in: inside.inset(left: frame.columns / 2 - 1), style: Style(.strong, bold: true),
        on: &buffer)
      return true
    }
    return false
  }
}
