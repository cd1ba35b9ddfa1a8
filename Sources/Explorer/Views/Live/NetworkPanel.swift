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
      hidden: state.outputLayer, target: state.shownLayer + 1, width: frame.area.width)
    drawHeadings(state, columns, in: head, glyphs: frame.glyphs, on: &buffer)
    let bus = NetworkBus(state: state, columns: columns, rows: body.height)
    bus.draw(in: body, glyphs: frame.glyphs, on: &buffer)
    let legend = legendLines(state, glyphs: frame.glyphs)
    for node in columns.nodes {
      let isOutput = node.index == state.outputLayer + 1
      let isSelected = node.index == state.shownLayer + 1
      let rows = isOutput && !isSelected ? body.height - legend.count : body.height
      let places = state.unitRows(node: node.index, rows: rows)
      if node.index == 0, state.snapshot.dataset.image != nil {
        buffer.write("image", x: body.x, y: body.y + body.height / 2, style: Style(.dim))
        continue
      }
      for unit in places.units {
        guard let row = places.row(of: unit) else { continue }
        let x = body.x + node.x
        let y = body.y + row
        drawUnit(state, node: node.index, unit: unit, x: x, y: y, glyphs: frame.glyphs, on: &buffer)
        if node.index > 0 {
          frame.regions.append(
            HitRegion(
              area: frame.area.intersection(
                Rect(x: x - 1, y: y, width: isOutput ? 7 : 3, height: 1)),
              target: .unit(Selection(layer: node.index - 1, unit: unit))))
        }
      }
      if let rest = places.restRow {
        let x = body.x + max(1, node.x - (isOutput ? 0 : 2))
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
    var before = -1
    for node in columns.nodes {
      let isSelected = node.index == state.shownLayer + 1
      let name =
        node.index == 0
        ? "in" : node.index == state.outputLayer + 1 ? "out" : "hidden\(node.index)"
      let start = max(node.index == 0 ? head.x + 1 : end + 1, head.x + node.x - name.count / 2 + 1)
      let x = name.count == 7 ? max(end + 1, head.x + node.x - 2) : start
      if before >= 0, node.index > before + 1 {
        // Layers that are left out must be seen to be missing, however little room there is.
        let text = x > end + 1 ? ".." : String(glyphs.ellipsis)
        buffer.write(text, x: max(end, x - text.columns), y: head.y, style: Style(.dim))
      }
      end =
        x
        + buffer.write(
          name, x: x, y: head.y, style: isSelected ? Style(.selected) : Style(.title))
      before = node.index
    }
  }

  private static func drawUnit(
    _ state: ExplorerState, node: Int, unit: Int, x: Int, y: Int, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let mark = state.mark(node: node, unit: unit)
    let isSelected = node == state.shownLayer + 1 && unit == state.shownUnit
    if node == state.outputLayer + 1 {
      let name = state.snapshot.dataset.outputNames[unit]
      buffer.write(
        name.truncated(to: 6, ellipsis: glyphs.ellipsis), x: x, y: y,
        style: Style(isSelected ? .selected : .text))
    } else if node == 0 {
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
    guard let out = columns.nodes.last else { return }
    let outputs = state.unitRows(node: out.index, rows: body.height)
    let isOutputSelected = out.index == state.shownLayer + 1
    if isOutputSelected, outputs.shown > body.height - lines.count { return }
    let width = lines.map(\.text.columns).max() ?? 0
    let x = min(body.x + out.x - 1, body.maxX - width)
    for (index, line) in lines.enumerated() {
      buffer.write(line.text, x: x, y: body.maxY - lines.count + index, style: line.style)
    }
  }
}
