import RepeatableRandom
import TerminalCells
import Testing

@Suite("A buffer of cells") struct CellBufferTests {
  private func buffer(_ text: String, width: Int = 8) -> CellBuffer {
    var buffer = CellBuffer(width: width, height: 1)
    buffer.write(text, x: 0, y: 0)
    return buffer
  }

  @Test("A control character, and so an escape sequence, becomes a question mark")
  func controlCharacters() {
    #expect(buffer("a\u{1b}[2J\n\u{7f}").text == ["a?[2J?? "])
    #expect(Cell("\u{9b}").scalar == "?" && Cell("\u{0}").scalar == "?")
    #expect(Cell("\u{2028}").scalar == "?" && Cell("\u{301}").scalar == "?")
  }

  @Test("A wide character takes two columns, a combining one none") func columns() {
    let cells = buffer("漢e\u{301}x")
    #expect(cells.plainRows == ["漢ex"])
    #expect(cells[0, 0].columns == 2 && cells[1, 0].isContinuation && cells[2, 0].scalar == "e")
    #expect("漢e\u{301}x\u{1b}".columns == 5)
  }

  @Test("Text that does not fit is cut, and never splits a wide character") func cutting() {
    var cells = CellBuffer(width: 4, height: 1)
    #expect(cells.write("abc漢", x: 0, y: 0) == 3)
    #expect(cells.text == ["abc "])
    #expect(cells.write("漢漢", x: -1, y: 0) == 4)
    #expect(cells.text == [" 漢 "])
    #expect(cells.write("xyz", x: 0, y: 0, maxWidth: 2) == 2)
    #expect(cells.write("wide", endX: 4, y: 0, maxWidth: 2) == 2)
    #expect(cells.text == ["xywi"])
    #expect(cells.write("x", x: 0, y: 1) == 0 && cells.write("x", x: 9, y: 0) == 0)
  }

  @Test("What overwrites half of a wide character blanks the other half") func halves() {
    var left = buffer("漢字", width: 4)
    left[0, 0] = Cell("a")
    #expect(left.text == ["a 字"])
    var right = buffer("漢字", width: 4)
    right[1, 0] = Cell("b")
    #expect(right.text == [" b字"])
    var both = buffer("漢字", width: 4)
    both[1, 0] = Cell("語")
    #expect(both.text == [" 語 "])
    var edge = buffer("abcd", width: 4)
    edge[3, 0] = Cell("語")
    #expect(edge.text == ["abc?"])
  }

  @Test("A continuation cell never stands without its character") func continuations() {
    var cells = buffer("漢ab", width: 4)
    cells[2, 0] = cells[1, 0]
    #expect(cells.text == ["漢 b"])
    cells[1, 0].style.bold = true
    #expect(cells.text == ["漢 b"] && cells[1, 0].style.bold)
    cells.fill(with: Cell("字"))
    #expect(cells.text == ["????"])
  }

  @Test("Drawing outside a clip changes nothing, and clips nest") func clips() {
    var cells = CellBuffer(width: 6, height: 3)
    cells.clipped(to: Rect(x: 1, y: 1, width: 3, height: 5)) { cells in
      cells.fill(with: Cell("x"))
      cells.clipped(to: Rect(x: 2, y: 0, width: 9, height: 9)) { $0.fill(with: Cell("y")) }
      cells.write("zzzzzz", x: 0, y: 2)
      cells.write("zzzzzz", x: 0, y: 0)
    }
    #expect(cells.text == ["      ", " xyy  ", " zzz  "])
    #expect(cells.clip == cells.bounds)
  }

  @Test("A buffer that shrinks within a clip keeps its clip inside") func shrinking() {
    var cells = CellBuffer(width: 6, height: 3)
    cells.clipped(to: cells.bounds) { $0.resize(width: 2, height: 1) }
    cells.fill(with: Cell("x"))
    cells[5, 2] = Cell("y")
    #expect(cells.text == ["xx"])
  }

  @Test("Reading outside gives a blank; a buffer without cells takes everything") func outside() {
    var nothing = CellBuffer(width: -3, height: 0)
    nothing.write("abc", x: 0, y: 0)
    nothing[0, 0] = Cell("x")
    nothing.fill(with: Cell("x"))
    nothing.restyle(Rect(x: 0, y: 0, width: 5, height: 5)) { $0.bold = true }
    #expect(nothing[0, 0] == .blank && nothing[-1, 4] == .blank && nothing.text == [])
  }

  @Test("One buffer is drawn onto another, wide characters whole or not at all") func drawing() {
    var cells = CellBuffer(width: 5, height: 2)
    cells.draw(buffer("a漢b", width: 4), x: 2, y: 1)
    #expect(cells.text == ["     ", "  a漢"])
    cells.draw(buffer("漢b", width: 3), x: -1, y: 0)
    #expect(cells.plainRows == [" b", "  a漢"])
  }

  @Test("Whatever is drawn, wide characters stay whole") func invariant() {
    var random = Generator(seed: 1)
    var cells = CellBuffer(width: 12, height: 3)
    for _ in 0..<3000 {
      let area = Rect(
        x: random.int(-2...12), y: random.int(-1...3), width: random.int(0...6),
        height: random.int(0...3))
      let text = random.text(atMost: 5)
      let place = (x: random.int(-2...13), y: random.int(-1...3))
      let source = cells[random.int(0...11), random.int(0...2)]
      cells.clipped(to: area) { cells in
        cells.write(text, x: place.x, y: place.y)
        cells[place.x, place.y] = source
        cells[place.x, place.y].style.bold.toggle()
      }
      for y in 0..<3 {
        for x in 0..<12 {
          #expect(cells[x, y].columns != 2 || cells[x + 1, y].isContinuation)
          #expect(!cells[x, y].isContinuation || (x > 0 && cells[x - 1, y].columns == 2))
        }
      }
    }
  }
}
