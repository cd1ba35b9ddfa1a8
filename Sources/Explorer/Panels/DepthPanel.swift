import DropoutCore
import TerminalCells

enum DepthPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.write("OVER DEPTH", x: area.x, y: area.y, style: Style(.title))
    return [HitRegion(area: area, target: .panel(.depth))]
  }
}
