import TerminalCells

/// The cells of a screen that a lesson speaks of and that have something on them.
struct ShownCells {
  private let width: Int
  /// The number of such cells above and to the left of each corner, `[height + 1][width + 1]`.
  private var counts: [Int]

  /// Finds the cells that are not blank in some areas, but not in others.
  init(_ areas: [Rect], but others: [Rect], on buffer: CellBuffer) {
    width = buffer.width
    counts = [Int](repeating: 0, count: (buffer.width + 1) * (buffer.height + 1))
    guard !areas.isEmpty else { return }
    for y in 0..<buffer.height {
      for x in 0..<buffer.width {
        let cell = buffer[x, y]
        let isShown =
          (cell.scalar != " " || cell.style.background != nil)
          && areas.contains { $0.contains(x: x, y: y) }
          && !others.contains { $0.contains(x: x, y: y) }
        let above = y * (width + 1) + x
        let here = above + width + 1
        counts[here + 1] = counts[here] + counts[above + 1] - counts[above] + (isShown ? 1 : 0)
      }
    }
  }

  /// The number of these cells in an area of the screen.
  func count(in area: Rect) -> Int {
    let (top, bottom) = (area.y * (width + 1), area.maxY * (width + 1))
    return counts[bottom + area.maxX] - counts[bottom + area.x] - counts[top + area.maxX]
      + counts[top + area.x]
  }
}
