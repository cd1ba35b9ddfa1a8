import TerminalCells

/// Draws a lesson over the screen: what it does not speak of recedes, and its text stands beside
/// what it speaks of.
enum LessonScreen {
  static func draw(
    _ state: ExplorerState, _ map: HitMap, footer: Rect, on buffer: inout CellBuffer
  ) {
    guard let run = state.lesson, run.isShown else { return }
    guard state.overlay == .none else {
      // Numbers that a question hides stay hidden under every box.
      LessonCurtain.draw(
        marks: [], heads: [], blots: state.lessonBlots(map), glyphs: state.glyphs, on: &buffer)
      if run.isLecture, LectureStrip(state) != nil {
        LectureLine.draw(state, map, in: footer, on: &buffer)
      }
      return
    }
    let box = LessonBox(state, on: buffer, map)
    LessonCurtain.draw(
      marks: state.lessonMarks(map), heads: state.lessonHeads(map),
      blots: state.lessonBlots(map), glyphs: state.glyphs, on: &buffer)
    if run.isLecture {
      LectureLine.draw(state, map, in: footer, on: &buffer)
    } else {
      box?.draw(on: &buffer)
    }
  }
}
