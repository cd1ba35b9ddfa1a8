/// A comparison as a picture in SVG: for each panel the mean curves with their spread, and the last
/// values of all seeds.
///
/// It can be read in print and without colour: lines differ in dashes and markers, and each has its
/// name beside it.
public enum ComparisonPicture {
  private static let width = 1040.0

  /// The picture.
  ///
  /// - Parameters:
  ///   - panels: the panels, from top to bottom.
  ///   - title: the title above all panels.
  ///   - value: the name of the value, such as `test loss`.
  /// - Returns: a whole SVG document.
  public static func svg(_ panels: [ComparisonPanel], title: String, value: String) -> String {
    let heights = panels.map { max(300, 130 + 24 * Double($0.series.count)) }
    let height = 44 + heights.reduce(0, +) + 40
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Int(width))\" height=\"\(Int(height))\" "
        + "viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\">",
      "<title>\(ScreenPicture.escaped(title))</title>",
      "<rect width=\"\(Int(width))\" height=\"\(Int(height))\" fill=\"#ffffff\"/>",
      "<g font-family=\"'DejaVu Sans', Helvetica, Arial, sans-serif\" font-size=\"12\" "
        + "fill=\"#000000\">",
      "<text x=\"20\" y=\"26\" font-size=\"15\" "
        + "font-weight=\"bold\">\(ScreenPicture.escaped(title))</text>",
    ]
    var top = 44.0
    for (panel, height) in zip(panels, heights) {
      lines += CurveChart(panel, top: top, height: height, value: value).elements
      lines += DotChart(panel, top: top, height: height, value: value).elements
      top += height
    }
    lines.append(
      "<text x=\"20\" y=\"\(Int(height) - 14)\" font-size=\"11\">Lines: mean over the seeds; "
        + "bands: one standard "
        + "deviation to each side. Dots: one seed each; the upright bar: their mean.</text>")
    lines.append("</g></svg>")
    return lines.joined(separator: "\n") + "\n"
  }
}
