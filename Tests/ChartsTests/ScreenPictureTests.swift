import Charts
import TerminalCells
import Testing

@Suite("The picture of a screen") struct ScreenPictureTests {
  private func picture(_ text: String, style: Style = .plain) -> String {
    var buffer = CellBuffer(width: 12, height: 1)
    buffer.write(text, x: 0, y: 0, style: style)
    return ScreenPicture.svg(of: buffer, theme: Theme(), title: "a <screen>")
  }

  @Test("Text is escaped, placed by its column and told how long it is") func text() {
    let svg = picture("  a<b&c")
    #expect(svg.contains(#"<text x="18" y="14" textLength="45""#))
    #expect(svg.contains(">a&lt;b&amp;c</text>"))
    #expect(svg.contains("<title>a &lt;screen&gt;</title>"))
  }

  @Test("Words that more than one blank parts are placed by themselves, as viewers may drop blanks")
  func blanks() {
    let svg = picture("a b   c")
    #expect(svg.contains(#"<text x="0" y="14" textLength="27""#) && svg.contains(">a b</text>"))
    #expect(svg.contains(#"<text x="54" y="14" textLength="9""#) && svg.contains(">c</text>"))
    #expect(!svg.contains("  c") && !svg.contains("xml:space"))
  }

  @Test("What acts on a terminal or turns the direction of writing is no part of a picture")
  func hostile() {
    let text = "\u{1B}\u{7F}\u{9B}\u{200E}\u{2028}\u{202E}x"
    let svg = ScreenPicture.svg(of: CellBuffer(width: 1, height: 1), theme: Theme(), title: text)
    #expect(svg.contains("<title>??????x</title>"))
  }

  @Test("Blocks and Braille are shapes, not characters") func shapes() {
    #expect(picture("▀").contains(#"<rect x="0.0" y="0.0" width="9.0" height="9.0""#))
    #expect(picture("⣿").components(of: "<circle") == 8)
    #expect(!picture("█⣿▒").contains("<text"))
  }

  @Test("An empty screen is a picture of nothing") func empty() {
    let svg = ScreenPicture.svg(of: CellBuffer(width: 0, height: 0), theme: Theme(), title: "")
    #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
  }

  @Test("Meanings have the theme's colours, and reverse swaps them") func colors() {
    let theme = Theme()
    let pen = theme.pen(for: Style(.test))
    let hex = Theme.rgb(ofPaletteIndex: pen.foreground).hex
    #expect(picture("x", style: Style(.test)).contains("fill=\"\(hex)\">x"))
    let reversed = picture("x", style: Style(.test, reverse: true))
    #expect(reversed.contains("height=\"18\" fill=\"\(hex)\"/>"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
