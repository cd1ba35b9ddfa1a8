import Lessons
import TerminalCells

/// The box of a lesson's step: its kind as a word, its text, the answers, and the keys.
struct LessonBox {
  private let state: ExplorerState
  private let run: LessonRun
  private let layout: LessonLayout
  private let lines: [StyledLine]
  /// The rows of text that there is room for, above those of the keys.
  private let rows: Int

  /// The box of a state, placed where it covers nothing that it speaks of; nil where there is none.
  init?(_ state: ExplorerState) {
    let (buffer, map) = Screen.ground(state)
    self.init(state, on: buffer, map)
  }

  /// The box on a screen that is drawn.
  init?(_ state: ExplorerState, on buffer: CellBuffer, _ map: HitMap) {
    guard let run = state.lesson, run.isShown, !run.isLecture, state.overlay == .none else {
      return nil
    }
    (self.state, self.run) = (state, run)
    // The title and the keys of the screen stay, and a message above these.
    let body = buffer.bounds.inset(top: 1, bottom: state.message.isEmpty ? 1 : 2)
    let marks = state.lessonMarks(map)
    func shown(_ areas: [Rect], isAsking: Bool?) -> ShownCells {
      let hidden = state.lessonBlots(map, isAsking: isAsking).map(\.area)
      return ShownCells(areas, but: hidden, on: buffer)
    }
    func height(_ width: Int) -> Int {
      LessonBox.lines(state, run, width: width).count
        + LessonBox.hints(state, run, isLast: true, isFirst: true, width: width).count - 1
    }
    // Where there is room, a question leaves the place of its answer free, a step without marks
    // what was spoken of before it, and one with marks the headings above them.
    let wished =
      marks.isEmpty
      ? state.areas(of: state.lastLessonMarks, map) : marks + state.lessonHeadings(map)
    layout =
      LessonLayout(wholeIn: body, sparing: shown(wished, isAsking: false), height: height)
      ?? LessonLayout(in: body, sparing: shown(marks, isAsking: nil), height: height)
    let width = layout.area.width - LessonLayout.margin
    lines = LessonBox.lines(state, run, width: width)
    let hints = LessonBox.hints(state, run, isLast: true, isFirst: true, width: width).count
    rows = max(1, layout.rows - hints + 1)
  }

  /// The cells that it stands on.
  var area: Rect { layout.area }

  /// Whether it covers something that it speaks of.
  var covers: Bool { layout.covers }

  /// The pages of its text.
  var pages: Int { max(1, (lines.count + rows - 1) / rows) }

  /// Draws it.
  func draw(on buffer: inout CellBuffer) {
    buffer.fill(layout.area)
    let inside = Frame(title: title, isFocused: true)
      .draw(in: layout.area, on: &buffer, glyphs: state.glyphs).inset(left: 1, right: 1)
    buffer.clipped(to: inside) { buffer in
      let page = min(run.page, pages - 1)
      for (row, line) in lines.dropFirst(page * rows).prefix(rows).enumerated() {
        line.write(x: inside.x, y: inside.y + row, on: &buffer)
      }
      let hints = LessonBox.hints(
        state, run, isLast: page + 1 == pages, isFirst: page == 0, width: inside.width)
      for (row, line) in hints.enumerated() {
        line.write(x: inside.x, y: inside.maxY - hints.count + row, on: &buffer)
      }
    }
  }

  private var title: String {
    guard let step = run.step else { return "\(run.lesson.title): what it does not show" }
    let place = "\(run.place + 1) of \(run.lesson.steps.count)"
    return "\(step.task.word.uppercased())  \(run.lesson.title)  \(place)"
  }

  // MARK: The text

  /// The step as lines of text, for whoever has no screen.
  static func plainLines(_ state: ExplorerState, _ run: LessonRun) -> [String] {
    guard run.isShown else { return [] }
    let place = run.step.map { "\(run.place + 1) of \(run.lesson.steps.count), \($0.task.word)" }
    return ["Lesson \(run.lesson.title), \(place ?? "its limits"):"]
      + lines(state, run, width: .max).map { $0.parts.map(\.text).joined() }
  }

  private static func lines(_ state: ExplorerState, _ run: LessonRun, width: Int) -> [StyledLine] {
    var lines = wrap(state.lessonText, width: width).map { StyledLine([($0, Style(.text))]) }
    if state.lessonIsElsewhere { return lines }
    lines += figureLines(state, run.step?.figures ?? [], width: width)
    switch run.step?.task {
    case .predict(let answers, _)?:
      let reply = run.replies[run.place]
      lines += inColumns(width: width) { width in
        answers.enumerated().map { number, answer in
          answerLines(state, number, answer, reply, width: width)
        }
      }
      if let reply {
        lines += wrap(state.replyWords(reply, answers), width: width).map {
          StyledLine([($0, Style(.strong, bold: true))])
        }
      }
    case .act?:
      if run.done.contains(run.place) {
        lines.append(StyledLine([("Done.", Style(.strong, bold: true))]))
      } else if state.lessonActsFailed {
        lines += wrap(failedActs, width: width).map { StyledLine([($0, Style(.warning))]) }
      } else if run.acted.contains(run.place) {
        lines.append(StyledLine([("It is being done.", Style(.dim))]))
      }
    default: break
    }
    return lines
  }

