import Explorer
import TerminalCells

/// A panel that is drawn on a screen of its own.
struct DrawnPanel {
  /// The cells.
  let buffer: CellBuffer
  /// The regions that a click can hit.
  let regions: [HitRegion]

  /// Draws a panel that fills a screen.
  init(
    _ panel: Panel, of state: ExplorerState, width: Int, height: Int, glyphs: GlyphSet = .ascii
  ) {
    var state = state
    state.glyphs = glyphs
    var buffer = CellBuffer(width: width, height: height)
    regions = panel.draw(state, in: buffer.bounds, on: &buffer)
    self.buffer = buffer
  }

  /// The rows without spaces at their ends.
  var rows: [String] { buffer.plainRows }
}
