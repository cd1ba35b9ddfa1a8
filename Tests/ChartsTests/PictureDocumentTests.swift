import Charts
import Foundation
import TerminalCells
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The document of a picture") struct PictureDocumentTests {
  private static let texts = [
    "a & b", "<tag attribute=\"x\">", "]]>", "<![CDATA[", "<!-- -- -->", "&amp;&#0;",
    "\u{0}\u{1b}\n\t",
    "漢字カ", "😀👩‍👧🇩🇪", "e\u{301}\u{200d}", "\u{fffd}\u{fffe}\u{ffff}", "⣿█▒▀▏▌▐", "'\"`",
    "\u{2028}\u{85}",
  ]

  /// The error that a parser reports, and the text that it finds.
  private func parse(_ document: String) -> (error: String?, text: String) {
    final class Collector: NSObject, XMLParserDelegate {
      var text = ""
      func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }
    let collector = Collector()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = collector
    let isValid = parser.parse()
    return (
      isValid ? nil : "\(parser.parserError.map { "\($0)" } ?? "?"): \(document)", collector.text
    )
  }

  @Test("Whatever the cells and the title hold, it is XML", arguments: texts)
  func cells(text: String) {
    for style in [Style.plain, Style(.extra, on: .test, underline: true, reverse: true)] {
      for width in [0, 1, 2, 7, 40] {
        var buffer = CellBuffer(width: width, height: 2)
        buffer.write(text, x: 0, y: 0, style: style)
        buffer.write(text, endX: width, y: 1, style: style)
        for theme in [Theme(), Theme(depth: .none, background: .light)] {
          let svg = ScreenPicture.svg(of: buffer, theme: theme, title: text)
          #expect(parse(svg).error == nil)
        }
      }
    }
  }

  @Test("A screen without rows or columns is a document too") func empty() {
    for (width, height) in [(0, 0), (0, 3), (3, 0)] {
      let svg = ScreenPicture.svg(
        of: CellBuffer(width: width, height: height), theme: Theme(), title: "")
      #expect(parse(svg).error == nil)
    }
  }

  @Test("Who reads the document finds the text of the cells") func text() {
    var buffer = CellBuffer(width: 20, height: 1)
    buffer.write("]]> <a&b> 漢😀\"", x: 0, y: 0)
    let found = parse(ScreenPicture.svg(of: buffer, theme: Theme(), title: "t")).text
    #expect(found.contains("]]> <a&b> 漢😀\""))
  }

  @Test("Random characters of all planes make a document") func randomCharacters() {
    var state: UInt32 = 1
    var text = String.UnicodeScalarView()
    while text.count < 4000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      if let scalar = Unicode.Scalar((state >> 8) % 0x30000) { text.append(scalar) }
    }
    var buffer = CellBuffer(width: 6000, height: 1)
    buffer.write(String(text), x: 0, y: 0)
    #expect(parse(ScreenPicture.svg(of: buffer, theme: Theme(), title: String(text))).error == nil)
  }
}
