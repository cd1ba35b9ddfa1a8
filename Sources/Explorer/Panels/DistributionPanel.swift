import DropoutCore
import TerminalCells

enum DistributionPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.write("THE SUM OVER ALL MASKS", x: area.x, y: area.y, style: Style(.title))
    return [HitRegion(area: area, target: .panel(.distribution))]
  }
}
