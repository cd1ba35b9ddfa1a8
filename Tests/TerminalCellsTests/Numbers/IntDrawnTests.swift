import TerminalCells
import Testing

@Suite("Whole numbers of what is drawn") struct IntDrawnTests {
  static let hard: [Double] = [
    .nan, .infinity, -.infinity, 1e300, -1e300, 0x1p63, -0x1p63, 0x1p62, .leastNonzeroMagnitude,
    -0.0, 0.5, -0.5,
    2.5,
  ]

  @Test("Every value has a place in every range")
  func everyValue() {
    for range in [0...0, 0...9, -12...12, 3...4, 0...Int.max, Int.min...Int.max, Int.max...Int.max]
    {
      for value in Self.hard {
        let place = Int(drawn: value, in: range)
        #expect(range.contains(place), "\(value) in \(range)")
        // Within the range it agrees with the standard library's rounding.
        if let nearest = Int(exactly: value.rounded()), range.contains(nearest) {
          #expect(place == nearest, "\(value) in \(range)")
        }
      }
      #expect(Int(drawn: .nan, in: range) == range.lowerBound)
      #expect(Int(drawn: .infinity, in: range) == range.upperBound)
      #expect(Int(drawn: -.infinity, in: range) == range.lowerBound)
    }
  }

  @Test("A share falls into the cell that it lies in, and 1 into the last")
  func cells() {
    for (share, cell) in [(0.0, 0), (0.24, 0), (0.25, 1), (0.99, 3), (1, 3), (7, 3), (-1, 0)] {
      #expect(Int(cellOf: share, among: 4) == cell)
    }
    #expect(Int(cellOf: .nan, among: 4) == 0)
    #expect(Int(cellOf: 0.5, among: 0) == 0)
  }

  @Test(
    "Bars, histograms, maps and curves take every value", arguments: [GlyphSet.unicode, .ascii])
  func drawings(glyphs: GlyphSet) {
    for (width, height) in [(0, 0), (1, 1), (12, 3), (60, 12)] {
      var buffer = CellBuffer(width: width, height: height)
      for first in Self.hard {
        for second in Self.hard {
          Bar(value: first, total: second, scale: second.magnitude)
            .draw(in: buffer.bounds, on: &buffer, glyphs: glyphs)
          Bar(value: first, total: second, scale: .leastNonzeroMagnitude)
            .draw(in: buffer.bounds, on: &buffer, glyphs: glyphs)
          Histogram(
            values: [first, second, 1], weights: [second, 1e300, .leastNonzeroMagnitude],
            marks: [.init(value: first, words: ["m"], role: .test)],
            curve: [PlotPoint(first, second), PlotPoint(second, first)]
          ).draw(in: buffer.bounds, on: &buffer, glyphs: glyphs)
          HeatMap(columns: 2, rows: 1, signed: [first, second], scale: first)
            .draw(in: buffer.bounds, on: &buffer, glyphs: glyphs)
          HeatMap(columns: 2, rows: 1, brightness: [first, second])
            .draw(in: buffer.bounds, on: &buffer, glyphs: glyphs)
          for scale in PlotScale.allCases {
            LinePlot(
              series: [PlotSeries(marker: "a", role: .test, values: [first, second, 1])],
              scale: scale
            ).draw(in: buffer.bounds, on: &buffer, glyphs: glyphs)
          }
        }
        #expect(RGB(0, 0, 0).mixed(with: RGB(255, 255, 255), share: first).hex.count == 7)
        _ = glyphs.shade(first)
      }
    }
  }
}
