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

  /// Creates an empty picture with this many cells; negative sizes become 0.
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
  /// Only the part inside the picture costs time, so ends may lie far outside.
  public mutating func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), role: Role,
    where isDrawn: (_ x: Int) -> Bool = { _ in true }
  ) {
    let across = Double(end.x) - Double(start.x)
    let down = Double(end.y) - Double(start.y)
    let steps = max(across.magnitude, down.magnitude)
    guard steps > 0 else {
      if isDrawn(start.x) { set(x: start.x, y: start.y, role: role) }
      return
    }
    guard let horizontal = Self.sharesInside(from: Double(start.x), across, count: dotWidth),
      let vertical = Self.sharesInside(from: Double(start.y), down, count: dotHeight)
    else { return }
    var step = (max(horizontal.from, vertical.from) * steps).rounded(.down)
    let last = (min(horizontal.to, vertical.to) * steps).rounded(.up)
    while step <= last {
      let share = step / steps
      let x = Double(start.x) + (across * share).rounded()
      let y = Double(start.y) + (down * share).rounded()
      if x >= 0, x < Double(dotWidth), y >= 0, y < Double(dotHeight) {
        let column = Int(drawn: x, in: 0...dotWidth)
        if isDrawn(column) { set(x: column, y: Int(drawn: y, in: 0...dotHeight), role: role) }
      }
      // Beyond 2^53 dots from the start a step of one is lost, and no such line could be seen.
      guard step + 1 > step else { return }
      step += 1
    }
  }

  /// The shares of the way at which it enters and leaves `0..<count`, with a margin of one dot;
  /// `nil` if it never does.
  private static func sharesInside(
    from start: Double, _ way: Double, count: Int
  ) -> (from: Double, to: Double)? {
    let (least, greatest) = (-1.0, Double(count))
    guard way != 0 else { return start > least && start < greatest ? (0, 1) : nil }
    let ends = ((least - start) / way, (greatest - start) / way)
    let from = max(0, min(ends.0, ends.1))
    let to = min(1, max(ends.0, ends.1))
    return from <= to ? (from, to) : nil
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
