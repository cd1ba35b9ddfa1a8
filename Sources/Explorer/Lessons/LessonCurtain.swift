import TerminalCells

/// Lets all that a lesson does not speak of recede, and hides numbers until they are predicted.
enum LessonCurtain {
  /// Draws over the screen; `heads` are the marks that an arrow points at.
  static func draw(
    marks: [Rect], heads: [Rect], blots: [LessonBlot], glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    for blot in blots {
      switch blot.extent {
      case .panel, .row: clear(blot, on: &buffer)
      case .numbers: hide(blot.area, on: &buffer)
      }
    }
    guard !marks.isEmpty else { return }
    for y in 0..<buffer.height {
      for x in 0..<buffer.width where !marks.contains(where: { $0.contains(x: x, y: y) }) {
        let isReversed = isOnBar(buffer[x, y], glyphs)
        buffer.restyle(Rect(x: x, y: y, width: 1, height: 1)) {
          $0 = Style(.dim, reverse: isReversed)
        }
      }
    }
    for mark in heads {
      let y = firstRow(of: mark, on: buffer)
      guard mark.x > 0, buffer[mark.x - 1, y].scalar == " " else { continue }
      buffer[mark.x - 1, y] = Cell(glyphs.selected, Style(.focus))
    }
  }

  /// The first row of a mark that has something on it: a column may have its title in the second
  /// one.
  private static func firstRow(of mark: Rect, on buffer: CellBuffer) -> Int {
    (mark.y..<max(mark.y, mark.maxY)).first { y in
      (mark.x..<max(mark.x, mark.maxX)).contains { buffer[$0, y].scalar != " " }
    } ?? mark.y
  }

  /// Whether a cell is a line on a bar, which stays one: without its background the bar would have
  /// a gap.
  private static func isOnBar(_ cell: Cell, _ glyphs: GlyphSet) -> Bool {
    cell.scalar == glyphs.vertical && cell.style.background != nil
  }

  private static let hiddenWords = "hidden for now"

  /// Empties a panel, the sentence or a row, and says so where there is room.
  private static func clear(_ blot: LessonBlot, on buffer: inout CellBuffer) {
    let area = blot.area
    buffer.fill(area)
    let words = hiddenWords
    guard area.height > 1 || blot.extent == .row, area.width > words.columns + 2 else { return }
    buffer.write(
      words, x: area.x + (area.width - words.columns) / 2, y: area.y + area.height / 2,
      style: Style(.dim))
  }

  /// Puts a question mark in place of each number, and nothing in place of all else.
  private static func hide(_ area: Rect, on buffer: inout CellBuffer) {
    for y in area.y..<max(area.y, area.maxY) {
      var isInNumber = false
      for x in area.x..<max(area.x, area.maxX) {
        let scalar = buffer[x, y].scalar
        let isLast = x + 1 == area.maxX || buffer[x + 1, y].scalar == " "
        isInNumber = scalar != " " && (isInNumber || ("0"..."9").contains(scalar))
        buffer[x, y] = Cell(isInNumber && isLast ? "?" : " ", Style(.dim))
      }
    }
  }
}

/// Cells whose numbers a lesson hides.
struct LessonBlot {
  /// The cells.
  var area: Rect
  /// How much of the screen they are.
  var extent: Extent

  /// The kinds of cells.
  enum Extent {
    /// A panel, or what stands around the panels.
    case panel
    /// A row of a panel.
    case row
    /// A number, or a column of numbers.
    case numbers
  }
}
