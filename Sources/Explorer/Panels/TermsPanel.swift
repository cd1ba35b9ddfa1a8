import DropoutCore
import TerminalCells

enum TermsPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.write("WHAT ADDS UP", x: area.x, y: area.y, style: Style(.title))
    return [HitRegion(area: area, target: .panel(.terms))]
  }
}
