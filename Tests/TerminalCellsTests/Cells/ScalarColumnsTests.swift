import CLibrary
import TerminalCells
import Testing

@Suite("Columns of characters") struct ScalarColumnsTests {
  @Test("Every glyph that we draw takes one column") func glyphs() {
    for set in [GlyphSet.unicode, .ascii] {
      let singles = [
        set.kept, set.masked, set.selected, set.horizontal, set.vertical, set.topLeft,
        set.topRight, set.bottomLeft, set.bottomRight, set.teeRight, set.teeLeft, set.teeDown,
        set.teeUp, set.cross, set.axis, set.bar, set.extra, set.upperHalf, set.arrowRight,
        set.arrowLeft, set.arrowUp, set.arrowDown, set.ellipsis, set.running, set.paused,
        set.check, set.times, set.plusMinus, set.bullet,
      ]
      let all = singles + set.eighths + set.risingEighths + set.shades + set.classMarkers
      #expect(all.allSatisfy { $0.columns == 1 })
      #expect(set.isUnicode || all.allSatisfy(\.isASCII))
    }
  }

  @Test("The C library counts the columns of everyday characters as we do") func libraryAgrees()
    throws
  {
    // The headers declare this function only for the X/Open extensions.
    let symbol = try #require(dlsym(nil, "wcwidth"))
    let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
    guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return }
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA0...0x52F, 0x2190...0x21FF, 0x2500...0x27BF, 0x2800...0x28FF,
      0x3041...0x3096, 0x4E00...0x9FA5, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0x1F600...0x1F64F,
    ]
    for range in ranges {
      for scalar in range.compactMap(Unicode.Scalar.init) where scalar.columns >= 0 {
        #expect(
          wcwidth(wchar_t(scalar.value)) == Int32(scalar.columns), "\(scalar) \(scalar.value)")
      }
    }
  }
}
