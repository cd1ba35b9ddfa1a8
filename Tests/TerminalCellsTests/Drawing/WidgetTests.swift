import TerminalCells
import Testing

/// The text of a drawing in an area that fills its buffer.
func drawn(_ width: Int, _ height: Int, _ draw: (Rect, inout CellBuffer) -> Void) -> [String] {
  var buffer = CellBuffer(width: width, height: height)
  draw(buffer.bounds, &buffer)
  return buffer.plainRows
}

@Suite("Widgets as text") struct WidgetTests {
  private func bar(
    _ value: Double, _ total: Double? = nil, width: Int = 13, glyphs: GlyphSet = .ascii
  ) -> String {
    drawn(width, 1) {
      Bar(value: value, total: total, scale: 3).draw(in: $0, on: &$1, glyphs: glyphs)
    }[0]
  }

  @Test("A bar's extra keeps its proportion, on either side of the axis") func bars() {
    #expect(bar(1.5, 3) == "      |###:::")
    #expect(bar(-1.5, -3) == ":::###|")
    #expect(bar(3) == "      |######")
    #expect(bar(-1, 1) == "    ##|::")
    #expect(bar(0, 1) == "      |::" && bar(0) == "      |" && bar(1, 0) == "      |..")
    #expect(bar(3, 1) == "      |##....", "what a smaller total lacks is missing")
    #expect(bar(-3, -1) == "....##|")
    #expect(bar(.nan) == "      |" && bar(1.0e308, 1.5e308) == "      |####::")
    #expect(bar(1, width: 1) == "|")
  }

  @Test("A bar's parts meet at the eighth of a cell, and a short bar keeps its proportion, too")
  func eighths() throws {
    let colored = GlyphSet.unicode.adjusted(to: .colors256)
    func cells(_ value: Double, _ total: Double) -> [Cell] {
      var buffer = CellBuffer(width: 13, height: 1)
      Bar(value: value, total: total, scale: 3).draw(
        in: buffer.bounds, on: &buffer, glyphs: colored)
      return (0..<13).map { buffer[$0, 0] }
    }
    let both = Style(.training, on: .extra)
    #expect(cells(0.05, 0.1)[7] == Cell("▌", both), "twice as large, in one cell")
    #expect(cells(0.625, 1.25)[7...8] == [Cell("█", Style(.training)), Cell("▎", both)])
    #expect(cells(-0.05, -0.1)[5] == Cell("▌", Style(.extra, on: .training)))
    #expect(cells(-0.625, -1.25)[4] == Cell("▊", Style(.extra, on: .training)))
    #expect(cells(0.75, 0.75)[8] == Cell("▌", Style(.training)), "alike, and no whole cells")
    #expect(cells(-0.75, -0.75)[4] == Cell("▐", Style(.training)))
    let plain = GlyphSet.unicode.adjusted(to: .none)
    #expect(bar(1.5, 3, glyphs: plain) == "      │▒▒▒███")
    #expect(bar(3, 1.5, glyphs: plain) == "      │▒▒▒░░░")
    #expect(plain == plain.withoutColors && colored.withoutColors.pattern == plain.pattern)
  }

