/// A picture of values on a grid: with half blocks two values to a character, else shades.
public struct HeatMap: Equatable, Sendable {
  /// One value with its look.
  public struct Value: Equatable, Sendable {
    /// The mark that a character shows where colours do not suffice.
    public enum Mark: Equatable, Sendable {
      /// A shade for a strength in 0...1.
      case shade(Double)
      /// The marker of a class.
      case classMarker(Int)
      /// A character of its own.
      case character(Unicode.Scalar)
    }

    /// The role that fills the value's half of a character.
    public var role: Role
    /// The mark that stands for the value where half blocks are not used.
    public var mark: Mark
    /// The role of that mark.
    public var markRole: Role

    /// Creates a value.
    public init(role: Role, mark: Mark, markRole: Role) {
      self.role = role
      self.mark = mark
      self.markRole = markRole
    }
  }

  /// The number of columns of values.
  public let columns: Int
  /// The number of rows of values.
  public let rows: Int
  /// The values, row after row from the top.
  public var values: [Value]

  /// Creates a map.
  ///
  /// - Precondition: There are `columns * rows` values.
  public init(columns: Int, rows: Int, values: [Value]) {
    precondition(
      columns >= 0 && rows >= 0 && values.count == columns * rows,
      "\(values.count) values for \(columns) columns and \(rows) rows")
    self.columns = columns
    self.rows = rows
    self.values = values
  }

  /// Draws the map over a whole area; where the sizes differ, the nearest value is shown.
  public func draw(in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) {
    guard columns > 0, rows > 0, !area.isEmpty else { return }
    let lines = glyphs.usesHalfBlocks ? area.height * 2 : area.height
    buffer.clipped(to: area) { buffer in
      for y in 0..<area.height {
        for x in 0..<area.width {
          let column = min(columns - 1, (2 * x + 1) * columns / (2 * area.width))
          if glyphs.usesHalfBlocks {
            let upper = value(column, line: 2 * y, of: lines)
            let lower = value(column, line: 2 * y + 1, of: lines)
            buffer[area.x + x, area.y + y] =
              upper.role == lower.role
              ? Cell(" ", Style(.text, on: upper.role))
              : Cell(glyphs.upperHalf, Style(upper.role, on: lower.role))
          } else {
            let shown = value(column, line: y, of: lines)
            buffer[area.x + x, area.y + y] = Cell(
              scalar(of: shown.mark, glyphs), Style(shown.markRole))
          }
        }
      }
    }
  }

  private func value(_ column: Int, line: Int, of lines: Int) -> Value {
    values[min(rows - 1, (2 * line + 1) * rows / (2 * lines)) * columns + column]
  }

  private func scalar(of mark: Value.Mark, _ glyphs: GlyphSet) -> Unicode.Scalar {
    switch mark {
    case .shade(let strength): glyphs.shade(strength)
    case .classMarker(let index): glyphs.marker(ofClass: index)
    case .character(let scalar): scalar
    }
  }
}
