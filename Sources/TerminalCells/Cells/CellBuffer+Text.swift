extension CellBuffer {
  /// Writes one line of text and returns the number of its columns.
  ///
  /// Control characters, and so escape sequences, become `?` and never reach a terminal. A mark
  /// that combines with the character before it is left out, since a cell holds one character.
  /// ```swift
  /// buffer.write("step 600", x: 1, y: 0, style: Style(.title))  // 8
  /// ```
  /// - Parameters:
  ///   - text: The text.
  ///   - x: The column of its first character; may be left of the clip.
  ///   - y: The row.
  ///   - style: The style.
  ///   - maxWidth: The largest number of columns; the rest is cut off.
  /// - Returns: The columns from `x` to the end of the text, cut at the clip's right edge and at
  ///   `maxWidth`; columns left of the clip count.
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
  ) -> Int {
    guard y >= clip.y, y < clip.maxY, maxWidth > 0 else { return 0 }
    let end = maxWidth >= clip.maxX - x ? clip.maxX : x + maxWidth
    var column = x
    for scalar in text.unicodeScalars {
      let columns = scalar.columns
      if columns == 0 { continue }
      let next = column + max(1, columns)
      guard next <= end else { break }
      if column >= clip.x {
        self[column, y] = Cell(columns < 0 ? "?" : scalar, style)
      } else if next > clip.x {
        self[clip.x, y] = Cell(" ", style)
      }
      column = next
    }
    return max(0, column - x)
  }

  /// Writes one line of text that ends at the column before `endX`.
  ///
  /// Text that is too wide loses its end, not its beginning.
  @discardableResult
  public mutating func write(
    _ text: String, endX: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
  ) -> Int {
    let columns = min(text.columns, max(0, maxWidth))
    return write(text, x: endX - columns, y: y, style: style, maxWidth: columns)
  }

  /// Changes the style of the cells of an area but not their characters.
  public mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
    let target = clip.intersection(area)
    for y in target.y..<target.maxY {
      for x in target.x..<target.maxX { changeStyle(x: x, y: y, change) }
    }
  }

  /// The text in some cells of a row, as far as they lie in the buffer.
  public func text(x: Int, y: Int, columns: Int) -> String {
    guard y >= 0, y < height else { return "" }
    var scalars = String.UnicodeScalarView()
    for x in max(0, x)..<max(0, x, min(width, x + columns)) where !self[x, y].isContinuation {
      scalars.append(self[x, y].scalar)
    }
    return String(scalars)
  }

  /// The rows as text, each as wide as the buffer.
  public var text: [String] { rows(trimmed: false) }

  /// The rows as text without spaces at their ends.
  public var plainRows: [String] { rows(trimmed: true) }

  private func rows(trimmed: Bool) -> [String] {
    (0..<height).map { y in
      var scalars = String.UnicodeScalarView()
      var end = scalars.startIndex
      for x in 0..<width where !self[x, y].isContinuation {
        scalars.append(self[x, y].scalar)
        if self[x, y].scalar != " " { end = scalars.endIndex }
      }
      return trimmed ? String(scalars[..<end]) : String(scalars)
    }
  }
}
