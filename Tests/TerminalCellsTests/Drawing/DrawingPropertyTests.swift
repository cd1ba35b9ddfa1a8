import RepeatableRandom
import TerminalCells
import Testing

/// Everything that draws, with any values, in any area.
@Suite("Whatever is drawn") struct DrawingPropertyTests {
  private let outside = Cell("~", Style(.frame))

  private func check(
    _ name: String, seed: UInt64, rounds: Int = 1500,
    _ draw: (inout Generator, Rect, inout CellBuffer, GlyphSet) -> Void
  ) {
    var random = Generator(seed: seed)
    for round in 0..<rounds {
      var buffer = CellBuffer(width: 40, height: 12)
      buffer.fill(with: outside)
      let area = random.area()
      draw(&random, area, &buffer, random.glyphs())
      for y in 0..<buffer.height {
        for x in 0..<buffer.width where !area.contains(x: x, y: y) && buffer[x, y] != outside {
          Issue.record("\(name), round \(round): drew at (\(x), \(y)), outside \(area)")
          return
        }
      }
    }
  }

  @Test("A bar stays inside its area") func bars() {
    check("bar", seed: 11, rounds: 5000) { random, area, buffer, glyphs in
      let bar = Bar(
        value: random.value(), total: random.int(0...1) == 0 ? nil : random.value(),
        scale: random.value())
      bar.draw(
        in: area, on: &buffer, glyphs: glyphs,
        axisX: random.int(0...1) == 0 ? nil : random.int(-20...60))
    }
  }

  @Test("A histogram stays inside its area") func histograms() {
    check("histogram", seed: 12) { random, area, buffer, glyphs in
      let marks = random.values(atMost: 3).map {
        Histogram.Mark(value: $0, words: ["T"], role: .test)
      }
      let histogram = Histogram(
        values: random.values(atMost: 20), weights: random.values(atMost: 20),
        range: random.range(), marks: marks)
      histogram.draw(in: area, on: &buffer, glyphs: glyphs)
    }
  }

  @Test("A plot stays inside its area, and so does what it returns") func plots() {
    check("plot", seed: 13, rounds: 4000) { random, area, buffer, glyphs in
      let series = (0..<random.int(0...3)).map { _ -> PlotSeries in
        let heights = random.values(atMost: 30)
        let isEven = random.int(0...1) == 0
        let points = heights.enumerated().map {
          PlotPoint(isEven ? Double($0.offset) : random.value(), $0.element)
        }
        return PlotSeries(marker: "漢", role: random.role(), points: points)
      }
      let plot = LinePlot(
        series: series, marks: random.values(atMost: 2).map { PlotMark(x: $0) },
        xRange: random.range(), yRange: random.range(),
        scale: random.element([.linear, .logarithmic]), showsLabels: random.int(0...1) == 0)
      let inner = plot.draw(in: area, on: &buffer, glyphs: glyphs)
      #expect(inner.isEmpty || inner.intersection(area) == inner)
    }
  }

  @Test("A map stays inside its area") func maps() {
    check("map", seed: 14) { random, area, buffer, glyphs in
      let (columns, rows) = (random.int(0...9), random.int(0...9))
      let values = (0..<columns * rows).map { _ in random.value() }
      let map =
        switch random.int(0...2) {
        case 0:
          HeatMap(
            columns: columns, rows: rows, classCount: random.int(0...5),
            classes: values.map { _ in random.int(-3...12) }, confidences: values)
        case 1: HeatMap(columns: columns, rows: rows, signed: values, scale: random.value())
        default: HeatMap(columns: columns, rows: rows, brightness: values)
        }
      map.draw(in: area, on: &buffer, glyphs: glyphs)
    }
  }

