import DropoutEngine
import TerminalCells

extension Panel {
  /// The units of the network with this step's masks.
  public static let network = Panel(
    "network", minimum: ScreenSize(columns: 8, rows: 2),
    traits: [.wheelSelectsUnits, .turnsOneLayer], draw: NetworkPanel.draw,
    formulas: SelectedSumFormulas.lines)
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
      hidden: state.outputLayer, selected: state.shownLayer, width: frame.area.width)
    drawHeadings(state, columns, in: head, glyphs: frame.glyphs, on: &buffer)
    let bus = NetworkBus(state: state, columns: columns, rows: body.height)
    bus.draw(in: body, glyphs: frame.glyphs, on: &buffer)
    let legend = legendLines(state, glyphs: frame.glyphs)
    for layer in columns.layers {
      let isOutput = layer.units == state.outputUnits
      let isSelected = layer.units == state.shownUnits
      let rows = isOutput && !isSelected ? body.height - legend.count : body.height
      let places = state.unitRows(of: layer.units, rows: rows)
      if layer.units == .inputs, state.snapshot.dataset.image != nil {
        buffer.write("image", x: body.x, y: body.y + body.height / 2, style: Style(.dim))
        continue
      }
      for unit in places.units {
        guard let row = places.row(of: unit) else { continue }
        let x = body.x + layer.x
        let y = body.y + row
        drawUnit(
          state, unit, in: layer.units, x: x, y: y, glyphs: frame.glyphs, on: &buffer)
        if let selected = layer.units.layer {
          frame.regions.append(
            HitRegion(
              area: frame.area.intersection(
                Rect(x: x - 1, y: y, width: isOutput ? 7 : 3, height: 1)),
              target: .unit(Selection(layer: selected, unit: unit))))
        }
      }
      if let rest = places.restRow {
        let x = body.x + max(1, layer.x - (isOutput ? 0 : 2))
        buffer.write("+\(places.hidden)", x: x, y: body.y + rest, style: Style(.dim))
      }
    }
    drawLegend(legend, state, columns, in: body, on: &buffer)
  }

  private static func drawHeadings(
    _ state: ExplorerState, _ columns: NetworkColumns, in head: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    var end = head.x
    var before: UnitLayer?
    for layer in columns.layers {
      let units = layer.units
      let isSelected = units == state.shownUnits
      let name =
        units == .inputs ? "in" : units == state.outputUnits ? "out" : "hidden\(units.index)"
      let start = max(
        units == .inputs ? head.x + 1 : end + 1, head.x + layer.x - name.count / 2 + 1)
      let x = name.count == 7 ? max(end + 1, head.x + layer.x - 2) : start
      if let before, before.distance(to: units) > 1 {
        // Layers that are left out must be seen to be missing, however little room there is.
        let text = x > end + 1 ? ".." : String(glyphs.ellipsis)
        buffer.write(text, x: max(end, x - text.columns), y: head.y, style: Style(.dim))
      }
      end =
        x
        + buffer.write(
          name, x: x, y: head.y, style: isSelected ? Style(.selected) : Style(.title))
      before = units
    }
  }

  private static func drawUnit(
    _ state: ExplorerState, _ unit: Int, in units: UnitLayer, x: Int, y: Int, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let mark = state.mark(of: unit, in: units)
    let isSelected = units == state.shownUnits && unit == state.shownUnit
    if units == state.outputUnits {
      let name = state.snapshot.dataset.outputNames[unit]
      buffer.write(
        name.truncated(to: 6, ellipsis: glyphs.ellipsis), x: x, y: y,
        style: Style(isSelected ? .selected : .text))
    } else if units == .inputs {
      let isMasked = state.evidence.configuration.hidesInputs
      let name = state.snapshot.dataset.inputNames[unit]
      buffer.write(
        name.truncated(to: isMasked ? 2 : 3, ellipsis: glyphs.ellipsis), x: x - 2, y: y,
        style: isMasked ? mark.style : Style(.text))
      if isMasked { buffer[x, y] = Cell(mark.scalar(glyphs), mark.style) }
    } else {
      let style = isSelected ? Style(.selected) : mark.style
      buffer[x, y] = Cell(mark.scalar(glyphs), style)
    }
  }

  /// The marks that the picture uses, and the step whose mask it shows.
  private static func legendLines(
    _ state: ExplorerState, glyphs: GlyphSet
  ) -> [(text: String, style: Style)] {
    let step = String(state.evidence.step)
    let when =
      switch step.count {
      case ...3: "step \(step)"
      case ...5: "at \(step)"
      default: "at \(NumberText.compact(state.evidence.step))"
      }
    var marks: [UnitMark] = [.kept, .masked]
    let interventions = state.snapshot.interventions.values
    if interventions.contains(.kill) { marks.append(.killed) }
    if interventions.contains(.pin) { marks.append(.pinned) }
    let isBackward = state.evidence.configuration.dropout.maskPass == .backward
    return [(when, Style(.dim))] + (isBackward ? [("backward", Style(.dim))] : [])
      + marks.map { (String($0.scalar(glyphs)) + " " + $0.name, $0.style) }
  }

  private static func drawLegend(
    _ lines: [(text: String, style: Style)], _ state: ExplorerState, _ columns: NetworkColumns,
    in body: Rect, on buffer: inout CellBuffer
  ) {
    guard let out = columns.layers.last else { return }
    let outputs = state.unitRows(of: out.units, rows: body.height)
    let isOutputSelected = out.units == state.shownUnits
    if isOutputSelected, outputs.shown > body.height - lines.count { return }
    let width = lines.map(\.text.columns).max() ?? 0
    let x = min(body.x + out.x - 1, body.maxX - width)
    for (index, line) in lines.enumerated() {
      buffer.write(line.text, x: x, y: body.maxY - lines.count + index, style: line.style)
    }
  }
}
