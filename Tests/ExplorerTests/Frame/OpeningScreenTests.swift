import Explorer
import TerminalCells
import Testing

@Suite("The screen before the experiment is there") struct OpeningScreenTests {
  @Test("It says what is being made and how to leave, at any size")
  func sizes() {
    let text = "making 10000000 examples of circle"
    for (columns, rows) in [(80, 24), (200, 60), (40, 3), (10, 1), (1, 1)] {
      let screen = OpeningScreen.draw(
        text, size: ScreenSize(columns: columns, rows: rows), glyphs: .unicode)
      #expect(screen.width == columns && screen.height == rows)
      guard columns >= 40, rows >= 2 else { continue }
      let rows = screen.plainRows.filter { !$0.isEmpty }
      #expect(rows.map { $0.drop { $0 == " " } } == [text[...] + "…", "q quits"])
    }
    let ascii = OpeningScreen.draw(text, size: ScreenSize(columns: 80, rows: 24), glyphs: .ascii)
    #expect(ascii.plainRows.contains { $0.hasSuffix("circle...") })
  }

  @Test("Details stand below what is done, wrapped to the screen") func details() {
    let screen = OpeningScreen.draw(
      "waiting", details: ["in a.jsonl: 0 bytes.", "No training writes it, and nothing came."],
      size: ScreenSize(columns: 30, rows: 10), glyphs: .unicode)
    let rows = screen.plainRows.filter { !$0.isEmpty }.map { String($0.drop { $0 == " " }) }
    #expect(
      rows == [
        "waiting…", "in a.jsonl: 0 bytes.", "No training writes it, and", "nothing came.",
        "q quits",
      ])
  }

  @Test("It names the key that leaves it, whatever that is") func keys() {
    let screen = OpeningScreen.draw(
      "reading", size: ScreenSize(columns: 80, rows: 24), glyphs: .unicode, quit: "F10")
    #expect(screen.plainRows.contains { $0.hasSuffix("F10 quits") })
  }
}
