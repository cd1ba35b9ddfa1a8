import TerminalCells

/// Neighbours in one row of a screen that one frame draws again.
struct ChangedCells: Equatable {
  /// The row.
  let row: Int
  /// The columns.
  let columns: Range<Int>

  /// Unchanged cells between two changes that are drawn with them: one element is shorter than two.
  static let bridgedGap = 3

  /// All cells of a screen, a row each.
  static func all(of buffer: CellBuffer) -> [ChangedCells] {
    guard buffer.width > 0 else { return [] }
    return (0..<buffer.height).map { ChangedCells(row: $0, columns: 0..<buffer.width) }
  }

  /// The cells in which a screen differs from the one before it, row after row.
  ///
  /// Both halves of a wide character belong together.
  static func between(_ old: CellBuffer, _ new: CellBuffer) -> [ChangedCells] {
    precondition(
      old.width == new.width && old.height == new.height,
      "a frame of \(new.width)x\(new.height) cells follows one of \(old.width)x\(old.height)")
    return (0..<new.height).flatMap { row in
      var runs: [Range<Int>] = []
      for column in 0..<new.width where old[column, row] != new[column, row] {
        let isSecondHalf = new[column, row].isContinuation
        let isFirstHalf = column + 1 < new.width && new[column + 1, row].isContinuation
        let cell = column - (isSecondHalf ? 1 : 0)..<column + (isFirstHalf ? 2 : 1)
        if let last = runs.last, cell.lowerBound - last.upperBound <= bridgedGap {
          runs[runs.count - 1] = last.lowerBound..<max(last.upperBound, cell.upperBound)
        } else {
          runs.append(cell)
        }
      }
      return runs.map { ChangedCells(row: row, columns: $0) }
    }
  }
}
