/// The right half of a panel: the last value of each seed as a dot, one row for each series, with
/// the means.
struct DotChart {
  private(set) var elements: [String] = []

  private static let left = 770.0
  private static let right = 1010.0

  init(_ panel: ComparisonPanel, top: Double, height: Double, value: String) {
    let upper = top + 34
    let lower = top + height - 50
    let axis = ChartAxis(
      values: panel.series.flatMap(\.finals), start: Self.left + 6, end: Self.right - 6,
      mayBeLogarithmic: true, from: false)
    elements.append(
      "<path d=\"M\(px(Self.left)) \(px(upper))V\(px(lower))H\(px(Self.right))\" fill=\"none\" "
        + "stroke=\"#000000\"/>"
    )
    var lastLabel = -Double.infinity
    for tick in axis.ticks {
      guard let x = axis.pixel(tick) else { continue }
      elements.append(
        "<path d=\"M\(px(x)) \(px(upper))V\(px(lower + 4))\" stroke=\"#dddddd\" "
          + "stroke-width=\"0.7\"/>"
      )
      guard x - lastLabel > 34 else { continue }
      lastLabel = x
      elements.append(
        "<text x=\"\(px(x))\" y=\"\(px(lower + 17))\" "
          + "text-anchor=\"middle\">\(ChartAxis.label(tick))</text>"
      )
    }
    elements.append(
      "<text x=\"\(px((Self.left + Self.right) / 2))\" y=\"\(px(lower + 34))\" "
        + "text-anchor=\"middle\">"
        + SVGDocument.escaped("final \(value)\(axis.isLogarithmic ? " (logarithmic)" : "")")
        + "</text>")
    let spacing = (lower - upper) / Double(max(1, panel.series.count))
    for (index, series) in panel.series.enumerated() {
      draw(series, mark: SeriesMark(index), y: upper + (Double(index) + 0.5) * spacing, axis: axis)
    }
  }

  private func px(_ value: Double) -> String { SeriesMark.text(value) }

  private mutating func draw(
    _ series: ComparisonSeries, mark: SeriesMark, y: Double, axis: ChartAxis
  ) {
    let finite = series.finals.filter(\.isFinite)
    let lost = series.finals.count - finite.count
    // A note stands below the name, which would reach into the names of the lines with it.
    let words = [series.name] + (lost == 0 ? [] : ["\(lost) not finite"])
    for (row, text) in words.enumerated() {
      elements.append(
        "<text x=\"\(px(Self.left - 8))\" y=\"\(px(y + 4 + 14 * Double(row)))\" "
          + "text-anchor=\"end\">\(SVGDocument.escaped(text))</text>")
    }
    for (place, value) in finite.enumerated() {
      guard let x = axis.pixel(value) else { continue }
      // Dots move up and down in turn, so that seeds with the same value are all visible.
      let offset = [0.0, -3.5, 3.5, -1.75, 1.75][place % 5]
      elements.append(mark.marker(x: x, y: y + offset, size: 2.6, isHollow: true))
    }
    guard !finite.isEmpty else { return }
    let mean = finite.reduce(0, +) / Double(finite.count)
    guard let x = axis.pixel(mean) else { return }
    elements.append(
      "<path d=\"M\(px(x)) \(px(y - 9))v18\" stroke=\"#000000\" stroke-width=\"2.4\"/>")
  }
}
