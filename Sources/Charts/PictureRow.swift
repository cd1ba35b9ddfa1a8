import TerminalCells

/// One row of a screen as SVG elements: backgrounds first, shapes and text over them.
struct PictureRow {
  /// The look of a cell, with its final colours.
  private struct Look: Equatable {
    var foreground: RGB
    var background: RGB
    var isBold: Bool
    var isUnderlined: Bool
  }

  /// The elements, in drawing order.
  private(set) var elements: [String] = []
  private let y: Int

  init(buffer: CellBuffer, row: Int, theme: Theme) {
    y = row * ScreenPicture.cellHeight
    let looks = (0..<buffer.width).map { PictureRow.look(buffer[$0, row].style, theme: theme) }
    let plain = theme.defaultColors.background
    forEachRun(looks.map(\.background)) { range, color in
      guard color != plain else { return }
      elements.append(rectangle(x: range.lowerBound, width: range.count, fill: color))
    }
    var start = 0
    while start < buffer.width {
      let scalar = buffer[start, row].scalar
      if let shape = BlockShape(scalar) {
        elements += shape.elements(
          x: start * ScreenPicture.cellWidth, y: y, fill: looks[start].foreground.hex
        )
        start += 1
        continue
      }
      var end = start + 1
      while end < buffer.width, looks[end] == looks[start],
        BlockShape(buffer[end, row].scalar) == nil
      {
        end += 1
      }
      appendText((start..<end).map { buffer[$0, row] }, x: start, look: looks[start])
      start = end
    }
  }

  private static func look(_ style: Style, theme: Theme) -> Look {
    let pen = theme.pen(for: style)
    let defaults = theme.defaultColors
    var foreground =
      pen.foreground < 0 ? defaults.foreground : Theme.rgb(ofPaletteIndex: pen.foreground)
    var background =
      pen.background < 0 ? defaults.background : Theme.rgb(ofPaletteIndex: pen.background)
    if pen.reverse { swap(&foreground, &background) }
    if pen.dim { foreground = foreground.mixed(with: background, share: 0.4) }
    return Look(
      foreground: foreground, background: background, isBold: pen.bold,
      isUnderlined: pen.underline)
  }

  private func forEachRun(_ colors: [RGB], _ body: (Range<Int>, RGB) -> Void) {
    var start = 0
    while start < colors.count {
      let end = colors[start...].firstIndex { $0 != colors[start] } ?? colors.count
      body(start..<end, colors[start])
      start = end
    }
  }

  private func rectangle(x: Int, width: Int, fill: RGB) -> String {
    "<rect x=\"\(x * ScreenPicture.cellWidth)\" y=\"\(y)\" "
      + "width=\"\(width * ScreenPicture.cellWidth)\" height=\"\(ScreenPicture.cellHeight)\" "
      + "fill=\"\(fill.hex)\"/>"
  }

  /// Text without the blanks at its ends, with its exact length.
  private mutating func appendText(_ cells: [Cell], x: Int, look: Look) {
    let isInk = cells.map { $0.scalar != " " && !$0.isContinuation }
    guard let first = isInk.firstIndex(of: true), let last = isInk.lastIndex(of: true) else {
      return
    }
    var text = ""
    for cell in cells[first...last] where !cell.isContinuation {
      text.unicodeScalars.append(cell.scalar)
    }
    let columns =
      last - first + 1 + (last + 1 < cells.count && cells[last + 1].isContinuation ? 1 : 0)
    elements.append(
      "<text x=\"\((x + first) * ScreenPicture.cellWidth)\" y=\"\(y + 14)\" "
        + "textLength=\"\(columns * ScreenPicture.cellWidth)\" lengthAdjust=\"spacingAndGlyphs\" "
        + "fill=\"\(look.foreground.hex)\""
        + (look.isBold ? " font-weight=\"bold\"" : "")
        + (look.isUnderlined ? " text-decoration=\"underline\"" : "")
        + ">\(ScreenPicture.escaped(text))</text>")
  }
}
