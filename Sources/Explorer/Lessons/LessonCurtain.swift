import TerminalCells

/// Lets all that a lesson does not speak of recede, and hides numbers until they are predicted.
enum LessonCurtain {
  /// Draws over the screen; `heads` are the marks that an arrow points at.
  static func draw(
    marks: [Rect], heads: [Rect], blots: [Rect], glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    for blot in blots {
      for y in blot.y..<max(blot.y, blot.maxY) { hide(blot.row(y - blot.y), on: &buffer) }
    }
    guard !marks.isEmpty else { return }
    for y in 0..<buffer.height {
      for x in 0..<buffer.width where !marks.contains(where: { $0.contains(x: x, y: y) }) {
        buffer.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0 = Style(.dim) }
      }
    }
    for mark in heads where mark.x > 0 && buffer[mark.x - 1, mark.y].scalar == " " {
      buffer[mark.x - 1, mark.y] = Cell(glyphs.selected, Style(.focus))
    }
  }

  /// Puts one question mark in place of each word or number of a row.
  private static func hide(_ row: Rect, on buffer: inout CellBuffer) {
    var isInWord = false
    for x in row.x..<max(row.x, row.maxX) {
      let isBlank = buffer[x, row.y].scalar == " " && buffer[x, row.y].style.background == nil
      if !isBlank { buffer[x, row.y] = Cell(isInWord ? " " : "?", Style(.dim)) }
      isInWord = !isBlank
    }
  }
}