  @Test("A table stays inside its area and shows its selection") func tables() {
    check("table", seed: 15) { random, area, buffer, glyphs in
      let columns = (0..<random.int(0...5)).map { _ in
        Table.Column(
          random.text(atMost: 8), random.element([.left, .right]),
          width: random.element([nil, nil, -1, 0, 3, 60, .max]))
      }
      let rows = (0..<random.int(0...20)).map { _ in
        (0..<random.int(0...6)).map { _ in Table.Entry(random.text(atMost: 12)) }
      }
      let selection = random.element([nil, -1, 0, rows.count - 1, rows.count + 3])
      let table = Table(
        columns: columns, rows: rows, selection: selection, showsTitles: random.int(0...1) == 0)
      let shown = table.draw(in: area, on: &buffer, glyphs: glyphs)
      if let selection, rows.indices.contains(selection), area.height > 0 {
        #expect(shown.contains(selection))
      }
    }
  }

  @Test("A frame and its title stay inside their area, and so does what is left") func frames() {
    check("frame", seed: 16) { random, area, buffer, glyphs in
      let frame = Frame(title: random.text(atMost: 20), isFocused: random.int(0...1) == 0)
      let rest =
        random.int(0...1) == 0
        ? frame.draw(in: area, on: &buffer, glyphs: glyphs)
        : frame.drawTitleLine(in: area, on: &buffer, glyphs: glyphs)
      #expect(rest.isEmpty || rest.intersection(area) == rest)
    }
  }

  @Test("A field that is edited at random stays inside its area and keeps its cursor in its text")
  func fields() {
    let keys: [Key] = [
      .left, .right, .home, .end, .backspace, .delete, .control("a"), .control("e"),
      .control("u"), .control("k"), .control("w"), .character("\u{200d}"), .character("\u{301}"),
      .character("😀"), .character("🇦"), .character("x"), .character(" "), .character("漢"), .up,
    ]
    check("field", seed: 17) { random, area, buffer, _ in
      var field = TextField(random.text(atMost: 20))
      for _ in 0..<random.int(0...30) { _ = field.handle(random.element(keys)) }
      #expect((0...field.text.count).contains(field.cursor))
      field.draw(in: area, on: &buffer, style: Style(.strong))
    }
  }

  @Test("Lines of a canvas are those of the definition, wherever they end") func canvasLines() {
    var random = Generator(seed: 18)
    for _ in 0..<2000 {
      let size = (random.int(0...6), random.int(0...4))
      var fast = BrailleCanvas(width: size.0, height: size.1)
      var plain = fast
      let far = random.element([5, 30, 400])
      let start = (x: random.int(-far...far), y: random.int(-far...far))
      let end = (x: random.int(-far...far), y: random.int(-far...far))
      fast.line(from: start, to: end, role: .test)
      let steps = max(abs(end.x - start.x), abs(end.y - start.y))
      for step in 0...steps {
        let share = steps == 0 ? 0 : Double(step) / Double(steps)
        plain.set(
          x: start.x + Int((Double(end.x - start.x) * share).rounded()),
          y: start.y + Int((Double(end.y - start.y) * share).rounded()), role: .test)
      }
      #expect(fast == plain, "\(start) to \(end) on \(size)")
    }
    var canvas = BrailleCanvas(width: 4, height: 4)
    canvas.line(from: (.min, .max), to: (.max, .min), role: .test)
    canvas.line(from: (.min, .min), to: (.min, .min), role: .test)
  }

  @Test("Wrapped lines are as wide as they may be at most, and lose no letter") func wrapping() {
    var random = Generator(seed: 19)
    for _ in 0..<2000 {
      let text = random.text(atMost: 60)
      let width = random.int(0...20)
      let lines = wrap(text, width: width)
      #expect(lines.allSatisfy { $0.columns <= width })
      if width >= 2 {
        let kept = { (text: String) in text.unicodeScalars.filter { $0 != " " && $0 != "\n" } }
        #expect(kept(lines.joined()).elementsEqual(kept(text)))
      }
      #expect(text.truncated(to: width, ellipsis: "…").columns <= width)
    }
  }
}
