import TerminalCells

/// A whole SVG document: the head, the title and the background of every picture are written here.
struct SVGDocument {
  /// The columns of pixels.
  let width: Int
  /// The rows of pixels.
  let height: Int
  /// The words with which a screen reader names the picture.
  let title: String
  /// The colour behind everything.
  let background: String
  /// The attributes that all elements share.
  let attributes: String

  /// The attributes of a chart: black text in letters of usual width.
  static let chartAttributes =
    "font-family=\"'DejaVu Sans', Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#000000\""

  /// A white chart with its title written at the upper left.
  static func chart(width: Double, height: Double, title: String, elements: [String]) -> String {
    let heading =
      "<text x=\"20\" y=\"26\" font-size=\"15\" font-weight=\"bold\">\(escaped(title))</text>"
    return SVGDocument(
      width: Int(width), height: Int(height), title: title, background: "#ffffff",
      attributes: chartAttributes
    ).text([heading] + elements)
  }

  /// The document, with each element on a line of its own.
  ///
  /// - Parameters:
  ///   - elements: the drawing, in the order in which it is painted.
  ///   - style: rules of CSS; without them the document has no style sheet.
  /// - Returns: the whole document.
  func text(_ elements: [String], style: String = "") -> String {
    let head = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
      "<title>\(SVGDocument.escaped(title))</title>",
    ]
    let sheet = style.isEmpty ? [] : ["<style>\n\(style)</style>"]
    let start = [
      "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(background)\"/>", "<g \(attributes)>",
    ]
    return (head + sheet + start + elements + ["</g></svg>"]).joined(separator: "\n") + "\n"
  }

  /// Text with XML's special characters escaped, and `?` for characters that XML does not allow or
  /// that are invisible (controls, and marks that turn the direction of writing).
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
