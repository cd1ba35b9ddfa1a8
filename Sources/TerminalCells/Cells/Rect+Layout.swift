extension Rect {
  /// Whether the rectangle holds no cell.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// The column just right of the rectangle.
  public var maxX: Int { x + width }

  /// The row just below the rectangle.
  public var maxY: Int { y + height }

  /// Whether the cell at a column and row lies inside.
  public func contains(x: Int, y: Int) -> Bool {
    x >= self.x && x < maxX && y >= self.y && y < maxY
  }

  /// The part that two rectangles share; empty where they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without a border of the same width on all four sides; never of negative size.
  public func inset(by border: Int) -> Rect {
    inset(left: border, top: border, right: border, bottom: border)
  }

  /// The rectangle without a border of the given width on each side; never of negative size.
  public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    let cutLeft = min(max(0, left), width)
    let cutTop = min(max(0, top), height)
    return Rect(
      x: x + cutLeft, y: y + cutTop, width: width - cutLeft - max(0, right),
      height: height - cutTop - max(0, bottom))
  }

  /// One row of the rectangle, counted from its top; empty where there is no such row.
  public func row(_ index: Int) -> Rect {
    intersection(Rect(x: x, y: y + index, width: width, height: 1))
  }

  /// Cuts rows off the top, and returns them and the rest.
  public func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, rows), height)
    return (
      Rect(x: x, y: y, width: width, height: cut),
      Rect(x: x, y: y + cut, width: width, height: height - cut)
    )
  }

  /// Cuts rows off the bottom, and returns the rest and them.
  public func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
    let (rest, bottom) = splitTop(height - min(max(0, rows), height))
    return (rest, bottom)
  }

  /// Cuts columns off the right, and returns the rest and them.
  public func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
    let (rest, right) = splitLeft(width - min(max(0, columns), width))
    return (rest, right)
  }

  /// Cuts columns off the left, and returns them and the rest.
  public func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, columns), width)
    return (
      Rect(x: x, y: y, width: cut, height: height),
      Rect(x: x + cut, y: y, width: width - cut, height: height)
    )
  }

  /// Divides the rectangle into columns of the given extents, from left to right.
  ///
  /// A rectangle that is too narrow gives its last parts less, down to nothing; see ``Extent``.
  public func columns(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    Extent.spans(extents, length: width, gap: gap).map {
      Rect(x: x + $0.start, y: y, width: $0.length, height: height)
    }
  }

  /// Divides the rectangle into rows of the given extents, from top to bottom.
  ///
  /// A rectangle that is too low gives its last parts less, down to nothing; see ``Extent``.
  public func rows(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    Extent.spans(extents, length: height, gap: gap).map {
      Rect(x: x, y: y + $0.start, width: width, height: $0.length)
    }
  }
}
