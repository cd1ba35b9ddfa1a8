/// The frequencies of values in equal bins, as columns, with marks at values of interest and an
/// optional curve behind them.
public struct Histogram: Equatable, Sendable {
  /// A value of interest: words above the columns, and a line from them down.
  public struct Mark: Equatable, Sendable {
    /// Its value.
    public var value: Double
    /// Its words, in forms from long to short.
    public var words: [String]
    /// Its meaning.
    public var role: Role

    /// Creates a mark.
    public init(value: Double, words: [String], role: Role) {
      self.value = value
      self.words = words
      self.role = role
    }
  }

  /// The values.
  public var values: [Double]
  /// The weight of each value, such as its probability; empty for 1 each.
  public var weights: [Double]
  /// The shown range; `nil` for that of the values and marks.
  public var range: ClosedRange<Double>?
  /// The values of interest.
  public var marks: [Mark]
  /// The meaning of the columns.
  public var role: Role
  /// A curve over the columns, from left to right: the expected weight per unit of value.
  public var curve: [PlotPoint]
  /// The meaning of the curve.
  public var curveRole: Role
  /// The most bins, each some cells wide; `nil` for one in each column.
  public var mostBins: Int?
  /// The name of the axis, below the columns.
  public var axis: String
  /// The unit of the highest column, which is named below the columns.
  public var heights: Heights?

  /// The unit of heights.
  public struct Heights: Equatable, Sendable {
    /// The number for a weight of 1.
    public var whole: Double
    /// The unit, with the space before it.
    public var unit: String

    /// Creates a unit.
    public init(whole: Double, unit: String) {
      self.whole = whole
      self.unit = unit
    }
  }

  /// Where a mark is drawn: its words, and its line.
  public struct DrawnMark: Equatable, Sendable {
    /// The index of the mark.
    public var index: Int
    /// The cells of its words; empty where they find no room.
    public var words: Rect
    /// The cells of its line.
    public var line: Rect
  }

  /// Creates a histogram.
  public init(
    values: [Double], weights: [Double] = [], range: ClosedRange<Double>? = nil,
    marks: [Mark] = [], role: Role = .training, curve: [PlotPoint] = [],
    curveRole: Role = .theory, mostBins: Int? = nil, axis: String = "", heights: Heights? = nil
  ) {
    self.mostBins = mostBins
    self.axis = axis
    self.heights = heights
    self.values = values
    self.weights = weights
    self.range = range
    self.marks = marks
    self.role = role
    self.curve = curve
    self.curveRole = curveRole
  }

  /// The weight in each of `count` equal bins.
  ///
  /// Values that are not finite or outside the range are left out, and so are those whose weight
  /// is not a number above 0.
  public func bins(_ count: Int) -> [Double] {
    var bins = Array(repeating: 0.0, count: max(0, count))
    guard let range = shownRange else { return bins }
    for (index, value) in values.enumerated() {
      guard let bin = bin(of: value, in: range, count: bins.count) else { continue }
      let weight = index < weights.count ? weights[index] : 1
      if weight > 0, weight.isFinite { bins[bin] += weight }
    }
    return bins
  }

  /// The shown range: the given one, or that of all finite values and marks.
  public var shownRange: ClosedRange<Double>? {
    if let range { return range }
    let finite = (values + marks.map(\.value)).filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else { return nil }
    return least...greatest
  }

  func bin(of value: Double, in range: ClosedRange<Double>, count: Int) -> Int? {
    guard count > 0, range.contains(value) else { return nil }
    guard let share = range.share(of: value) else { return count / 2 }
    return Int(cellOf: share, among: count)
  }

  /// Draws the words of the marks in the first rows, columns below and the range in the last row;
  /// returns where the columns and the marks are.
  ///
  /// Where there are words, a mark whose words find no room is not drawn: a line alone says
  /// nothing. Over a column of one cell a line ends, so that it does not hide it.
  ///
  /// With fewer than four rows, these parts are left out in that order.
  @discardableResult
  public func draw(
    in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet
  ) -> (columns: Rect, marks: [DrawnMark]) {
    guard !area.isEmpty, let range = shownRange else { return (area, []) }
    let (upper, labels) = area.splitBottom(area.height >= 4 ? 1 : 0)
    let columns = cells(upper.width)
    let words = markWords(range, in: upper, columns: columns)
    let rows = words.rows
    let body = upper.splitTop(rows).rest
    var drawn: [DrawnMark] = []
    buffer.clipped(to: area) { buffer in
      let bins = self.bins(columns.count)
      let expected = expectedBins(2 * body.width, range).map {
        $0 * Double(2 * body.width) / Double(columns.count)
      }
      let tallest = (bins + expected.filter(\.isFinite)).max() ?? 0
      let tops = drawColumns(
        bins, columns, tallest: tallest, in: body, on: &buffer, glyphs: glyphs)
      drawCurve(expected, tallest: tallest, in: body, on: &buffer, glyphs: glyphs)
      drawn = drawMarks(
        words.marks, tops: tops, hidesColumns: columns.allSatisfy { $0.count == 1 }, in: upper,
        body, on: &buffer, glyphs: glyphs)
      drawAxis(range, most: bins.max() ?? 0, in: labels, on: &buffer)
    }
    return (body, drawn)
  }

