/// The left half of a panel: mean curves with bands, each with its name at its end.
struct CurveChart {
  private(set) var elements: [String] = []
  private let xAxis: ChartAxis
  private let yAxis: ChartAxis

  private static let left = 70.0
  private static let right = 500.0

  init(_ panel: ComparisonPanel, top: Double, height: Double, value: String) {
    let upper = top + 34
    let lower = top + height - 50
    let bandEnds = panel.series.flatMap { series in
      zip(series.mean, series.deviation).flatMap { mean, deviation in
        [mean, mean + deviation, mean - deviation]
      }
    }
    // A band may reach below 0 where the values do not, so the means decide whether a logarithm is
    // possible.
    let means = panel.series.flatMap(\.mean).filter(\.isFinite)
    let isWide = (means.min() ?? 0) > 0 && (means.max() ?? 0) / (means.min() ?? 1) > 50
    yAxis = ChartAxis(
      values: isWide ? means : bandEnds, start: lower, end: upper, mayBeLogarithmic: isWide,
      from: false)
    xAxis = ChartAxis(
      values: panel.series.flatMap(\.steps), start: Self.left, end: Self.right,
      mayBeLogarithmic: false, from: true)
    elements.append(
      "<text x=\"20\" y=\"\(px(top + 16))\" "
        + "font-weight=\"bold\">\(SVGDocument.escaped(panel.title))</text>"
    )
    drawAxes(upper: upper, lower: lower, value: value)
    for (index, series) in panel.series.enumerated() {
      drawBand(series, mark: SeriesMark(index))
    }
    for (index, series) in panel.series.enumerated() {
      drawLine(series, mark: SeriesMark(index), index: index)
    }
    drawNames(panel.series, upper: upper, lower: lower)
  }

  private func px(_ value: Double) -> String { SeriesMark.text(value) }

  private mutating func drawAxes(upper: Double, lower: Double, value: String) {
    let (left, right) = (Self.left, Self.right)
    elements += ChartAxis.frame(
      xAxis, yAxis, left: left, right: right, upper: upper, lower: lower)
    elements.append(
      "<text x=\"\(px((left + right) / 2))\" y=\"\(px(lower + 34))\" "
        + "text-anchor=\"middle\">step</text>"
    )
    // It lies above the axis: numbers of many digits reach far to its left.
    elements.append(
      "<text x=\"\(px(left))\" y=\"\(px(upper - 9))\">"
        + SVGDocument.escaped(value + (yAxis.isLogarithmic ? " (logarithmic)" : "")) + "</text>")
  }

  /// The stretches of a series without gaps, as indices.
  private func stretches(_ series: ComparisonSeries, isThere: (Int) -> Bool) -> [[Int]] {
    var all: [[Int]] = [[]]
    for index in series.steps.indices {
      if isThere(index) {
        all[all.count - 1].append(index)
      } else if !all[all.count - 1].isEmpty {
        all.append([])
      }
    }
    return all.filter { !$0.isEmpty }
  }

  private func point(_ step: Double, _ value: Double) -> (x: Double, y: Double)? {
    guard let x = xAxis.pixel(step), let y = yAxis.pixel(value) else { return nil }
    return (x, y)
  }

  private mutating func drawBand(_ series: ComparisonSeries, mark: SeriesMark) {
    for stretch in stretches(
      series, isThere: { series.mean[$0].isFinite && series.deviation[$0].isFinite })
    where stretch.count > 1 {
      let floor = yAxis.isLogarithmic ? yAxis.low : -Double.greatestFiniteMagnitude
      let upper = stretch.compactMap {
        let end = series.mean[$0] + series.deviation[$0]
        return point(series.steps[$0], min(end, .greatestFiniteMagnitude))
      }
      let lower = stretch.reversed().compactMap {
        point(series.steps[$0], max(floor, series.mean[$0] - series.deviation[$0]))
      }
      let points = (upper + lower).map { "\(px($0.x)) \(px($0.y))" }.joined(separator: "L")
      elements.append("<path d=\"M\(points)Z\" fill=\"\(mark.color)\" fill-opacity=\"0.10\"/>")
      for edge in [upper, lower] {
        let line = edge.map { "\(px($0.x)) \(px($0.y))" }.joined(separator: "L")
        elements.append(
          "<path d=\"M\(line)\" fill=\"none\" stroke=\"\(mark.color)\" stroke-width=\"0.5\" "
            + "stroke-opacity=\"0.6\"\(mark.dashAttribute)/>")
      }
    }
  }

  private mutating func drawLine(_ series: ComparisonSeries, mark: SeriesMark, index: Int) {
    for stretch in stretches(series, isThere: { series.mean[$0].isFinite }) {
      let points = stretch.compactMap { point(series.steps[$0], series.mean[$0]) }
      let line = points.map { "\(px($0.x)) \(px($0.y))" }.joined(separator: "L")
      elements.append(
        "<path d=\"M\(line)\" fill=\"none\" stroke=\"\(mark.color)\" "
          + "stroke-width=\"1.6\"\(mark.dashAttribute)/>"
      )
      // Different lines have their markers at different steps, so that lines that coincide are both
      // visible.
      for (place, position) in points.enumerated() where (place + 2 * index) % 10 == 4 {
        elements.append(mark.marker(x: position.x, y: position.y, size: 3.6))
      }
    }
  }

  /// The names at the ends of the lines, moved apart where they would overlap.
  private mutating func drawNames(_ series: [ComparisonSeries], upper: Double, lower: Double) {
    var labels: [(index: Int, x: Double, end: Double, y: Double)] = []
    for (index, line) in series.enumerated() {
      let last = line.mean.lastIndex { $0.isFinite }
      guard let last, let end = point(line.steps[last], line.mean[last]) else { continue }
      labels.append((index, end.x, end.y, end.y))
    }
    labels.sort { ($0.y, $0.index) < ($1.y, $1.index) }
    let spacing = 15.0
    for place in labels.indices.dropFirst() {
      labels[place].y = max(labels[place].y, labels[place - 1].y + spacing)
    }
    var limit = lower
    for place in labels.indices.reversed() {
      labels[place].y = min(labels[place].y, limit)
      limit = labels[place].y - spacing
    }
    for label in labels {
      let mark = SeriesMark(label.index)
      elements.append(
        "<path d=\"M\(px(label.x + 2)) \(px(label.end))L\(px(Self.right + 16)) \(px(label.y))\" "
          + "stroke=\"#888888\" stroke-width=\"0.6\" fill=\"none\"/>")
      elements.append(mark.marker(x: Self.right + 22, y: label.y, size: 3.6))
      elements.append(
        "<text x=\"\(px(Self.right + 31))\" "
          + "y=\"\(px(label.y + 4))\">\(SVGDocument.escaped(series[label.index].name))</text>"
      )
    }
  }
}
