import TerminalCells

/// Lets all that a lesson does not speak of recede, and hides numbers until they are predicted.
enum LessonCurtain {
  /// Draws over the screen.
  static func draw(
    marks: [Rect], blots: [Rect], glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    for blot in blots {
      for y in blot.y..<max(blot.y, blot.maxY) {
        for x in blot.x..<max(blot.x, blot.maxX) where buffer[x, y].scalar != " " {
          buffer[x, y] = Cell("?", Style(.dim))
        }
      }
    }
    guard !marks.isEmpty else { return }
    for y in 0..<buffer.height {
      for x in 0..<buffer.width where !marks.contains(where: { $0.contains(x: x, y: y) }) {
        buffer.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0 = Style(.dim) }
      }
    }
    for mark in marks where buffer[mark.x - 1, mark.y].scalar == " " && mark.x > 0 {
      buffer[mark.x - 1, mark.y] = Cell(glyphs.selected, Style(.focus))
    }
  }
}
