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
    var lines: [String] = []
    var top = 44.0
    for (panel, height) in zip(panels, heights) {
      lines += CurveChart(panel, top: top, height: height, value: value).elements
      lines += DotChart(panel, top: top, height: height, value: value).elements
      top += height
    }
    lines.append(
      "<text x=\"20\" y=\"\(Int(height) - 14)\" font-size=\"11\">Lines: mean over the seeds; "
        + "bands: one standard deviation to each side. Dots: one seed each; the upright bar: their "
        + "mean.</text>")
    return SVGDocument.chart(width: width, height: height, title: title, elements: lines)
  }
}
