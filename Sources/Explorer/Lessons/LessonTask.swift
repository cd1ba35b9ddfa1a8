import Lessons
import TerminalCells

/// The text of a lesson's task below the box in which the person does it, so that it can be read
/// while they type or choose.
struct LessonTask {
  private let title: String
  private let lines: [String]
  /// The cells of its frame; the keys have no meaning under the box, so it stands over them.
  private let area: Rect
  /// The cells that it leaves to the box.
  let room: Rect

  /// The task of a state; nil where none is done in a box now.
  init?(_ state: ExplorerState) {
    guard let run = state.lesson, run.isShown, case .act? = run.step?.task,
      !run.done.contains(run.place)
    else { return nil }
    switch state.overlay {
    case .palette, .variants, .menu, .goTo: break
    default: return nil
    }
    title = run.lesson.title
    let screen = Rect(x: 0, y: 0, width: state.size.columns, height: state.size.rows)
    lines = wrap(state.lessonText, width: max(1, screen.width - LessonLayout.margin))
    (room, area) = screen.splitBottom(lines.count + 2)
  }

  /// Draws it.
  func draw(_ state: ExplorerState, on buffer: inout CellBuffer) {
    buffer.fill(area)
    let inside = Frame(title: title, isFocused: false)
      .draw(in: area, on: &buffer, glyphs: state.glyphs).inset(left: 1, right: 1)
    buffer.clipped(to: inside) { buffer in
      for (row, line) in lines.enumerated() {
        buffer.write(line, x: inside.x, y: inside.y + row, style: Style(.text))
      }
    }
  }
}
