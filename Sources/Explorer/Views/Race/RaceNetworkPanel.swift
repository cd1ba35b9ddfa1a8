import DropoutEngine
import TerminalCells

/// The network of the selected runner in small: which units the next step's mask keeps.
enum RaceNetworkPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let regions = [HitRegion(area: area, target: .panel(.raceNetwork))]
    buffer.clipped(to: area) { buffer in
      guard let lane = state.shownLane else { return }
      StyledLine([
        (
          String(RaceMarks.letter(state.raceLine)),
          Style(RaceMarks.role(state.raceLine), bold: true)
        ),
        (" NETWORK", Style(.title)),
      ]).write(x: area.x, y: area.y, on: &buffer)
      if let error = lane.notFinite {
        for (row, line) in wrap(error.description, width: area.width).enumerated() {
          buffer.write(line, x: area.x, y: area.y + 1 + row, style: Style(.error))
        }
        return
      }
      let outputs = state.snapshot.dataset.outputCount
      let columns = lane.masks.count + 1
      let gap = max(2, (area.width - 4) / max(1, columns))
      for column in 0..<columns {
        let x = area.x + 1 + column * gap
        let name = column == 0 ? "in" : column == columns - 1 ? "out" : "h\(column)"
        buffer.write(name, x: x, y: area.y + 1, style: Style(.dim))
        let mask =
          column < lane.masks.count
          ? lane.masks[column] : [Float](repeating: 1, count: outputs)
        let rows = UnitRows(
          count: mask.count, rows: max(0, area.height - 2), scroll: state.scroll[.raceNetwork] ?? 0)
        for unit in rows.units {
          guard let row = rows.row(of: unit) else { continue }
          let isKept = mask[unit] != 0
          buffer[x, area.y + 2 + row] = Cell(
            isKept ? glyphs.kept : glyphs.masked, Style(isKept ? .kept : .masked))
        }
        if let rest = rows.restRow {
          buffer.write("+\(rows.hidden)", x: x, y: area.y + 2 + rest, style: Style(.dim))
        }
      }
    }
    return regions
  }
}
