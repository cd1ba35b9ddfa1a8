public import TerminalCells

/// A screen as a picture in SVG, which looks like the terminal in any viewer.
///
/// Every run of characters says how long it is, so that another font cannot shift the columns;
/// blocks and Braille are drawn as shapes, so that no font has to have them.
public enum ScreenPicture {
  static let cellWidth = 9
  static let cellHeight = 18

  /// The picture of a screen.
  ///
  /// - Parameters:
  ///   - buffer: the cells.
  ///   - theme: the look of meanings.
  ///   - title: the description for screen readers.
  /// - Returns: a whole SVG document.
  public static func svg(of buffer: CellBuffer, theme: Theme, title: String) -> String {
    let rows = (0..<buffer.height).map { PictureRow(buffer: buffer, row: $0, theme: theme) }
    return document(of: buffer, theme: theme, title: title).text(rows.flatMap(\.elements))
  }

  /// The document of a screen of this size, without what stands on it.
  static func document(of buffer: CellBuffer, theme: Theme, title: String) -> SVGDocument {
    SVGDocument(
      width: buffer.width * cellWidth, height: buffer.height * cellHeight, title: title,
      background: theme.defaultColors.background.hex,
      attributes: "font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" "
        + "font-size=\"15\"")
  }
}
