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

  /// Writes the meaning of the numbers behind the units that feed the selected one, where these
  /// numbers stand: what each adds to its sum.
  func drawTerms(_ state: ExplorerState, in head: Rect, on buffer: inout CellBuffer) {
    let source = UnitLayer.source(of: state.shownLayer)
    guard state.isSelectedKept, let from = columns.x(of: source),
      let to = columns.x(of: state.shownUnits), NetworkBus.hasTerms(state, from: from, to: to)
    else { return }
    let start = head.x + from + (source == .inputs ? 2 : "hidden\(source.index)".columns / 2 + 2)
    let isOutput = state.shownUnits == state.outputUnits
    let end =
      head.x + to - (isOutput ? 1 : "hidden\(state.shownUnits.index)".columns / 2 + 1)
    let unit =
      isOutput ? state.snapshot.dataset.outputNames[state.shownUnit] : "\(state.shownUnit + 1)"
    let texts = (isOutput ? [] : ["adds to unit \(unit)"]) + ["adds to \(unit)", "adds"]
    guard let text = texts.first(where: { start + $0.columns <= end }) else { return }
    buffer.write(text, x: start, y: head.y, style: Style(.training))
  }

  private func name(of units: UnitLayer, _ state: ExplorerState, room: Int) -> String {
    if units == .inputs { return columns.extra > 0 ? "inputs" : "in" }
    guard units == state.outputUnits else { return "hidden\(units.index)" }
    return room >= 6 ? "output" : "out"
  }
}
