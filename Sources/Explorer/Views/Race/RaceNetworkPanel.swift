import DropoutEngine
import TerminalCells

extension Panel {
  /// The masks of the race's selected variant.
  public static let raceNetwork = Panel(
    "race network", draw: RaceNetworkPanel.draw, formulas: RaceFormulas.lines)
}

/// The network of the selected runner in small, a line for each layer: which units the next step's
/// mask keeps.
enum RaceNetworkPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let lane = state.shownLane else { return }
    StyledLine([
      ("MASK", Style(.title)), ("  next step of ", Style(.dim)),
      (lane.name, RaceMarks.style(state.raceLine, isFront: true)),
    ]).write(x: frame.area.x, y: frame.area.y, on: &buffer)
    if let error = lane.notFinite {
      frame.paragraph(error.description, style: Style(.error), on: &buffer)
      return
    }
    let outputs = [Float](repeating: 1, count: state.snapshot.dataset.outputCount)
    let lines = (lane.masks + [outputs]).enumerated().flatMap { place, mask in
      self.lines(mask, named: name(place, of: lane.masks.count), width: frame.area.width)
    }
    let rows = ScrolledRows(
      count: lines.count, room: frame.area.height - 1, scroll: state.scroll[.raceNetwork] ?? 0)
    for (row, index) in rows.shown.enumerated() {
      let line = lines[index]
      let y = frame.area.y + 1 + row
      buffer.write(line.name, x: frame.area.x, y: y, style: Style(.dim))
      for (column, value) in line.mask.enumerated() {
        buffer[frame.area.x + nameWidth + column, y] = Cell(
          value != 0 ? frame.glyphs.kept : frame.glyphs.masked,
          Style(value != 0 ? .kept : .masked))
      }
      if !line.name.isEmpty { frame.mark(line.name, at: frame.area.row(1 + row)) }
    }
  }

  private static let nameWidth = 9

  private static func name(_ place: Int, of places: Int) -> String {
    place == 0 ? "inputs" : place == places ? "output" : "hidden\(place)"
  }

  /// The lines of a layer: as many as its units need, the first one with its name.
  private static func lines(
    _ mask: [Float], named name: String, width: Int
  ) -> [(name: String, mask: ArraySlice<Float>)] {
    let room = max(1, width - nameWidth)
    return stride(from: 0, to: mask.count, by: room).map { start in
      (start == 0 ? name : "", mask[start..<min(mask.count, start + room)])
    }
  }
}
