import DropoutEngine
import TerminalCells

/// The names of the layers above the network.
struct NetworkHeadings {
  /// Where the layers stand.
  let columns: NetworkColumns

  /// Writes the names, each over its marks as far as the one before leaves room; dots stand where
  /// layers are left out.
  func draw(
    _ state: ExplorerState, in head: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    var end = head.x - 1
    var before: UnitLayer?
    for (index, layer) in columns.layers.enumerated() {
      let units = layer.units
      let next = index + 1 < columns.layers.count ? columns.layers[index + 1].x : head.width
      let name = name(
        of: units, state, room: units == state.outputUnits ? head.maxX - end - 1 : next)
      let wanted = head.x + layer.x - (units == .inputs ? name.columns - 1 : name.columns / 2)
      let x = max(
        end + 1,
        min(units == state.outputUnits ? head.x + layer.x : wanted, head.maxX - name.columns))
      if let before, before.distance(to: units) > 1 {
        // Layers that are left out must be seen to be missing, however little room there is.
        let text = x > end + 1 ? ".." : String(glyphs.ellipsis)
        buffer.write(text, x: max(end, x - text.columns), y: head.y, style: Style(.dim))
      }
      end =
        x
        + buffer.write(
          name, x: x, y: head.y,
          style: units == state.shownUnits ? Style(.selected) : Style(.title))
      before = units
    }
  }

  private func name(of units: UnitLayer, _ state: ExplorerState, room: Int) -> String {
    if units == .inputs { return columns.extra > 0 ? "inputs" : "in" }
    guard units == state.outputUnits else { return "hidden\(units.index)" }
    return room >= 6 ? "output" : "out"
  }
}
