import DropoutCore
import TerminalCells

enum SignalsPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.write("SIGNALS", x: area.x, y: area.y, style: Style(.title))
    return [HitRegion(area: area, target: .panel(.signals))]
  }
}
