import TerminalCells

extension GlyphSet {
  /// The glyphs of bars of sums: what both passes have is a pattern, what only the test pass has is solid, so that
  /// it is the brightest thing on the screen.
  var sumBars: GlyphSet {
    guard isUnicode else { return self }
    var glyphs = self
    glyphs.bar = "▒"
    glyphs.extra = "█"
    return glyphs
  }

  /// One cell of a quiet bar, for shares and ranges.
  var thinBar: Unicode.Scalar { isUnicode ? "━" : "#" }

  /// One cell of the other part of a quiet bar.
  var dashedBar: Unicode.Scalar { isUnicode ? "╍" : ":" }
}