  /// The cells of each bin, counted from the left; wide columns leave a gap.
  private func cells(_ width: Int) -> [Range<Int>] {
    let count = max(1, min(width, mostBins ?? width))
    return (0..<count).map { bin in
      let (start, end) = (bin * width / count, (bin + 1) * width / count)
      return start..<(width / count >= 3 && bin < count - 1 ? end - 1 : end)
    }
  }

  /// Writes the range, and between its ends the name of the axis and the highest column.
  private func drawAxis(
    _ range: ClosedRange<Double>, most: Double, in labels: Rect, on buffer: inout CellBuffer
  ) {
    guard !labels.isEmpty else { return }
    let low = NumberText.significant(range.lowerBound, digits: 3)
    let high = NumberText.significant(range.upperBound, digits: 3)
    if low.columns <= labels.width {
      buffer.write(low, x: labels.x, y: labels.y, style: Style(.dim))
    }
    guard low.columns + high.columns < labels.width else { return }
    buffer.write(high, endX: labels.maxX, y: labels.y, style: Style(.dim))
    let height = heights.map { NumberText.compact(most * $0.whole) + $0.unit } ?? ""
    let texts = height.isEmpty ? [axis] : ["\(axis); highest \(height)", "highest \(height)", axis]
    let room = labels.width - low.columns - high.columns - 2
    guard let text = texts.first(where: { $0.columns <= room }) else { return }
    buffer.write(
      text, x: labels.x + low.columns + 1 + (room - text.columns) / 2, y: labels.y,
      style: Style(.dim))
  }

  /// The weight of the curve in each of `count` equal bins; empty without a curve.
  func expectedBins(_ count: Int, _ range: ClosedRange<Double>) -> [Double] {
    guard curve.count >= 2, count > 0 else { return [] }
    let width = (range.upperBound - range.lowerBound) / Double(count)
    var next = 1
    return (0..<count).map { bin in
      let middle = range.lowerBound + (Double(bin) + 0.5) * width
      guard middle >= curve[0].x else { return 0 }
      while next < curve.count, curve[next].x < middle { next += 1 }
      guard next < curve.count else { return 0 }
      let (before, after) = (curve[next - 1], curve[next])
      let share = after.x > before.x ? (middle - before.x) / (after.x - before.x) : 0
      return (before.y + (after.y - before.y) * share) * width
    }
  }

  /// Draws the curve as a line of dots over the columns, two points to a cell; where there are no
  /// dots, as a character in each cell.
  ///
  /// Inside a column its dots are holes, so that the column keeps its height and its colour. Of the
  /// cells in which columns end every second one belongs to the curve, so that both are seen where
  /// they go together.
  private func drawCurve(
    _ expected: [Double], tallest: Double, in body: Rect, on buffer: inout CellBuffer,
    glyphs: GlyphSet
  ) {
    guard tallest > 0, tallest.isFinite else { return }
    var canvas = BrailleCanvas(width: body.width, height: body.height)
    var before: (x: Int, y: Int)?
    for (x, weight) in expected.enumerated() {
      let share = weight / tallest
      guard share.isFinite, share * Double(canvas.dotHeight) >= 1 else {
        before = nil
        continue
      }
      let point = (x: x, y: canvas.dotHeight - 1 - Int(cellOf: share, among: canvas.dotHeight))
      canvas.line(from: before ?? point, to: point, role: curveRole)
      before = point
    }
    var curve = CellBuffer(width: body.width, height: body.height)
    canvas.draw(x: 0, y: 0, on: &curve)
    for row in 0..<body.height {
      for column in 0..<body.width where curve[column, row] != Cell(" ") {
        let (x, y) = (body.x + column, body.y + row)
        let end = glyphs.risingEighths.firstIndex(of: buffer[x, y].scalar)
        guard end == nil || column % 2 == 0 else { continue }
        let isInside =
          buffer[x, y].scalar == glyphs.bar
          || end.map { 2 * ($0 + 1) > glyphs.risingEighths.count } ?? false
        buffer[x, y] =
          glyphs.usesBraille
          ? Cell(
            curve[column, row].scalar,
            isInside ? Style(role, reverse: true) : Style(curveRole, bold: true))
          : Cell(glyphs.bullet, Style(curveRole, bold: true))
      }
    }
  }

  /// Draws the columns, and returns how many cells of each column of the screen they fill whole.
  private func drawColumns(
    _ bins: [Double], _ columns: [Range<Int>], tallest: Double, in body: Rect,
    on buffer: inout CellBuffer, glyphs: GlyphSet
  ) -> [Int] {
    var tops = [Int](repeating: 0, count: body.width)
    guard tallest > 0, tallest.isFinite else { return tops }
    let parts = glyphs.risingEighths.count + 1
    for (bin, weight) in bins.enumerated() where weight > 0 {
      let eighths = body.height * parts
      let filled = Int(drawn: weight / tallest * Double(eighths), in: 1...max(1, eighths))
      let full = filled / parts
      let rest = filled % parts
      for column in columns[bin] {
        tops[column] = full
        for row in 0..<full {
          buffer[body.x + column, body.maxY - 1 - row] = Cell(glyphs.bar, Style(role))
        }
        if rest > 0, full < body.height {
          buffer[body.x + column, body.maxY - 1 - full] = Cell(
            glyphs.risingEighths[rest - 1], Style(role))
        }
      }
    }
    return tops
  }
}
