import TerminalCells
import Testing

@Suite("A text in large letters") struct LargeTextTests {
  /// The characters that have large shapes.
  private static let characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'\"-+*/()[]{}<>=%&_#|"

  private func rows(_ text: String, width: Int = 40) throws -> [String] {
    let large = try #require(LargeText(text, width: width), "\(text)")
    var buffer = CellBuffer(width: width, height: max(1, large.rows))
    large.draw(in: buffer.bounds, style: Style(.strong), on: &buffer)
    return buffer.plainRows
  }

  @Test("Each character has a shape of its own") func shapes() throws {
    var seen: [[String]: Character] = [:]
    for character in LargeTextTests.characters {
      let rows = try rows(String(character))
      #expect(rows.contains { $0.contains { $0 != " " } }, "\(character)")
      #expect(seen[rows] == nil, "\(character) looks like \(seen[rows] ?? " ")")
      seen[rows] = character
    }
  }

  @Test("A letter fills its columns, with one between two letters") func columns() throws {
    #expect(LargeText("H", width: 40)?.columns == 4)
    #expect(LargeText("HH", width: 40)?.columns == 9)
    let rows = try rows("1.", width: 5)
    #expect(rows == ["\u{2584}\u{2588}", " \u{2588}", "\u{2584}\u{2588}\u{2584} \u{2584}", ""])
  }

  @Test("A line of the text starts a line, however much room there is") func ownLines() throws {
    let large = try #require(LargeText("1) a\n2) b c", width: 200))
    #expect(large.lines == ["1) a", "2) b c"])
  }

  @Test("Lines are wrapped between words, and none is wider than asked for", arguments: 30...60)
  func wrapped(_ width: Int) throws {
    let text = "It is two times as much in testing."
    let large = try #require(LargeText(text, width: width))
    #expect(large.columns <= width && large.lines.joined(separator: " ") == text)
    #expect(large.rows == large.lines.count * LargeText.rowsOfLine)
  }

  @Test("What has no large shape, or no room, is none") func none() {
    #expect(LargeText("caf\u{E9}", width: 80) == nil && LargeText("", width: 80) == nil)
    #expect(LargeText("wide", width: 8) == nil)
  }
}
