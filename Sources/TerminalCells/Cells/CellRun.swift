/// Neighbouring cells of one row that changed.
public struct CellRun: Equatable, Sendable {
  /// The row.
  public var y: Int
  /// The changed columns; never starts or ends within a wide character.
  public var columns: Range<Int>

  /// Creates a run.
  public init(y: Int, columns: Range<Int>) {
    self.y = y
    self.columns = columns
  }
}

extension CellBuffer {
  /// The runs of cells that differ from an earlier buffer, row by row from the left.
  ///
  /// A buffer of another size counts as all new.
  public func changes(from shown: CellBuffer?) -> [CellRun] {
    guard let shown, shown.width == width, shown.height == height else {
      return width == 0 ? [] : (0..<height).map { CellRun(y: $0, columns: 0..<width) }
    }
    var runs: [CellRun] = []
    cells.withUnsafeBufferPointer { new in
      shown.cells.withUnsafeBufferPointer { old in
        for y in 0..<height { appendRuns(row: y, new, old, to: &runs) }
      }
    }
    return runs
  }

  private func appendRuns(
    row y: Int, _ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>,
    to runs: inout [CellRun]
  ) {
    let offset = y * width
    var x = 0
    while x < width {
      guard new[offset + x] != old[offset + x] else {
        x += 1
        continue
      }
      var start = x
      while start > 0, new[offset + start].isContinuation { start -= 1 }
      while x < width, new[offset + x] != old[offset + x] || new[offset + x].isContinuation {
        x += 1
      }
      runs.append(CellRun(y: y, columns: start..<x))
    }
  }
}
