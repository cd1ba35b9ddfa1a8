public import TerminalCells

/// The screen while the experiment is being made: what takes its time, and how to leave.
public enum OpeningScreen {
  /// Draws it; `activity` is what is being done, as in `making 10000000 examples of circle`.
  ///
  /// `quit` is the key that leaves it.
  public static func draw(
    _ activity: String, size: ScreenSize, glyphs: GlyphSet, quit: String = "q"
  ) -> CellBuffer {
    var buffer = CellBuffer(width: size.columns, height: size.rows)
    let dots = glyphs == .ascii ? "..." : "…"
    let lines = ["\(activity)\(dots)", "\(quit) quits"]
    let top = max(0, (size.rows - lines.count) / 2)
    for (offset, line) in lines.enumerated() {
      buffer.write(
        line, x: max(0, (size.columns - line.count) / 2), y: top + offset,
        style: offset == 0 ? .plain : Style(.dim))
    }
    return buffer
  }

}