  /// Numbers beside each other, large where there is room, with their names below them; one line of
  /// text for whoever has no screen.
  private static func figureLines(
    _ state: ExplorerState, _ figures: [LessonFigure], width: Int
  ) -> [StyledLine] {
    guard !figures.isEmpty else { return [] }
    let texts = figures.map { state.words($0.number) }
    let style = Style(.strong, bold: true)
    let blocks = texts.map { LargeNumber($0).rows(glyphs: state.glyphs) }
    let widths = zip(blocks, figures).map { max($0.map(\.columns).max() ?? 0, $1.name.columns) + 3 }
    guard width < .max, widths.reduce(0, +) - 3 <= width else {
      let line = zip(figures, texts).map { "\($0.name) \($1)" }.joined(separator: ", ")
      return wrap(line, width: width).map { StyledLine([($0, style)]) }
    }
    func row(_ pieces: [String], _ style: Style) -> StyledLine {
      StyledLine(
        [
          (
            zip(pieces, widths).map {
              $0 + String(repeating: " ", count: max(0, $1 - $0.columns))
            }.joined(), style
          )
        ])
    }
    return (0..<LargeNumber.Size.small.rows).map { line in row(blocks.map { $0[line] }, style) }
      + [row(figures.map(\.name), Style(.dim))]
  }

  private static let failedActs =
    "That did not bring about what this step waits for. Enter goes on all the same."

  /// Some answers: in two columns where each then takes a single row, else below each other.
  private static func inColumns(
    width: Int, _ answers: (_ width: Int) -> [[StyledLine]]
  ) -> [StyledLine] {
    let half = (width - 2) / 2
    let short = answers(half)
    guard width < .max, short.count > 2, short.allSatisfy({ $0.count == 1 }) else {
      return answers(width).flatMap(\.self)
    }
    let rows = (short.count + 1) / 2
    return (0..<rows).map { row in
      var line = short[row][0]
      guard row + rows < short.count else { return line }
      line.append(String(repeating: " ", count: half + 2 - line.columns), Style(.text))
      line.parts += short[row + rows][0].parts
      return line
    }
  }

  private static func answerLines(
    _ state: ExplorerState, _ number: Int, _ answer: LessonAnswer, _ reply: LessonRun.Reply?,
    width: Int
  ) -> [StyledLine] {
    let isRight = reply?.verdict == .right(number)
    let isChosen = reply?.chosen == number
    let style: Style =
      isRight ? Style(.strong, bold: true) : reply == nil ? Style(.text) : Style(.dim)
    let mark = isRight ? "right" : isChosen ? "your answer" : ""
    let text = state.words(answer.text) + (mark.isEmpty ? "" : "  (\(mark))")
    return wrap(text, width: max(1, width - 3)).enumerated().map { row, line in
      let digit = row == 0 ? "\(number + 1)  " : "   "
      return StyledLine([(digit, reply == nil ? Style(.key) : style), (line, style)])
    }
  }

  // MARK: The keys

  /// The keys of a page, in as many rows as they take at a width.
  private static func hints(
    _ state: ExplorerState, _ run: LessonRun, isLast: Bool, isFirst: Bool, width: Int
  ) -> [StyledLine] {
    var entries: [(String, String)] = []
    if state.lessonIsElsewhere {
      entries = [("Enter", "back to the lesson")]
    } else if !isLast {
      entries = [("Enter", "more")]
    } else {
      switch run.step?.task {
      case .predict(let answers, _)? where run.isAsking:
        entries = [("1-\(answers.count)", "your answer"), ("Enter", "show it")]
      case .act? where !run.done.contains(run.place) && !run.acted.contains(run.place):
        entries = [("Enter", "do it for me")]
      case nil: entries = [("Enter", "the lessons")]
      default: entries = [("Enter", "on")]
      }
    }
    if !state.lessonIsElsewhere, run.place > 0 || !isFirst { entries.append(("Backspace", "back")) }
    entries.append(("Esc", "leave"))
    return entries.reduce(into: []) { rows, entry in
      let pieces = [(entry.0, Style(.key)), (" " + entry.1, Style(.dim))]
      let columns = entry.0.columns + 1 + entry.1.columns
      if let last = rows.last, last.columns + 2 + columns <= width {
        rows[rows.count - 1].parts += StyledLine([("  ", Style(.dim))] + pieces).parts
      } else {
        rows.append(StyledLine(pieces))
      }
    }
  }
}
