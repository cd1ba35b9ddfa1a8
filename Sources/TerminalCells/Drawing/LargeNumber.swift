/// A number in large digits, to be read from the last row of a room.
///
/// ```
/// ▀▀█   █▀█ █▀█          _      _   _
/// █▀▀   █ █ █ █ ▀▄▀      _|    | | | |  \/
/// ▀▀▀ ▀ ▀▀▀ ▀▀▀ ▀ ▀     |_  .  |_| |_|  /\
/// ```
/// Digits, `.`, `-`, `+`, `x` and `%` are drawn large; any other character stands in the middle
/// row as it is.
public struct LargeNumber: Equatable, Sendable {
  /// The size of a digit.
  public enum Size: Equatable, Sendable, CaseIterable {
    /// 3 columns and 3 rows.
    case small
    /// 6 columns and 5 rows.
    case large

    /// The rows of a number.
    public var rows: Int { self == .small ? 3 : 5 }
  }

  /// The number as it is written.
  public var text: String
  /// The size of its digits.
  public var size: Size

  /// Creates a number.
  public init(_ text: String, size: Size = .small) {
    (self.text, self.size) = (text, size)
  }

  /// The columns that it takes.
  public func columns(glyphs: GlyphSet) -> Int {
    rows(glyphs: glyphs).map(\.columns).max() ?? 0
  }

  /// Draws the number from the upper left corner of an area on.
  public func draw(in area: Rect, style: Style, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    buffer.clipped(to: area) { buffer in
      for (row, line) in rows(glyphs: glyphs).enumerated() {
        buffer.write(line, x: area.x, y: area.y + row, style: style)
      }
    }
  }

  /// The rows as text, all of the same width.
  package func rows(glyphs: GlyphSet) -> [String] {
    let shapes = text.unicodeScalars.map { shape(of: $0, glyphs) }
    let gap = String(repeating: " ", count: size == .large ? 2 : 1)
    return (0..<size.rows).map { row in shapes.map { $0[row] }.joined(separator: gap) }
  }

  private func shape(of scalar: Unicode.Scalar, _ glyphs: GlyphSet) -> [String] {
    guard let dots = DigitShapes.dots[scalar], let segments = DigitShapes.segments[scalar] else {
      let middle = size.rows / 2
      let blank = String(repeating: " ", count: max(1, scalar.columns))
      return (0..<size.rows).map { $0 == middle ? String(scalar) : blank }
    }
    switch size {
    case .large: return dots.map { Self.widened($0, by: glyphs.bar) }
    case .small: return glyphs.isUnicode ? Self.halved(dots) : segments
    }
  }

  /// Each dot as two cells beside each other.
  private static func widened(_ row: String, by bar: Unicode.Scalar) -> String {
    row.map { String(repeating: $0 == "#" ? String(bar) : " ", count: 2) }.joined()
  }

  /// Two dots above each other as one cell.
  private static func halved(_ dots: [String]) -> [String] {
    stride(from: 0, to: dots.count, by: 2).map { row in
      let below = row + 1 < dots.count ? dots[row + 1] : dots[row].map { _ in " " }.joined()
      return zip(dots[row], below).map { upper, lower in
        switch (upper == "#", lower == "#") {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
      }.joined()
    }
  }
}
