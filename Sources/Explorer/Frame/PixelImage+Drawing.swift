import TerminalCells

extension PixelImage {
  /// Draws the image: grey pixels, hollow marks where they are masked.
  func draw(in place: Place, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    buffer.clipped(to: place.area) { buffer in
      switch place.method {
      case .whole(let size): drawWhole(size, in: place.area, glyphs: glyphs, on: &buffer)
      case .halves(let columns, let rows):
        averaged(columns: columns, rows: rows).drawHalves(
          in: place.area, glyphs: glyphs, on: &buffer)
      case .single(let columns, let rows):
        averaged(columns: columns, rows: rows).drawSingle(
          in: place.area, glyphs: glyphs, on: &buffer)
      }
    }
  }

  /// The level of grey of a pixel.
  private func gray(_ index: Int) -> Role {
    let top = Role.grayLevels - 1
    return .gray(level: Int(drawn: brightness[index] * Double(top), in: 0...top))
  }

  private func drawWhole(
    _ size: Int, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        let index = row * columns + column
        let pixel = Rect(
          x: area.x + column * 2 * size, y: area.y + row * size, width: 2 * size, height: size)
        if masked[index] {
          // One hollow mark in the middle: a field of them would be louder than the image.
          buffer[pixel.x + size - 1, pixel.y + (size - 1) / 2] = Cell(
            glyphs.masked, Style(.masked))
        } else if glyphs.usesHalfBlocks {
          buffer.fill(pixel, with: Cell(" ", Style(.text, on: gray(index))))
        } else {
          buffer.fill(pixel, with: Cell(glyphs.shade(brightness[index]), Style(.text)))
        }
      }
    }
  }

  private func drawSingle(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    for row in 0..<rows {
      for column in 0..<columns {
        let index = row * columns + column
        buffer[area.x + column, area.y + row] =
          masked[index]
          ? Cell(glyphs.masked, Style(.masked))
          : Cell(glyphs.shade(brightness[index]), Style(.text))
      }
    }
  }

  private func drawHalves(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    for row in stride(from: 0, to: rows, by: 2) {
      for column in 0..<columns {
        let upper = row * columns + column
        let lower = row + 1 < rows ? upper + columns : nil
        buffer[area.x + column, area.y + row / 2] = halves(upper, lower, glyphs)
      }
    }
  }

  /// The cell of two pixels; where one of them is masked, a hollow arc lies on the grey of the
  /// other.
  private func halves(_ upper: Int, _ lower: Int?, _ glyphs: GlyphSet) -> Cell {
    guard let lower else {
      return masked[upper] ? Cell("◠", Style(.masked)) : Cell(glyphs.upperHalf, Style(gray(upper)))
    }
    switch (masked[upper], masked[lower]) {
    case (true, true): return Cell(glyphs.masked, Style(.masked))
    case (true, false): return Cell("◠", arc(on: lower))
    case (false, true): return Cell("◡", arc(on: upper))
    case (false, false):
      return gray(upper) == gray(lower)
        ? Cell(" ", Style(.text, on: gray(upper)))
        : Cell(glyphs.upperHalf, Style(gray(upper), on: gray(lower)))
    }
  }

  private func arc(on pixel: Int) -> Style {
    brightness[pixel] > 0.45
      ? Style(.gray(level: 0), on: gray(pixel)) : Style(.masked, on: gray(pixel))
  }
}
