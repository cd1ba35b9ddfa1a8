import RepeatableRandom
import TerminalCells
import Testing

@Suite("Plots") struct LinePlotTests {
  private func plot(
    _ values: [Double], _ width: Int, _ height: Int, glyphs: GlyphSet = .ascii,
    scale: PlotScale = .linear
  ) -> [String] {
    let curve = PlotSeries(marker: "T", role: .test, values: values)
    return drawn(width, height) {
      LinePlot(series: [curve], scale: scale).draw(in: $0, on: &$1, glyphs: glyphs)
    }
  }

  /// The labels at the left, from the top.
  private func labels(_ rows: [String]) -> [String] {
    rows.compactMap { $0.split(separator: " ").first.map(String.init) }.filter {
      $0.contains(where: \.isNumber)
    }
  }

  @Test("A dashed curve has gaps and no dot that the whole one lacks") func dashes() {
    func cells(isDashed: Bool) -> [String] {
      var curve = PlotSeries(marker: "T", role: .test, values: [1, 1, 2, 2, 1])
      (curve.isDashed, curve.showsMarker) = (isDashed, false)
      return drawn(40, 4) { LinePlot(series: [curve]).draw(in: $0, on: &$1, glyphs: .unicode) }
    }
    func dots(_ rows: [String]) -> [UInt32] {
      rows.flatMap { $0.padding(to: 40).unicodeScalars }.map {
        (0x2800...0x28ff).contains($0.value) ? $0.value - 0x2800 : 0
      }
    }
    let (whole, dashed) = (dots(cells(isDashed: false)), dots(cells(isDashed: true)))
    #expect(zip(whole, dashed).allSatisfy { $0 & $1 == $1 })
    let counts = [whole, dashed].map { $0.reduce(0) { $0 + $1.nonzeroBitCount } }
    #expect(counts[1] * 10 > counts[0] * 5 && counts[1] * 10 < counts[0] * 8, "\(counts)")
  }

  @Test("Labels of an axis that is not rounded differ by about as much as their values")
  func labelsOfExactAxes() throws {
    for (low, high) in [(0.05, 0.17), (0.08, 0.72), (0.11, 0.34), (3.0, 4.4), (0.0, 0.013)] {
      for height in 3...12 {
        let curve = PlotSeries(marker: "T", role: .test, values: [low, high])
        let rows = drawn(30, height) {
          LinePlot(series: [curve], yRange: low...high).draw(in: $0, on: &$1, glyphs: .ascii)
        }
        let values = labels(rows).compactMap { Double($0) }
        try #require(values.count >= 2, "\(rows)")
        let steps = zip(values, values.dropFirst()).map { $0 - $1 }
        let mean = (values[0] - values[values.count - 1]) / Double(steps.count)
        #expect(steps.allSatisfy { abs($0 - mean) <= 0.45 * mean }, "\(low) \(high): \(values)")
      }
    }
  }

  @Test("A lettered curve of dots has its letter on it again and again") func lettered() {
    func count(_ isLettered: Bool) -> Int {
      let values = (0..<200).map { Double($0 % 50) }
      var curve = PlotSeries(marker: "T", role: .test, values: values)
      (curve.isLettered, curve.showsMarker) = (isLettered, false)
      let rows = drawn(70, 4) {
        LinePlot(series: [curve]).draw(in: $0, on: &$1, glyphs: .unicode)
      }
      return rows.joined().count { $0 == "T" }
    }
    #expect(count(false) == 0 && (3...5).contains(count(true)))
  }

  @Test("A stroke leads from the end of a line to words that had to move") func strokes() {
    let curves = [(9.0, "high"), (5.0, "one"), (5.0, "two"), (1.0, "low")].map { value, name in
      PlotSeries(
        marker: "T", role: .test, points: [PlotPoint(0, value), PlotPoint(1, value)],
        label: .init(name, Style(.test)))
    }
    let rows = drawn(30, 9) { LinePlot(series: curves).draw(in: $0, on: &$1, glyphs: .unicode) }
    func isLed(_ name: String) -> Bool {
      rows.contains { $0.contains("╱" + name) || $0.contains("╲" + name) }
    }
    func isPlain(_ name: String) -> Bool { rows.contains { $0.contains(" " + name) } }
    #expect(isPlain("high") && isPlain("low"), "\(rows)")
    #expect(isLed("one") != isLed("two"), "\(rows)")
  }

