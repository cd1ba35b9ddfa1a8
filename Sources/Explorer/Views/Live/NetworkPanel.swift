import DropoutEngine
import TerminalCells

extension Panel {
  /// The units of the network with this step's masks.
  public static let network = Panel(
    "network", parts: ["adds", "mask"], minimum: ScreenSize(columns: 8, rows: 2),
    traits: [.wheelSelectsUnits, .turnsOneLayer], draw: NetworkPanel.draw,
    formulas: SelectedSumFormulas.lines, explain: NetworkExplanations.lines)
}

/// The network with the masks of the step that is drawn: a mark for each unit, and the bus that
/// carries what is kept into the selected unit.
enum NetworkPanel {
  /// Draws the heading and a row for each unit, and says where the units are.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (head, body) = frame.area.splitTop(1)
    let columns = NetworkColumns(
      hidden: state.outputLayer, selected: state.shownLayer, width: frame.area.width,
      names: nameColumns(state))
    let headings = NetworkHeadings(columns: columns)
    headings.draw(state, in: head, glyphs: frame.glyphs, on: &buffer)
    headings.drawTerms(state, in: head, on: &buffer)
    let bus = NetworkBus(state: state, columns: columns, rows: body.height)
    bus.draw(in: body, frame: &frame, on: &buffer)
    let legend = NetworkLegend(
      state: state, columns: columns, glyphs: frame.glyphs, width: body.width)
    for layer in columns.layers {
      draw(layer, columns, legendRows: legend.lines.count, state, in: body, &frame, on: &buffer)
    }
    legend.draw(in: body, frame: &frame, on: &buffer)
  }

  /// The columns of the longest names of inputs and outputs.
  static func nameColumns(_ state: ExplorerState) -> (inputs: Int, outputs: Int) {
    let dataset = state.snapshot.dataset
    func widest(_ names: [String]) -> Int { names.lazy.map(\.columns).max() ?? 0 }
    return (dataset.image == nil ? widest(dataset.inputNames) : 0, widest(dataset.outputNames))
  }

  private static func draw(
    _ layer: UnitColumn, _ columns: NetworkColumns, legendRows: Int, _ state: ExplorerState,
    in body: Rect, _ frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let isOutput = layer.units == state.outputUnits
    let isSelected = layer.units == state.shownUnits
    if layer.units == .inputs, state.snapshot.dataset.image != nil {
      // In the narrowest drawing the numbers of the first layer stand right behind it.
      buffer.write(
        columns.extra > 0 ? "image" : "img", x: body.x, y: body.y + body.height / 2,
        style: Style(.dim))
      return
    }
    let rows = isOutput && !isSelected ? body.height - legendRows : body.height
    let places = state.unitRows(of: layer.units, rows: rows)
    for unit in places.units {
      guard let row = places.row(of: unit) else { continue }
      let cell = (x: body.x + layer.x, y: body.y + row)
      drawUnit(state, unit, in: layer.units, columns, at: cell, frame.glyphs, on: &buffer)
      if let selected = layer.units.layer {
        frame.regions.append(
          HitRegion(
            area: frame.area.intersection(
              Rect(x: cell.x - 1, y: cell.y, width: isOutput ? 7 : 3, height: 1)),
            target: .unit(Selection(layer: selected, unit: unit))))
      }
    }
    if let rest = places.restRow {
      let x = body.x + max(1, layer.x - (isOutput ? 0 : 2))
      buffer.write("+\(places.hidden)", x: x, y: body.y + rest, style: Style(.dim))
    }
  }

  /// Draws the mark of a unit, and its number or name beside it.
  private static func drawUnit(
    _ state: ExplorerState, _ unit: Int, in units: UnitLayer, _ columns: NetworkColumns,
    at cell: (x: Int, y: Int), _ glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let mark = state.mark(of: unit, in: units)
    let isSelected = units == state.shownUnits && unit == state.shownUnit
    let dot = isSelected ? Style(.selected) : mark.style
    let names = state.snapshot.dataset
    if units == state.outputUnits {
      buffer[cell.x, cell.y] = Cell(glyphs.kept, isSelected ? Style(.selected) : Style(.kept))
      buffer.write(
        names.outputNames[unit].truncated(to: columns.outputNames, ellipsis: glyphs.ellipsis),
        x: cell.x + 2, y: cell.y,
        style: isSelected ? Style(.selected) : Style(names.hueRole(ofOutput: unit)))
    } else if units == .inputs {
      let isMasked = state.evidence.configuration.hidesInputs
      // A number says more than the first letter of a name.
      let name = names.inputNames[unit]
      let isCut = name.columns > columns.inputNames && columns.inputNames < 4
      let text =
        isCut ? "\(unit + 1)" : name.truncated(to: columns.inputNames, ellipsis: glyphs.ellipsis)
      buffer.write(
        text, endX: cell.x, y: cell.y, style: isMasked ? mark.style : Style(.text),
        maxWidth: columns.inputNames)
      buffer[cell.x, cell.y] = Cell(
        isMasked ? mark.scalar(glyphs) : glyphs.kept, isMasked ? mark.style : Style(.kept))
    } else {
      // Beyond two digits there is no room; the table has the numbers as well.
      if unit < 99 {
        buffer.write(
          "\(unit + 1)", endX: cell.x, y: cell.y, style: Style(isSelected ? .selected : .dim))
      }
      buffer[cell.x, cell.y] = Cell(mark.scalar(glyphs), dot)
    }
  }
}

extension Dataset {
  /// The role of an output's name: the hue that its class has on the map of the plane, where there
  /// is such a map.
  fileprivate func hueRole(ofOutput output: Int) -> Role {
    isClassification && plane != nil ? .classHue(output) : .text
  }
}
