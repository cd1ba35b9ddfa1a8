import DropoutCore
import TerminalCells

enum RankedPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.write("BEST AND WORST", x: area.x, y: area.y, style: Style(.title))
    return [HitRegion(area: area, target: .panel(.ranked))]
  }
}
