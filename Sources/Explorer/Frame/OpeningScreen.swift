public import TerminalCells

/// The screen while the experiment is being made: what takes its time, and how to leave.
public enum OpeningScreen {
  /// Draws it; `activity` is what is being done, as in `making 10000000 examples of circle`.
  ///
  /// `details` stand below it, wrapped; `quit` is the key that leaves it.
  public static func draw(
    _ activity: String, details: [String] = [], size: ScreenSize, glyphs: GlyphSet,
    quit: String = "q"
  ) -> CellBuffer {
    var buffer = CellBuffer(width: size.columns, height: size.rows)
    let dots = glyphs == .ascii ? "..." : "…"
    let wrapped = details.flatMap { wrap($0, width: max(1, size.columns - 2)) }
    let lines = ["\(activity)\(dots)"] + wrapped + ["\(quit) quits"]
    let top = max(0, (size.rows - lines.count) / 2)
    for (offset, line) in lines.enumerated() {
      buffer.write(
        line, x: max(0, (size.columns - line.columns) / 2), y: top + offset,
        style: offset == 0 ? .plain : Style(.dim))
    }
    return buffer
  }
}
