public import TerminalCells

/// A screen as a picture in SVG, which looks like the terminal in any viewer.
///
/// Every run of characters states its length, so that another font cannot shift the columns. Blocks
/// and Braille are drawn as shapes, so that no font needs them.
public enum ScreenPicture {
  static let cellWidth = 9
  static let cellHeight = 18
  static let fontSize = 15

  /// The picture of a screen.
  ///
  /// - Parameters:
  ///   - buffer: the cells.
  ///   - theme: the look of meanings.
  ///   - title: the description for screen readers.
  /// - Returns: a whole SVG document.
  public static func svg(of buffer: CellBuffer, theme: Theme, title: String) -> String {
    let width = buffer.width * cellWidth
    let height = buffer.height * cellHeight
    let colors = theme.defaultColors
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(colors.background.hex)\"/>",
      "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" "
        + "font-size=\"\(fontSize)\" xml:space=\"preserve\">",
    ]
    for row in 0..<buffer.height {
      lines += PictureRow(buffer: buffer, row: row, theme: theme).elements
    }
    lines.append("</g></svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text with XML's own characters escaped, and `?` for characters that XML does not allow or that
  /// show nothing (controls, and marks that turn the direction of writing).
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.columns < 0 || scalar.properties.generalCategory == .format: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
