import TerminalCells

/// Cells of one row taken apart into what a picture draws: backgrounds, shapes, and runs of text.
struct RowPieces {
  /// Neighbours with the same background.
  struct Fill {
    var columns: Range<Int>
    var color: RGB
  }

  /// A character that is drawn as a shape.
  struct Mark {
    var column: Int
    var shape: BlockShape
    var color: RGB
  }

  /// Words of one look.
  struct Text {
    /// The columns that they fill.
    var columns: Range<Int>
    var characters: String
    var look: CellLook
  }

  /// The ink over the backgrounds.
  enum Ink {
    case mark(Mark)
    case text(Text)
  }

  /// The backgrounds, from left to right; they cover all columns.
  private(set) var fills: [Fill] = []
  /// The shapes and texts, from left to right.
  private(set) var inks: [Ink] = []

  /// Takes columns of a row apart.
  init(of buffer: CellBuffer, row: Int, columns: Range<Int>, theme: Theme) {
    let cells = columns.map { buffer[$0, row] }
    let looks = cells.map { CellLook($0.style, theme: theme) }
    var start = 0
    while start < cells.count {
      let color = looks[start].background
      let end = looks[start...].firstIndex { $0.background != color } ?? cells.count
      let first = columns.lowerBound
      fills.append(Fill(columns: first + start..<first + end, color: color))
      start = end
    }
    start = 0
    while start < cells.count {
      let column = columns.lowerBound + start
      if let shape = BlockShape(cells[start].scalar) {
        inks.append(.mark(Mark(column: column, shape: shape, color: looks[start].foreground)))
        start += 1
        continue
      }
      let end =
        cells.indices[(start + 1)...].first {
          looks[$0] != looks[start] || BlockShape(cells[$0].scalar) != nil
        } ?? cells.count
      for words in RowPieces.words(cells[start..<end]) {
        let first = column + words.lowerBound - start
        inks.append(
          .text(
            Text(
              columns: first..<first + words.count,
              characters: RowPieces.characters(cells[words]), look: looks[start])))
      }
      start = end
    }
  }

  /// Where words stand; one blank may part them, as two or more would become one in some viewers.
  private static func words(_ cells: ArraySlice<Cell>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    for index in cells.indices where cells[index].scalar != " " {
      let gap = words.last.map { index - $0.upperBound }
      // The second half of a wide character goes with the first one, and says nothing alone.
      if cells[index].isContinuation, gap != 0 { continue }
      if let gap, gap <= 1, let last = words.last {
        words[words.count - 1] = last.lowerBound..<index + 1
      } else {
        words.append(index..<index + 1)
      }
    }
    return words
  }

  /// The characters of cells; the second half of a wide one has none.
  private static func characters(_ cells: ArraySlice<Cell>) -> String {
    var text = ""
    for cell in cells where !cell.isContinuation { text.unicodeScalars.append(cell.scalar) }
    return text
  }
}