  @Test("A frame leaves its inside, a title line what is below it") func frames() {
    let text = drawn(12, 3) { area, buffer in
      let inside = Frame(title: "loss").draw(in: area, on: &buffer, glyphs: .ascii)
      buffer.fill(inside, with: Cell("."))
    }
    #expect(text == ["+- loss ---+", "|..........|", "+----------+"])
    #expect(
      drawn(2, 2) { Frame(title: "x").draw(in: $0, on: &$1, glyphs: .ascii) } == ["++", "++"])
    #expect(drawn(1, 1) { Frame(title: "x").draw(in: $0, on: &$1, glyphs: .ascii) } == ["-"])
    let cut = drawn(10, 1) {
      Frame(title: "divergence").drawTitleLine(in: $0, on: &$1, glyphs: .ascii)
    }
    #expect(cut == ["- diver~ -"])
  }

  @Test("Two values share a character by half blocks, else each has a shade") func maps() {
    let map = HeatMap(columns: 2, rows: 2, brightness: [0, 1, 1, 1])
    #expect(drawn(2, 1) { map.draw(in: $0, on: &$1, glyphs: .unicode) } == ["▀"])
    #expect(drawn(2, 2) { map.draw(in: $0, on: &$1, glyphs: .ascii) } == [" #", "##"])
    #expect(drawn(1, 1) { map.draw(in: $0, on: &$1, glyphs: .ascii) } == ["#"])
    let signed = HeatMap(columns: 4, rows: 1, signed: [-1, 0, 1, .nan], scale: 1)
    #expect(drawn(4, 1) { signed.draw(in: $0, on: &$1, glyphs: .ascii) } == ["= #"])
    let weak = HeatMap(columns: 3, rows: 1, signed: [-0.05, -0.3, -0.6], scale: 1)
    #expect(drawn(3, 1) { weak.draw(in: $0, on: &$1, glyphs: .ascii) } == [" -="])
    let classes = HeatMap(
      columns: 3, rows: 1, classCount: 3, classes: [0, 1, 2], confidences: [1, 1, 0])
    #expect(drawn(3, 1) { classes.draw(in: $0, on: &$1, glyphs: .ascii) } == ["ox."])
  }

  @Test("A histogram shows its marks above its columns and its range below") func histograms() {
    let histogram = Histogram(
      values: [0, 1, 1, 2, 2, 2], marks: [Histogram.Mark(value: 4, words: ["T"], role: .test)])
    let text = drawn(9, 5) { histogram.draw(in: $0, on: &$1, glyphs: .ascii) }
    #expect(
      text == [
        "       T|", "    #   |", "  # #   |", "# # #   |", "0.00 4.00",
      ])
    #expect(histogram.bins(2) == [3, 3] && histogram.bins(0) == [])
    #expect(drawn(1, 1) { histogram.draw(in: $0, on: &$1, glyphs: .ascii) } == ["#"])
    let wide = Histogram(values: [-1.5e308, 1.5e308])
    #expect(wide.bins(3) == [1, 0, 1])
    #expect(Histogram(values: [1, 2], weights: [.nan, 2], range: 1...2).bins(2) == [0, 2])
    #expect(Histogram(values: [.nan]).shownRange == nil)
  }

  @Test("A mark hides no column of one cell, and has no line without its words") func oneColumn() {
    func text(_ words: [String]) -> [String] {
      let histogram = Histogram(
        values: [2, 2, 2], range: 0...4,
        marks: words.map { Histogram.Mark(value: 2, words: [$0], role: .test) })
      return drawn(5, 5) { histogram.draw(in: $0, on: &$1, glyphs: .ascii) }
    }
    #expect(text(["T"]) == ["  |T", "  #", "  #", "  #", "0.00"])
    // A word that is wider than the screen takes its line with it.
    #expect(text(["too wide"]).allSatisfy { !$0.contains("|") })
  }

  @Test("A curve over a histogram is seen over every column, and leaves each its height")
  func curves() {
    func cells(_ curve: [PlotPoint]) -> CellBuffer {
      let histogram = Histogram(
        values: [1, 1, 1, 2, 3, 3, 3], range: 0...4, role: .training, curve: curve, mostBins: 4)
      var buffer = CellBuffer(width: 24, height: 9)
      histogram.draw(in: buffer.bounds, on: &buffer, glyphs: .unicode)
      return buffer
    }
    // 1.5 per unit of value: half of the highest column, above the middle one.
    let (plain, curved) = (cells([]), cells([PlotPoint(0, 1.5), PlotPoint(4, 1.5)]))
    let bar = Cell(GlyphSet.unicode.bar, Style(.training))
    for x in 0..<24 {
      let dots = (0..<8).filter { (0x2801...0x28ff).contains(curved[x, $0].scalar.value) }
      #expect(dots.count == 1, "column \(x)")
      for y in 0..<8 {
        let style = curved[x, y].style
        if plain[x, y] == bar {
          #expect(curved[x, y] == bar || style == Style(.training, reverse: true))
        } else if dots.contains(y) {
          #expect(style == Style(.theory, bold: true))
        } else {
          #expect(curved[x, y] == plain[x, y])
        }
      }
    }
  }

  @Test("A table cuts what does not fit and keeps the selected row in sight") func tables() {
    let table = Table(
      columns: [.init("name"), .init("value", .right)],
      rows: (1...5).map { [.init("unit \($0)"), .init("\($0 * 50)")] }, selection: 4)
    #expect(
      drawn(14, 3) { table.draw(in: $0, on: &$1, glyphs: .ascii) } == [
        " name   value", " unit 4   200", ">unit 5   250",
      ])
    #expect(
      drawn(10, 2) { table.draw(in: $0, on: &$1, glyphs: .ascii) } == [
        " name val~", ">uni~  250",
      ])
    #expect(drawn(1, 1) { table.draw(in: $0, on: &$1, glyphs: .ascii) } == [">"])
    #expect(Table.visibleRows(count: 9, height: 3, selection: 4) == 3..<6)
    #expect(Table.visibleRows(count: 9, height: 0, selection: 4).isEmpty)
  }

  @Test("A field scrolls so that its cursor is in sight") func fields() {
    var field = TextField("learning-rate")
    #expect(drawn(6, 1) { field.draw(in: $0, on: &$1) } == ["-rate"])
    _ = field.handle(.home)
    #expect(drawn(6, 1) { field.draw(in: $0, on: &$1) } == ["learni"])
    #expect(drawn(1, 1) { field.draw(in: $0, on: &$1) } == ["l"])
  }

  @Test("A field is edited by keys, and leaves the others to its owner") func editing() {
    var field = TextField("one two")
    #expect(field.handle(.control("w")) && field.text == "one ")
    #expect(field.handle(.character("漢")) && field.text == "one 漢" && field.cursor == 5)
    #expect(field.handle(.backspace) && field.handle(.control("a")) && field.cursor == 0)
    #expect(field.handle(.delete) && field.text == "ne ")
    #expect(field.handle(.right) && field.handle(.control("k")) && field.text == "n")
    #expect(field.handle(.control("u")) && field.text == "")
    #expect(field.handle(.backspace) && field.handle(.left) && field.cursor == 0)
    #expect(!field.handle(.enter) && !field.handle(.escape) && !field.handle(.up))
    #expect(!field.handle(.character("\u{1b}")) && field.text == "")
  }

  @Test("Text is wrapped at spaces, and a long word is broken") func wrapping() {
    #expect(wrap("one two three", width: 7) == ["one two", "three"])
    #expect(wrap("abcdefgh ij", width: 3) == ["abc", "def", "gh", "ij"])
    #expect(wrap("a\n\nb\r\nc", width: 9) == ["a", "", "b", "c"])
    #expect(wrap("漢字", width: 3) == ["漢", "字"] && wrap("漢", width: 1) == ["?"])
    #expect(wrap("", width: 4) == [""] && wrap("abc", width: 0) == [])
  }
}
