/// Curves over a common axis, as lines of Braille dots or as letters.
///
/// Letters name the curves in both cases: with Braille, the letter is at the end of its curve, so
/// no curve depends on its colour alone. Curves that have words carry those beside their ends, in
/// the order of their values, where there is room. Where there are more points than columns, each
/// column shows its least and greatest value, so no peak is lost. Values that are not finite leave
/// gaps. Later curves are drawn over earlier ones.
public struct LinePlot: Equatable, Sendable {
  /// The curves.
  public var series: [PlotSeries]
  /// Vertical lines behind the curves.
  public var marks: [PlotMark]
  /// The horizontal range; `nil` for all points of all curves.
  public var xRange: ClosedRange<Double>?
  /// The vertical range; `nil` for all points in the horizontal range, rounded to a round step.
  public var yRange: ClosedRange<Double>?
  /// The scale of heights.
  public var scale: PlotScale
  /// Whether the rows carry their values at the left.
  public var showsLabels: Bool

  /// Creates a plot.
  public init(
    series: [PlotSeries], marks: [PlotMark] = [], xRange: ClosedRange<Double>? = nil,
    yRange: ClosedRange<Double>? = nil, scale: PlotScale = .linear, showsLabels: Bool = true
  ) {
    self.series = series
    self.marks = marks
    self.xRange = xRange
    self.yRange = yRange
    self.scale = scale
    self.showsLabels = showsLabels
  }

  /// Draws the plot and returns the area of the curves, without the labels.
  @discardableResult
  public func draw(in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) -> Rect {
    guard !area.isEmpty, let across = shownAcross else { return area }
    guard
      let axis = PlotAxis(
        values: shownUpwards(across), scale: scale, rows: area.height, isExact: yRange != nil)
    else { return area }
    let (inner, words) = splitWords(from: drawLabels(of: axis, in: area, on: &buffer))
    guard !inner.isEmpty else { return inner }
    let frame = PlotFrame(across: across, axis: axis, area: inner)
    drawWords(frame, in: words, on: &buffer, glyphs: glyphs)
    buffer.clipped(to: inner) { buffer in
      for mark in marks {
        guard let column = frame.column(mark.x) else { continue }
        for y in inner.y..<inner.maxY {
          buffer[inner.x + column, y] = Cell(glyphs.vertical, Style(mark.role))
        }
      }
      if glyphs.usesBraille {
        drawDots(frame, showsLetters: words.isEmpty, on: &buffer)
      } else {
        for curve in series { drawLetters(of: curve, frame, on: &buffer) }
      }
    }
    return inner
  }

  /// The horizontal range: the given one, or that of all points.
  private var shownAcross: ClosedRange<Double>? {
    if let xRange { return xRange }
    return Self.range(of: series.lazy.flatMap { $0.points.lazy.map(\.x) })
  }

  private func shownUpwards(_ across: ClosedRange<Double>) -> ClosedRange<Double>? {
    if let yRange { return yRange }
    return Self.range(
      of: series.lazy.flatMap { curve in
        curve.points.lazy.filter {
          across.contains($0.x) && (scale == .linear || $0.y > 0)
        }.map(\.y)
      })
  }

  private static func range(of values: some Sequence<Double>) -> ClosedRange<Double>? {
    var result: ClosedRange<Double>?
    for value in values where value.isFinite {
      guard let known = result else {
        result = value...value
        continue
      }
      if value < known.lowerBound {
        result = value...known.upperBound
      } else if value > known.upperBound {
        result = known.lowerBound...value
      }
    }
    return result
  }

  private func drawLabels(of axis: PlotAxis, in area: Rect, on buffer: inout CellBuffer) -> Rect {
    guard showsLabels, area.width >= 12 else { return area }
    let every = max(1, (area.height + 7) / 8)
    let rows = stride(from: area.height - 1, through: 0, by: -every)
    let labels = rows.map { (row: $0, text: axis.label(row: $0)) }
    let width = labels.map(\.text.columns).max() ?? 0
    guard width + 6 <= area.width else { return area }
    for label in labels {
      buffer.write(
        label.text, endX: area.x + width, y: area.y + label.row, style: Style(.dim))
    }
    return area.splitLeft(width + 1).rest
  }
}
