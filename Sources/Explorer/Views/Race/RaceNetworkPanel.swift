import DropoutEngine
import TerminalCells

extension Panel {
  /// The masks of the race's selected variant.
  public static let raceNetwork = Panel(
    "race network", draw: RaceNetworkPanel.draw, formulas: RaceFormulas.lines)
}

/// The network of the selected runner in small: which units the next step's mask keeps.
enum RaceNetworkPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let lane = state.shownLane else { return }
    StyledLine([
      (
        String(RaceMarks.letter(state.raceLine)),
        Style(RaceMarks.role(state.raceLine), bold: true)
      ),
      (" NETWORK", Style(.title)),
    ]).write(x: frame.area.x, y: frame.area.y, on: &buffer)
    if let error = lane.notFinite {
      frame.paragraph(error.description, style: Style(.error), on: &buffer)
      return
    }
    let outputs = state.snapshot.dataset.outputCount
    let columns = lane.masks.count + 1
    let gap = max(2, (frame.area.width - 4) / max(1, columns))
    for column in 0..<columns {
      let x = frame.area.x + 1 + column * gap
      let name = column == 0 ? "in" : column == columns - 1 ? "out" : "h\(column)"
      buffer.write(name, x: x, y: frame.area.y + 1, style: Style(.dim))
      let mask =
        column < lane.masks.count
        ? lane.masks[column] : [Float](repeating: 1, count: outputs)
      let rows = UnitRows(
        count: mask.count, rows: max(0, frame.area.height - 2),
        scroll: state.scroll[.raceNetwork] ?? 0)
      for unit in rows.units {
        guard let row = rows.row(of: unit) else { continue }
        let isKept = mask[unit] != 0
        buffer[x, frame.area.y + 2 + row] = Cell(
          isKept ? frame.glyphs.kept : frame.glyphs.masked, Style(isKept ? .kept : .masked))
      }
      if let rest = rows.restRow {
        buffer.write("+\(rows.hidden)", x: x, y: frame.area.y + 2 + rest, style: Style(.dim))
      }
    }
  }
}
