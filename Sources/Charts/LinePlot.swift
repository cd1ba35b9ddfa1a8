/// Lines through points as a picture in SVG.
///
/// An axis that spans more than a factor of 50 is logarithmic.
///
/// Lines differ in dashes and markers, and each has its name beside it, so that it can be read
/// without colour.
public enum LinePlot {
  /// One line.
  public struct Line: Sendable {
    /// The name beside it.
    public var name: String
    /// Its points, from left to right.
    public var points: [(x: Double, y: Double)]

    /// Creates a line.
    public init(name: String, points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points
    }
  }

  private static let (width, height) = (760.0, 420.0)
  private static let (left, right, upper, lower) = (80.0, 560.0, 50.0, 360.0)

  /// The picture.
  ///
  /// - Parameters:
  ///   - lines: the lines; points that are not finite are left out.
  ///   - title: the title at the top.
  ///   - xTitle: the title of the horizontal axis.
  ///   - yTitle: the title of the vertical axis.
  /// - Returns: a whole SVG document.
  public static func svg(
    _ lines: [Line], title: String, xTitle: String, yTitle: String
  ) -> String {
    let xAxis = ChartAxis(
      values: lines.flatMap { $0.points.map(\.x) }, start: left, end: right, mayBeLogarithmic: true,
      from: false)
    let yAxis = ChartAxis(
      values: lines.flatMap { $0.points.map(\.y) }, start: lower, end: upper,
      mayBeLogarithmic: true,
      from: true)
    var elements = axes(xAxis, yAxis, xTitle: xTitle, yTitle: yTitle)
    for (index, line) in lines.enumerated() {
      elements += self.elements(of: line, mark: SeriesMark(index), row: index, xAxis, yAxis)
    }
    return SVGDocument.chart(width: width, height: height, title: title, elements: elements)
  }

  private static func axes(
    _ xAxis: ChartAxis, _ yAxis: ChartAxis, xTitle: String, yTitle: String
  ) -> [String] {
    let elements = ChartAxis.frame(
      xAxis, yAxis, left: left, right: right, upper: upper, lower: lower)
    let (center, middle) = ((left + right) / 2, (upper + lower) / 2)
    func named(_ title: String, _ axis: ChartAxis) -> String {
      SVGDocument.escaped(title + (axis.isLogarithmic ? " (logarithmic)" : ""))
    }
    return elements + [
      "<text x=\"\(px(center))\" y=\"\(px(lower + 38))\" "
        + "text-anchor=\"middle\">\(named(xTitle, xAxis))</text>",
      "<text transform=\"translate(22 \(px(middle))) rotate(-90)\" "
        + "text-anchor=\"middle\">\(named(yTitle, yAxis))</text>",
    ]
  }

  /// A line, its markers, and its name in a list at the right.
  private static func elements(
    of line: Line, mark: SeriesMark, row: Int, _ xAxis: ChartAxis, _ yAxis: ChartAxis
  ) -> [String] {
    let places = line.points.compactMap { point -> (x: Double, y: Double)? in
      guard let x = xAxis.pixel(point.x), let y = yAxis.pixel(point.y) else { return nil }
      return (x, y)
    }
    let path = places.map { "\(px($0.x)) \(px($0.y))" }.joined(separator: "L")
    let y = upper + 10 + 20 * Double(row)
    var elements: [String] = []
    if !places.isEmpty {
      elements.append(
        "<path d=\"M\(path)\" fill=\"none\" stroke=\"\(mark.color)\" "
          + "stroke-width=\"1.6\"\(mark.dashAttribute)/>"
      )
    }
    elements += places.map { mark.marker(x: $0.x, y: $0.y, size: 3.6) }
    return elements + [
      mark.marker(x: right + 22, y: y, size: 3.6),
      "<text x=\"\(px(right + 32))\" y=\"\(px(y + 4))\">\(SVGDocument.escaped(line.name))</text>",
    ]
  }

  private static func px(_ value: Double) -> String { SeriesMark.text(value) }
}