  @Test("Letters stand where the values are, and labels name the rows") func letters() {
    #expect(
      plot([0, 1, 2, 3], 14, 4) == [
        "3            T", "2        T", "1     T", "0 T",
      ])
    #expect(plot([0, 1, 2, 3], 4, 4) == ["   T", "  T", " T", "T"])
  }

  @Test("With Braille the letter stands at the end of its curve") func dots() {
    #expect(plot([0, 1, 2, 3], 4, 2, glyphs: .unicode).joined().contains("T"))
    #expect(plot([0, 1, 2, 3], 4, 2, glyphs: .unicode)[1].contains { $0 > "⠀" && $0 <= "⣿" })
  }

  @Test("One curve of many has no letter at its end, and takes the place of no other's")
  func crowd() {
    func rows(_ showsMarker: Bool) -> [String] {
      let crowd = (0..<5).map { _ in
        PlotSeries(
          marker: ".", role: .dim, points: [PlotPoint(0, 0), PlotPoint(1, 1)],
          showsMarker: showsMarker)
      }
      let curve = PlotSeries(marker: "T", role: .test, values: [0, 1])
      return drawn(4, 4) {
        LinePlot(series: crowd + [curve]).draw(in: $0, on: &$1, glyphs: .unicode)
      }
    }
    let (without, with) = (rows(false), rows(true))
    let alone = without.firstIndex { $0.contains("T") }
    #expect(alone != nil && !without.joined().contains("."))
    #expect(with.firstIndex { $0.contains("T") } != alone && with.joined().contains("."))
  }

  @Test("Letters that meet at the end stand in the order of their values") func ends() {
    var random = Generator(seed: 11)
    for _ in 0..<300 {
      let height = random.int(4...9)
      let letters: [Unicode.Scalar] = ["A", "B", "C", "D"]
      let values = letters.map { _ in Double(random.int(0...39)) / 10 }
      guard Set(values).count == 4 else { continue }
      let curves = zip(letters, values).map { letter, value in
        PlotSeries(marker: letter, role: .test, points: [PlotPoint(0, 0), PlotPoint(1, value)])
      }
      func shown(_ curves: [PlotSeries]) -> [Unicode.Scalar] {
        drawn(9, height) {
          LinePlot(series: curves, yRange: 0...5).draw(in: $0, on: &$1, glyphs: .unicode)
        }.compactMap { row in row.unicodeScalars.first { letters.contains($0) } }
      }
      let order = letters.indices.sorted { values[$0] > values[$1] }.map { letters[$0] }
      #expect(shown(curves) == order, "\(values) in \(height) rows")
      #expect(shown(curves.reversed()) == order, "\(values) in \(height) rows")
    }
  }

  @Test("Words stand beside the ends in the order of the values, never on each other") func words()
  {
    let plot = LinePlot(
      series: [("low", 1.0), ("middle", 1.01), ("top", 1.02), ("far", 3)].enumerated().map {
        index, curve in
        PlotSeries(
          marker: "abcd".unicodeScalars.map { $0 }[index], role: .lane(index),
          points: [PlotPoint(0, 0), PlotPoint(1, curve.1)],
          label: .init(curve.0, Style(.lane(index))))
      }, showsLabels: false)
    for glyphs in [GlyphSet.unicode, .ascii] {
      var buffer = CellBuffer(width: 40, height: 8)
      let inner = plot.draw(in: Rect(x: 0, y: 0, width: 40, height: 8), on: &buffer, glyphs: glyphs)
      #expect(inner.width == 33)
      let words = buffer.plainRows.map { String($0.dropFirst(34)) }.filter { !$0.isEmpty }
      #expect(words == ["far", "top", "middle", "low"])
    }
    // Where there is no room beside the curves, letters take the place of words.
    var narrow = CellBuffer(width: 14, height: 8)
    let all = plot.draw(
      in: Rect(x: 0, y: 0, width: 14, height: 8), on: &narrow, glyphs: .unicode)
    #expect(all.width == 14 && narrow.plainRows.joined().contains("d"))
  }

  @Test("A value that is no number leaves a gap; no value leaves nothing") func gaps() {
    #expect(plot([1, .nan, 1], 3, 1) == ["T T"])
    #expect(plot([.nan, .infinity], 14, 3) == ["", "", ""] && plot([], 14, 3) == ["", "", ""])
    #expect(plot([1, -1], 3, 1, scale: .logarithmic).joined().filter { $0 == "T" }.count == 1)
  }

  @Test("A single row and a single cell show the curve") func smallest() {
    #expect(plot([1, 2, 3], 1, 1) == ["T"])
    #expect(plot([5], 3, 3).joined().contains("T"))
  }

  @Test("Labels tell their rows apart, for values of any size and spread")
  func labelsDiffer() {
    var random = Generator(seed: 21)
    var shown = 0
    for _ in 0..<3000 {
      let power = Double(random.int(-12...12))
      var size = 1.0
      for _ in 0..<Int(power.magnitude) { size *= power < 0 ? 0.1 : 10 }
      let middle = Double.random(in: -1...1, using: &random) * size
      let spread = random.element([0, 1e-9, 1e-5, 1e-3, 0.1, 1, 30]) * size
      let found = labels(plot([middle, middle + spread], 40, random.int(2...40)))
      #expect(Set(found).count == found.count, "\(middle), \(middle + spread): \(found)")
      if !found.isEmpty { shown += 1 }
    }
    #expect(shown > 2900)
  }

  @Test("Values near the ends of the number line are drawn, and do not hang") func extremes() {
    for values in [
      [-1.7e308, 1.7e308], [0, 1e305], [.leastNonzeroMagnitude, .leastNonzeroMagnitude * 2],
      [0, .leastNonzeroMagnitude], [1e308],
    ] {
      for glyphs in [GlyphSet.ascii, .unicode] {
        #expect(plot(values, 30, 6, glyphs: glyphs).count == 6)
        #expect(plot(values, 30, 6, glyphs: glyphs, scale: .logarithmic).count == 6)
      }
    }
    let wide = PlotSeries(
      marker: "T", role: .test, points: [PlotPoint(-1.5e308, 0), PlotPoint(1.5e308, 1)])
    let text = drawn(5, 2) {
      LinePlot(series: [wide], showsLabels: false).draw(in: $0, on: &$1, glyphs: .ascii)
    }
    #expect(text == ["    T", "T"])
  }

  @Test("Logarithmic labels are right down to the lowest row") func logarithmic() {
    let found = labels(plot([1e-30, 1], 40, 4, scale: .logarithmic))
    #expect(found.first == "1.0" && found.last?.hasSuffix("e-30") == true, "\(found)")
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
