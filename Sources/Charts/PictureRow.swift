import TerminalCells

/// One row of a screen as SVG elements: backgrounds first, shapes and text over them.
struct PictureRow {
  /// The elements, in drawing order.
  private(set) var elements: [String] = []

  init(buffer: CellBuffer, row: Int, theme: Theme) {
    let y = row * ScreenPicture.cellHeight
    let pieces = RowPieces(of: buffer, row: row, columns: 0..<buffer.width, theme: theme)
    for fill in pieces.fills where fill.color != theme.defaultColors.background {
      elements.append(
        "<rect x=\"\(fill.columns.lowerBound * ScreenPicture.cellWidth)\" y=\"\(y)\" "
          + "width=\"\(fill.columns.count * ScreenPicture.cellWidth)\" "
          + "height=\"\(ScreenPicture.cellHeight)\" fill=\"\(fill.color.hex)\"/>")
    }
    for ink in pieces.inks {
      switch ink {
      case .mark(let mark):
        elements += mark.shape.elements(
          x: mark.column * ScreenPicture.cellWidth, y: y, fill: mark.color.hex)
      case .text(let text):
        elements.append(
          text.element(
            row: row,
            attributes: "fill=\"\(text.look.foreground.hex)\""
              + (text.look.isBold ? " font-weight=\"bold\"" : "")
              + (text.look.isUnderlined ? " text-decoration=\"underline\"" : "")))
      }
    }
  }
}

extension RowPieces.Text {
  /// The text as an element that is told how long it is.
  func element(row: Int, attributes: String) -> String {
    element(row: row, isStretched: true, attributes: " " + attributes)
  }

  /// The element in fewer characters, for a group that says how it looks.
  ///
  /// Letters keep their shape, and where one stands alone nothing can shift it. Lines and other
  /// signs are stretched, as their neighbours must touch them.
  func shortElement(row: Int) -> String {
    element(row: row, isStretched: characters.utf8.count != columns.count, attributes: "")
  }

  private func element(row: Int, isStretched: Bool, attributes: String) -> String {
    var length = " textLength=\"\(columns.count * ScreenPicture.cellWidth)\""
    if isStretched {
      length += " lengthAdjust=\"spacingAndGlyphs\""
    } else if columns.count == 1 {
      length = ""
    }
    return "<text x=\"\(columns.lowerBound * ScreenPicture.cellWidth)\" "
      + "y=\"\(row * ScreenPicture.cellHeight + 14)\"\(length)\(attributes)>"
      + "\(SVGDocument.escaped(characters))</text>"
  }
}
