import TerminalCells
import Testing

@Suite("Numbers in large digits") struct LargeNumberTests {
  private func rows(
    _ text: String, _ size: LargeNumber.Size, _ glyphs: GlyphSet
  ) -> [String] {
    let number = LargeNumber(text, size: size)
    var buffer = CellBuffer(width: number.columns(glyphs: glyphs), height: size.rows)
    number.draw(in: buffer.bounds, style: .plain, glyphs: glyphs, on: &buffer)
    return buffer.text
  }

  @Test("2.00x in half blocks, in segments and in dots") func ratio() {
    #expect(
      rows("2.0x", .small, .unicode) == [
        "▀▀█   █▀█    ", "█▀▀   █ █ ▀▄▀", "▀▀▀ ▀ ▀▀▀ ▀ ▀",
      ])
    #expect(
      rows("2.0x", .small, .ascii) == [
        " _      _     ", " _|    | |  \\/", "|_  .  |_|  /\\",
      ])
    #expect(
      rows("-1", .large, .ascii) == [
        "        ####  ", "          ##  ", "######    ##  ", "          ##  ", "        ######",
      ])
  }

  @Test("Every digit and sign differs from the others, with each set of glyphs")
  func differ() {
    for size in LargeNumber.Size.allCases {
      for glyphs in [GlyphSet.unicode, .ascii] {
        let shapes = "0123456789.-+x%".map { rows(String($0), size, glyphs) }
        #expect(Set(shapes).count == shapes.count)
        #expect(shapes.allSatisfy { $0.count == size.rows })
      }
    }
  }

  @Test("A character without a large form stands in the middle row") func others() {
    #expect(rows("n", .small, .unicode) == [" ", "n", " "])
    #expect(rows("階", .large, .unicode) == ["  ", "  ", "階", "  ", "  "])
    #expect(rows("", .small, .unicode) == ["", "", ""])
  }
}
