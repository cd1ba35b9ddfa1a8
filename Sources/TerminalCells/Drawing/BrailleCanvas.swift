/// A picture of dots, eight to a cell: two columns of four.
///
/// A cell has one role: that of the last dot that was set in it.
public struct BrailleCanvas: Equatable, Sendable {
  /// The number of columns of cells.
  public let width: Int
  /// The number of rows of cells.
  public let height: Int
  private var patterns: [UInt8]
  private var roles: [Role]

  /// Creates an empty picture of so many cells; negative sizes become 0.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    patterns = Array(repeating: 0, count: self.width * self.height)
    roles = Array(repeating: .text, count: self.width * self.height)
  }

  /// The number of columns of dots.
  public var dotWidth: Int { width * 2 }

  /// The number of rows of dots.
  public var dotHeight: Int { height * 4 }

  /// Sets a dot, counted from the upper left; one outside the picture changes nothing.
  public mutating func set(x: Int, y: Int, role: Role) {
    guard x >= 0, x < dotWidth, y >= 0, y < dotHeight else { return }
    let index = y / 4 * width + x / 2
    patterns[index] |= Self.bits[y % 4 * 2 + x % 2]
    roles[index] = role
  }

  /// Sets the dots of a straight line, both ends included.
  ///
  /// Only its part near the picture costs time, so ends may lie far outside.
  public mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), role: Role) {
    let far = 4 * (dotWidth + dotHeight + 1)
    func near(_ value: Int) -> Int { min(max(-far, value), far) }
    let (x0, y0, x1, y1) = (near(start.x), near(start.y), near(end.x), near(end.y))
    let steps = max(abs(x1 - x0), abs(y1 - y0))
    guard steps > 0 else { return set(x: x0, y: y0, role: role) }
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      set(
        x: x0 + Int((Double(x1 - x0) * share).rounded()),
        y: y0 + Int((Double(y1 - y0) * share).rounded()), role: role)
    }
  }

  /// Draws the cells that have dots with the picture's upper left cell at a column and row.
  public func draw(x: Int, y: Int, on buffer: inout CellBuffer) {
    for row in 0..<height {
      for column in 0..<width {
        let pattern = patterns[row * width + column]
        guard pattern != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(pattern)) else { continue }
        buffer[x + column, y + row] = Cell(scalar, Style(roles[row * width + column]))
      }
    }
  }

  /// The bit of each dot, row by row.
  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
