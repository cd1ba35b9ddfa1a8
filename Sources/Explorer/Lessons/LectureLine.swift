import Lessons
import TerminalCells

/// A lesson before a class: one line at a time in few words, in place of the footer.
///
/// On a large terminal the line stands below the views in large letters (``LectureStrip``), and
/// what is longer than these rows goes on in the next one; on a small one all letters are the usual
/// ones. Answers, and reasons, stand below their question, which is in the usual letters then.
struct LectureLine {
  /// The lines of the step, one after the other: the question, its answers, the right one, the
  /// reason.
  ///
  /// All answers are one, with line breaks between them; in large letters they may be several, as
  /// may all other lines.
  let lines: [String]
  /// The question, where it is asked; empty where nothing is.
  private let question: String
  /// The number of the line, from 0, that gives the right answer; nil where nothing is asked.
  let reply: Int?

  /// The lines of a state; one that is wider than the screen is several.
  init(_ state: ExplorerState) {
    let strip = LectureStrip(state)
    let asked = state.shortLessonText
    let text =
      strip?.pages([asked]) ?? wrap(asked, width: max(1, state.size.columns - 2))
    guard let run = state.lesson, !state.lessonIsElsewhere,
      case .predict(let answers, _)? = run.step?.task
    else {
      (lines, reply, question) = (text, nil, "")
      return
    }
    let choices = answers.enumerated().map { "\($0.offset + 1)) " + state.words($0.element.text) }
    let given = run.replies[run.place] ?? LessonRun.Reply(chosen: nil)
    func pages(_ texts: [String]) -> [String] {
      strip?.pages(texts, below: asked) ?? [texts.joined(separator: "\n")]
    }
    let before = text + pages(choices)
    let reason = LectureLine.reason(given, state, answers)
    lines =
      before + pages(LectureLine.result(given, choices, state, answers))
      + (reason.map { pages([$0]) } ?? [])
    reply = before.count
    question = run.page < text.count ? "" : asked
  }

  /// The right answer, below the chosen one where that is wrong.
  private static func result(
    _ reply: LessonRun.Reply, _ choices: [String], _ state: ExplorerState,
    _ answers: [LessonAnswer]
  ) -> [String] {
    guard case .right(let right) = reply.verdict else { return [state.replyWords(reply, answers)] }
    let chosen = reply.chosen.flatMap { choices.indices.contains($0) && $0 != right ? $0 : nil }
    return [chosen.map { choices[$0] + " (wrong)" }, choices[right] + " (right)"].compactMap(\.self)
  }

  /// The reason, with the answer that it is about.
  private static func reason(
    _ reply: LessonRun.Reply, _ state: ExplorerState, _ answers: [LessonAnswer]
  ) -> String? {
    guard case .right(let right) = reply.verdict, let reason = state.reason(reply, answers) else {
      return nil
    }
    guard let chosen = reply.chosen, chosen != right, answers.indices.contains(chosen),
      answers[chosen].reply != nil
    else { return "Why \(right + 1)): \(reason)" }
    return "Why not \(chosen + 1)): \(reason)"
  }

  /// Draws the line below the views, or in place of the footer.
  static func draw(
    _ state: ExplorerState, _ map: HitMap, in footer: Rect, on buffer: inout CellBuffer
  ) {
    let strip = LectureStrip(state)
    buffer.fill(strip?.area ?? footer)
    guard let run = state.lesson, run.isShown else { return }
    let lecture = LectureLine(state)
    let line = lecture.lines[min(run.page, lecture.lines.count - 1)]
    if let strip { return strip.draw(line, below: lecture.question, state.glyphs, on: &buffer) }
    guard lecture.question.isEmpty else {
      let body = buffer.bounds.inset(top: 1, bottom: footer.height)
      let shown = ShownCells(
        state.lessonMarks(map), but: state.lessonBlots(map).map(\.area), on: buffer)
      return LectureBlock.draw(
        line, below: lecture.question, in: body, sparing: shown, glyphs: state.glyphs, on: &buffer)
    }
    buffer.write(line, x: footer.x + 1, y: footer.y, style: Style(.strong, bold: true))
  }
}

/// Answers or a reason below their question, in the usual letters.
enum LectureBlock {
  /// The rows at a width: the question, and each answer in lines of its own.
  static func rows(_ line: String, below question: String, width: Int) -> [StyledLine] {
    let answers = line.split(separator: "\n").flatMap { wrap(String($0), width: width) }
    let head = question.isEmpty ? [] : wrap(question, width: width)
    return head.map { StyledLine([($0, Style(.text))]) } + (head.isEmpty ? [] : [StyledLine()])
      + answers.map { StyledLine([($0, Style(.strong, bold: true))]) }
  }

  /// Draws them in a block of their own, where it covers nothing that the step speaks of, and else
  /// at the lower edge.
  static func draw(
    _ line: String, below question: String, in body: Rect, sparing shown: ShownCells,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let blocks = LessonLayout.widths.filter { $0 + LessonLayout.margin <= body.width }.map {
      let lines = rows(line, below: question, width: $0)
      return (lines: lines, width: (lines.map(\.columns).max() ?? 0) + LessonLayout.margin)
    }
    let places = blocks.lazy.compactMap { block in
      LessonLayout.place(
        width: block.width, height: block.lines.count + 2, in: body, sparing: shown
      ).map { (area: $0, lines: block.lines) }
    }
    let lines =
      places.first?.lines ?? rows(line, below: question, width: body.width - LessonLayout.margin)
    let area = places.first?.area ?? body.splitBottom(min(body.height, lines.count + 2)).1
    buffer.fill(area)
    let page = Frame(title: "", isFocused: true)
      .draw(in: area, on: &buffer, glyphs: glyphs).inset(left: 1, right: 1)
    write(lines, in: page, on: &buffer)
  }

  /// Writes rows from the upper left corner of an area on.
  static func write(_ lines: [StyledLine], in area: Rect, on buffer: inout CellBuffer) {
    buffer.clipped(to: area) { buffer in
      for (row, line) in lines.enumerated() { line.write(x: area.x, y: area.y + row, on: &buffer) }
    }
  }
}
