import TerminalCells
import Testing

@Suite("Screens with escape sequences") struct ANSITests {
  private func ansi(_ text: String, _ style: Style = .plain, theme: Theme = Theme()) -> String {
    var buffer = CellBuffer(width: 6, height: 1)
    buffer.write(text, x: 0, y: 0, style: style)
    return buffer.ansi(theme: theme)
  }

  @Test("A line begins and ends in the terminal's own look") func lines() {
    #expect(ansi("ab") == "ab\n")
    #expect(ansi("ab", Style(.test)) == "\u{1b}[0;38;5;172mab\u{1b}[0m\n")
    #expect(ansi("", Style(.test)) == "\n")
    #expect(CellBuffer(width: 0, height: 2).ansi(theme: Theme()) == "\n\n")
    #expect(CellBuffer(width: 2, height: 0).ansi(theme: Theme()) == "")
  }

  @Test("Spaces that show are kept") func spaces() {
    #expect(ansi("  ", Style(.text, underline: true)) == "\u{1b}[0;4m  \u{1b}[0m\n")
    #expect(ansi("  ", Style(.text, on: .test)) == "\u{1b}[0;48;5;172m  \u{1b}[0m\n")
    #expect(ansi("  ", Style(.text, bold: true)) == "\n")
  }

  @Test("Without colours there are none, with eight only those") func depths() {
    let none = ansi("ab", Style(.test, on: .training), theme: Theme(depth: .none))
    #expect(none == "\u{1b}[0;1mab\u{1b}[0m\n")
    let eight = ansi("ab", Style(.test, on: .training), theme: Theme(depth: .colors8))
    #expect(eight == "\u{1b}[0;33;46mab\u{1b}[0m\n")
  }

  @Test("Nothing in the cells reaches a terminal but characters") func hostile() {
    #expect(ansi("\u{1b}]0;\u{7}") == "?]0;?\n")
    #expect(ansi("漢e\u{301}") == "漢e\n")
  }

  @Test("Palette indices become the sequences of their range") func indices() {
    #expect(Pen(foreground: 1, background: 9).selectGraphicRendition == "\u{1b}[0;31;101m")
    #expect(Pen(foreground: 300, dim: true).selectGraphicRendition == "\u{1b}[0;2;38;5;255m")
  }
}
