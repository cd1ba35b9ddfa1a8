import Lessons
import TerminalCells

/// A lesson before a class: one line at a time in few words, in place of the footer.
enum LectureLine {
  /// The lines of the step, one after the other: the question, its answers, the right one.
  static func lines(_ state: ExplorerState) -> [String] {
    guard let run = state.lesson else { return [] }
    let text = state.shortLessonText
    guard case .predict(let answers, _)? = run.step?.task else { return [text] }
    let choices = answers.enumerated().map { "\($0.offset + 1) " + state.words($0.element.text) }
    let all = choices.joined(separator: "   ")
    let reply = run.replies[run.place] ?? LessonRun.Reply(chosen: nil)
    var result = state.replyWords(reply, answers)
    if case .right(let right) = reply.verdict {
      result = "\(right + 1) " + state.words(answers[right].text)
    }
    let isShort = all.columns <= state.size.columns - 2
    return [text] + (isShort ? [all] : choices) + [result]
  }

  /// Draws the line in place of the footer, with room above it.
  static func draw(_ state: ExplorerState, in footer: Rect, on buffer: inout CellBuffer) {
    guard let run = state.lesson, run.isLecture, state.overlay == .none else { return }
    let lines = lines(state)
    let line = run.isShown ? lines[min(run.page, lines.count - 1)] : ""
    buffer.fill(footer)
    buffer.write(
      line.truncated(to: footer.width - 2, ellipsis: state.glyphs.ellipsis), x: footer.x + 1,
      y: footer.y, style: Style(.strong, bold: true))
  }
}
