/// A grid of cells: the content of a screen or of a part of it.
///
/// Drawing outside the buffer, or outside the current ``clip``, changes nothing; reading outside
/// gives a blank cell. So a panel may be a function of (state, area, buffer) that cannot spoil its
/// neighbours:
/// ```swift
/// buffer.clipped(to: area) { panel.draw(state, in: area, on: &$0) }
/// ```
public struct CellBuffer: Equatable, Sendable {
  /// The number of columns.
  public private(set) var width: Int
  /// The number of rows.
  public private(set) var height: Int
  /// The part that may be drawn on, always inside the buffer.
  public private(set) var clip: Rect
  /// All cells, row after row.
  private(set) var cells: [Cell]

  /// Creates a buffer of blank cells; negative sizes become 0.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    clip = Rect(x: 0, y: 0, width: width, height: height)
    cells = Array(repeating: .blank, count: self.width * self.height)
  }

  /// The rectangle of all cells.
  public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// Gives the buffer another size and blanks all of it; lifts any clip.
  public mutating func resize(width: Int, height: Int) {
    self = CellBuffer(width: width, height: height)
  }

  /// The cell at a column and row.
  ///
  /// A wide character needs the next column too: where that is outside the clip, a `?` is stored. A
  /// cell that overwrites half of a wide character blanks the other half, even outside the clip. A
  /// continuation cell changes the style of a continuation and is a space elsewhere.
  public subscript(x: Int, y: Int) -> Cell {
    get {
      guard x >= 0, x < width, y >= 0, y < height else { return .blank }
      return cells[y * width + x]
    }
    set {
      guard clip.contains(x: x, y: y) else { return }
      if newValue.isContinuation {
        storeContinuation(newValue, x: x, y: y)
      } else if newValue.scalar.value < 0x300 {
        store(newValue, x: x, y: y)
      } else if newValue.columns < 2 {
        store(newValue, x: x, y: y)
      } else if clip.contains(x: x + 1, y: y) {
        store(newValue, x: x, y: y)
        store(.continuation(newValue.style), x: x + 1, y: y)
      } else {
        store(Cell("?", newValue.style), x: x, y: y)
      }
    }
  }

  /// Lets a function draw only on the part of the buffer inside an area.
  ///
  /// Clips nest: the inner one can only be narrower.
  public mutating func clipped<Result>(
    to area: Rect, _ draw: (inout CellBuffer) throws -> Result
  ) rethrows -> Result {
    let outer = clip
    clip = clip.intersection(area)
    defer { clip = outer.intersection(bounds) }
    return try draw(&self)
  }

  /// Fills an area, or all of the clip, with one cell; a wide character is not allowed here and
  /// becomes `?`.
  public mutating func fill(_ area: Rect? = nil, with cell: Cell = .blank) {
    let target = area.map { clip.intersection($0) } ?? clip
    let single = cell.columns == 1 ? cell : Cell("?", cell.style)
    for y in target.y..<max(target.y, target.maxY) {
      for x in target.x..<max(target.x, target.maxX) { store(single, x: x, y: y) }
    }
  }

  /// A continuation copied from elsewhere must not be left without its character.
  private mutating func storeContinuation(_ cell: Cell, x: Int, y: Int) {
    if self[x, y].isContinuation {
      cells[y * width + x].style = cell.style
    } else {
      store(Cell(" ", cell.style), x: x, y: y)
    }
  }

  /// Stores a cell inside the bounds, and repairs a wide character that it cuts in half.
  private mutating func store(_ cell: Cell, x: Int, y: Int) {
    let index = y * width + x
    let old = cells[index].scalar.value
    if old == 0 || old >= 0x300 { mendNeighbours(of: x, at: index, replacing: old) }
    cells[index] = cell
  }

  private mutating func mendNeighbours(of x: Int, at index: Int, replacing old: UInt32) {
    if old == 0 {
      if x > 0 { cells[index - 1] = Cell(" ", cells[index - 1].style) }
    } else if x + 1 < width, cells[index + 1].isContinuation {
      cells[index + 1] = Cell(" ", cells[index + 1].style)
    }
  }
}

extension CellBuffer {
  /// Changes the style of one cell inside the clip.
  mutating func changeStyle(x: Int, y: Int, _ change: (inout Style) -> Void) {
    guard clip.contains(x: x, y: y) else { return }
    change(&cells[y * width + x].style)
  }

  /// Copies another buffer onto this one with its upper left cell at a column and row.
  public mutating func draw(_ other: CellBuffer, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width {
        let cell = other[column, row]
        if !cell.isContinuation { self[x + column, y + row] = cell }
      }
    }
  }
}
