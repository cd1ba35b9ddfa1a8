import TerminalCells

extension CellBuffer {
  /// Draws the quiet lines between panels: rectangles of one column or one row.
  mutating func draw(rules: [Rect], glyphs: GlyphSet) {
    for rule in rules {
      fill(rule, with: Cell(rule.width == 1 ? glyphs.vertical : glyphs.horizontal, Style(.frame)))
    }
  }

  /// Marks a panel as the one that keys act on.
  mutating func markFocus(of panel: Rect) {
    restyle(panel.row(0)) { style in
      style.underline = true
      style.bold = true
    }
  }
}
