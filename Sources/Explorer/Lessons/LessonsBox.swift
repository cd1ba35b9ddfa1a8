import Lessons
import TerminalCells

/// The table of contents: the lessons, their subjects, and how far the person is.
enum LessonsBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let rows = lines(state)
    let about = state.lessons.map(\.about.columns).max() ?? 0
    let width = max(rows.map { $0.reduce(0) { $0 + $1.text.columns + 1 } }.max() ?? 0, about, 54)
    let inside = OverlayBox.open(
      "lessons", width: width, height: rows.count + 4, state, in: body, on: &buffer)
    let (list, foot) = inside.splitBottom(3)
    Table(
      columns: [.init("", width: 1), .init(""), .init("", .right)], rows: rows, selection: line,
      showsTitles: false
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    if state.lessons.indices.contains(line) {
      buffer.write(state.lessons[line].about, x: foot.x, y: foot.y, style: Style(.strong))
    }
    buffer.write(
      state.lesson == nil
        ? "Enter or its digit: begin, your experiment waits  Esc: back"
        : "Enter or its digit: go there  Esc: back to the lesson",
      x: foot.x, y: foot.maxY - 1, style: Style(.dim))
  }

  private static func lines(_ state: ExplorerState) -> [[Table.Entry]] {
    state.lessons.enumerated().map { index, lesson in
      let isDone = state.lessonProgress.isDone(lesson)
      return [
        // The tenth lesson has no digit.
        .init(index < 9 ? "\(index + 1)" : " ", Style(.key)), .init(lesson.title, Style(.strong)),
        .init(progress(lesson, state), Style(isDone ? .text : .dim)),
      ]
    }
  }

  /// How far a person is with a lesson, in words.
  static func progress(_ lesson: Lesson, _ state: ExplorerState) -> String {
    if state.lesson?.lesson.name == lesson.name { return "here" }
    let place = state.lessonProgress.place(in: lesson)
    if place > 0 { return "at \(place + 1) of \(lesson.steps.count)" }
    return state.lessonProgress.isDone(lesson) ? "done" : "\(lesson.minutes) min"
  }
}
