/// The frequencies of values in equal bins, as columns, with marks at values of interest and an
/// optional curve.
public struct Histogram: Equatable, Sendable {
  /// A value of interest: a letter above the columns and a line behind them.
  public struct Mark: Equatable, Sendable {
    /// Its value.
    public var value: Double
    /// The letter that stands for it.
    public var marker: Unicode.Scalar
    /// Its meaning.
    public var role: Role

    /// Creates a mark.
    public init(value: Double, marker: Unicode.Scalar, role: Role) {
      self.value = value
      self.marker = marker
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

  /// Creates a histogram.
  public init(
    values: [Double], weights: [Double] = [], range: ClosedRange<Double>? = nil,
    marks: [Mark] = [], role: Role = .training, curve: [PlotPoint] = [],
    curveRole: Role = .theory
  ) {
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

  private func bin(of value: Double, in range: ClosedRange<Double>, count: Int) -> Int? {
    guard count > 0, range.contains(value) else { return nil }
    guard let share = range.share(of: value) else { return count / 2 }
    return Int(cellOf: share, among: count)
  }

  /// Draws the letters of the marks in the first row, columns below and the range in the last row.
  ///
  /// With fewer than four rows, these parts are left out in that order.
  public func draw(in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) {
    guard !area.isEmpty, let range = shownRange else { return }
    let (upper, labels) = area.splitBottom(area.height >= 4 ? 1 : 0)
    let (letters, body) = upper.splitTop(area.height >= 3 && !marks.isEmpty ? 1 : 0)
    buffer.clipped(to: area) { buffer in
      drawMarks(in: letters, body, range, on: &buffer, glyphs: glyphs)
      let bins = self.bins(body.width)
      let expected = expectedBins(body.width, range)
      let tallest = (bins + expected.filter(\.isFinite)).max() ?? 0
      drawColumns(bins, tallest: tallest, in: body, on: &buffer, glyphs: glyphs)
      drawCurve(expected, tallest: tallest, in: body, on: &buffer, glyphs: glyphs)
      if !labels.isEmpty {
        let low = NumberText.significant(range.lowerBound, digits: 3)
        let high = NumberText.significant(range.upperBound, digits: 3)
        if low.columns <= labels.width {
          buffer.write(low, x: labels.x, y: labels.y, style: Style(.dim))
        }
        if low.columns + high.columns < labels.width {
          buffer.write(high, endX: labels.maxX, y: labels.y, style: Style(.dim))
        }
      }
    }
  }

  private func drawMarks(
    in letters: Rect, _ body: Rect, _ range: ClosedRange<Double>, on buffer: inout CellBuffer,
    glyphs: GlyphSet
  ) {
    for mark in marks {
      guard let column = bin(of: mark.value, in: range, count: body.width) else { continue }
      for y in body.y..<body.maxY {
        buffer[body.x + column, y] = Cell(glyphs.vertical, Style(mark.role))
      }
      if !letters.isEmpty {
        buffer[letters.x + column, letters.y] = Cell(mark.marker, Style(mark.role, bold: true))
      }
    }
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

  /// Draws the curve as a character in each column where it is at least half a row high.
  private func drawCurve(
    _ expected: [Double], tallest: Double, in body: Rect, on buffer: inout CellBuffer,
    glyphs: GlyphSet
  ) {
    guard tallest > 0, tallest.isFinite else { return }
    for (column, weight) in expected.enumerated() where weight > 0 && weight.isFinite {
      let share = weight / tallest
      guard share * Double(body.height) >= 0.5 else { continue }
      let row = Int(cellOf: share, among: body.height)
      buffer[body.x + column, body.maxY - 1 - row] = Cell(
        glyphs.bullet, Style(curveRole, bold: true))
    }
  }

  private func drawColumns(
    _ bins: [Double], tallest: Double, in body: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet
  ) {
    guard tallest > 0, tallest.isFinite else { return }
    let parts = glyphs.risingEighths.count + 1
    for (column, weight) in bins.enumerated() where weight > 0 {
      let eighths = body.height * parts
      let filled = Int(drawn: weight / tallest * Double(eighths), in: 1...max(1, eighths))
      let full = filled / parts
      for row in 0..<full {
        buffer[body.x + column, body.maxY - 1 - row] = Cell(glyphs.bar, Style(role))
      }
      let rest = filled % parts
      if rest > 0, full < body.height {
        buffer[body.x + column, body.maxY - 1 - full] = Cell(
          glyphs.risingEighths[rest - 1], Style(role))
      }
    }
  }
}
