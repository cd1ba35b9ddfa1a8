import TerminalCells

extension GlyphSet {
  /// One cell of a quiet bar, for shares and ranges.
  var thinBar: Unicode.Scalar { isUnicode ? "━" : "#" }

  /// One cell of the other part of a quiet bar.
  var dashedBar: Unicode.Scalar { isUnicode ? "╍" : ":" }
}
