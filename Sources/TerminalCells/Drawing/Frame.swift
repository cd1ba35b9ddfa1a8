/// A quiet frame around an area, or only a title line on top of it.
public struct Frame: Equatable, Sendable {
  /// The title in the upper line; may be empty.
  public var title: String
  /// Whether the area has the keyboard: its title then stands out.
  public var isFocused: Bool

  /// Creates a frame.
  public init(title: String = "", isFocused: Bool = false) {
    self.title = title
    self.isFocused = isFocused
  }

  /// The style of the lines.
  private var lineStyle: Style { Style(isFocused ? .focus : .frame) }

  /// The style of the title.
  private var titleStyle: Style { Style(isFocused ? .focus : .title) }

  /// Draws all four sides and returns the area inside.
  @discardableResult
  public func draw(in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) -> Rect {
    guard area.width >= 2, area.height >= 2 else {
      return drawTitleLine(in: area, on: &buffer, glyphs: glyphs)
    }
    let right = area.maxX - 1
    let bottom = area.maxY - 1
    buffer.clipped(to: area) { buffer in
      for x in area.x + 1..<right {
        buffer[x, area.y] = Cell(glyphs.horizontal, lineStyle)
        buffer[x, bottom] = Cell(glyphs.horizontal, lineStyle)
      }
      for y in area.y + 1..<bottom {
        buffer[area.x, y] = Cell(glyphs.vertical, lineStyle)
        buffer[right, y] = Cell(glyphs.vertical, lineStyle)
      }
      buffer[area.x, area.y] = Cell(glyphs.topLeft, lineStyle)
      buffer[right, area.y] = Cell(glyphs.topRight, lineStyle)
      buffer[area.x, bottom] = Cell(glyphs.bottomLeft, lineStyle)
      buffer[right, bottom] = Cell(glyphs.bottomRight, lineStyle)
      writeTitle(x: area.x + 2, y: area.y, room: area.width - 4, on: &buffer, glyphs: glyphs)
    }
    return area.inset(by: 1)
  }

  /// Draws a line with the title in the top row and returns the area below it.
  @discardableResult
  public func drawTitleLine(in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) -> Rect {
    let (top, rest) = area.splitTop(1)
    guard !top.isEmpty else { return rest }
    buffer.fill(top, with: Cell(glyphs.horizontal, lineStyle))
    writeTitle(x: top.x + 1, y: top.y, room: top.width - 2, on: &buffer, glyphs: glyphs)
    return rest
  }

  private func writeTitle(
    x: Int, y: Int, room: Int, on buffer: inout CellBuffer, glyphs: GlyphSet
  ) {
    guard !title.isEmpty, room > 2 else { return }
    let text = " " + title.truncated(to: room - 2, ellipsis: glyphs.ellipsis) + " "
    buffer.write(text, x: x, y: y, style: titleStyle, maxWidth: room)
  }
}
