/// A text in large letters of half blocks, to be read from the last row of a room.
///
/// Each line takes four rows; letters are one to five columns wide.
///
/// ```
/// ▀▀█▀▀
///   █   █  █ ▄▀▀▄
///   █   ▀▄▄█ █▄▄█
///       ▄▄▄▀
/// ```
public struct LargeText: Equatable, Sendable {
  /// The lines, wrapped between words.
  public private(set) var lines: [String] = []
  /// The columns of the widest line.
  public private(set) var columns = 0

  /// The rows of a line.
  public static let rowsOfLine = LetterShapes.rows / 2

  /// The rows of all lines; the letters' own space parts them.
  public var rows: Int { lines.count * LargeText.rowsOfLine }

  /// Wraps a text into some columns, and starts a line where the text has one; nil where a
  /// character has no large shape, or a word is wider.
  public init?(_ text: String, width: Int) {
    let known = text.unicodeScalars.allSatisfy { $0 == "\n" || LetterShapes.dots[$0] != nil }
    guard known, !text.isEmpty else { return nil }
    let words = text.split(separator: "\n").flatMap { line in
      line.split(separator: " ").enumerated().map { (isFirst: $0 == 0, word: String($1)) }
    }
    for (isFirst, word) in words {
      let longer = isFirst ? nil : lines.last.map { $0 + " " + word }
      if let longer, LargeText.columns(of: longer) <= width {
        lines[lines.count - 1] = longer
      } else {
        guard LargeText.columns(of: word) <= width else { return nil }
        lines.append(word)
      }
    }
    columns = lines.map(LargeText.columns).max() ?? 0
  }

  /// The columns of a text in one line, with a column between two characters.
  private static func columns(of text: String) -> Int {
    let widths = text.unicodeScalars.map { LargeText.width(of: $0) + 1 }
    return max(0, widths.reduce(0, +) - 1)
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    LetterShapes.dots[scalar]?.prefix { $0 != " " }.count ?? 0
  }

  /// Draws the text from the upper left corner of an area on.
  public func draw(in area: Rect, style: Style, on buffer: inout CellBuffer) {
    buffer.clipped(to: area) { buffer in
      for (line, text) in lines.enumerated() {
        var x = area.x
        for scalar in text.unicodeScalars {
          let dots = LetterShapes.dots[scalar]?.split(separator: " ").map(Array.init) ?? []
          func isDot(_ row: Int, _ column: Int) -> Bool {
            dots.indices.contains(row) && dots[row].indices.contains(column)
              && dots[row][column] == "#"
          }
          for row in 0..<LargeText.rowsOfLine {
            for column in 0..<LargeText.width(of: scalar) {
              guard
                let block = LargeText.block(isDot(2 * row, column), isDot(2 * row + 1, column))
              else { continue }
              buffer[x + column, area.y + line * LargeText.rowsOfLine + row] = Cell(block, style)
            }
          }
          x += LargeText.width(of: scalar) + 1
        }
      }
    }
  }

  /// The character of two dots above each other; nil where there is none.
  private static func block(_ upper: Bool, _ lower: Bool) -> Unicode.Scalar? {
    switch (upper, lower) {
    case (true, true): "\u{2588}"
    case (true, false): "\u{2580}"
    case (false, true): "\u{2584}"
    case (false, false): nil
    }
  }
}
