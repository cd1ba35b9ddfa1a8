import DropoutCore
import TerminalCells

enum MeansPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.write("THE MEANS", x: area.x, y: area.y, style: Style(.title))
    return [HitRegion(area: area, target: .panel(.means))]
  }
}
