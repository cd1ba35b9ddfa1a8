import Figures
import Testing

@Suite("Figures")
struct FigureTests {
  @Test("The median is the middle one, or the mean of the two in the middle")
  func median() {
    #expect(Figure([3, 1, 2]).median == 2)
    #expect(Figure([4, 1, 2, 3]).median == 2.5)
    #expect(Figure([5]).median == 5)
  }

  @Test("The spread reaches from the least to the greatest")
  func spread() {
    let figure = Figure([3, 1, 2])
    #expect(figure.lowest == 1)
    #expect(figure.highest == 3)
  }

  @Test("Ratios are taken round by round: a slow round that slows both changes none")
  func ratios() {
    let own = Figure([100, 10, 100])
    let other = Figure([50, 5, 50])
    #expect(own.ratios(to: other) == Figure([2, 2, 2]))
    // The quotient of the medians would be 1.
    #expect(Figure([4, 1, 9]).ratios(to: Figure([1, 4, 4])).median == 2.25)
  }

  @Test("Three digits count, and thousands stand apart")
  func text() {
    #expect(Figure.text(0) == "0")
    #expect(Figure.text(0.012345) == "0.0123")
    #expect(Figure.text(1.2345) == "1.23")
    #expect(Figure.text(99.99) == "100")
    #expect(Figure.text(123.4) == "123")
    #expect(Figure.text(1_234_567) == "1,230,000")
    #expect(Figure([2, 1, 4]).text == "2.00 (1.00 to 4.00)")
  }

  @Test("A command replaces what stands between its markers, and nothing else")
  func marked() throws {
    var page = MarkedText("a\n\(MarkedText.begin)\nold\n\(MarkedText.end)\nb\n")
    try page.replaceMeasured(by: ["x", "y"])
    #expect(page.text == "a\n\(MarkedText.begin)\nx\ny\n\(MarkedText.end)\nb\n")
  }

  @Test("A page without its markers is left as it is")
  func unmarked() {
    var page = MarkedText("a\n\(MarkedText.end)\n\(MarkedText.begin)\n")
    #expect(throws: MarkedTextError(begins: 1, ends: 1)) {
      try page.replaceMeasured(by: [])
    }
    var empty = MarkedText("a")
    #expect(throws: MarkedTextError(begins: 0, ends: 0)) { try empty.replaceMeasured(by: []) }
    #expect(empty.text == "a")
  }
}
