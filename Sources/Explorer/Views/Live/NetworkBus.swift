import DropoutEngine
import TerminalCells

/// The line into the selected unit, and what joins it: the units that this step's mask keeps.
struct NetworkBus {
  /// The state that is drawn.
  let state: ExplorerState
  /// Where the layers stand.
  let columns: NetworkColumns
  /// The rows of the network.
  let rows: Int

  /// Whether what each unit adds to the selected one has room between the marks of two layers.
  static func hasTerms(_ state: ExplorerState, from: Int, to: Int) -> Bool {
    let isImage = state.shownLayer == 0 && state.snapshot.dataset.image != nil
    // Number, space, line, bus and arrow.
    return !isImage && to - from - (state.shownUnits == state.outputUnits ? 2 : 4) >= 12
  }

  /// Draws the bus; with room, each line in the colour of its weight and with what it contributes.
  ///
  /// A selected unit that is masked sends nothing on, whatever it gets, so no wire goes to it.
  func draw(in body: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer) {
    let glyphs = frame.glyphs
    guard state.isSelectedKept else { return }
    let source = UnitLayer.source(of: state.shownLayer)
    guard let from = columns.x(of: source), let to = columns.x(of: state.shownUnits) else { return }
    let isImage = source == .inputs && state.snapshot.dataset.image != nil
    let start = body.x + (isImage ? 5 : from + 1)
    // The number of a hidden unit stands before its mark.
    let end = body.x + to - (state.shownUnits == state.outputUnits ? 1 : 3)
    guard end >= start else { return }
    let gap = end - start + 1
    let bus = gap >= 8 ? end - 4 : start + gap / 3
    let targets = state.unitRows(of: state.shownUnits, rows: rows)
    guard let targetRow = targets.row(of: state.shownUnit) else { return }
    var joining: [Int: Int] = [:]
    if isImage {
      joining[rows / 2] = -1
    } else {
      let places = state.unitRows(of: source, rows: rows)
      for unit in places.units where state.reaches(source: unit) {
        if let row = places.row(of: unit) { joining[row] = unit }
      }
      if let rest = places.restRow { joining[rest] = -1 }
    }
    let top = min(targetRow, joining.keys.min() ?? targetRow)
    let bottom = max(targetRow, joining.keys.max() ?? targetRow)
    let strongest = strongestWeight
    for row in top...bottom {
      let y = body.y + row
      if let unit = joining[row] {
        let style = unit < 0 ? Style(.frame) : lineStyle(unit, strongest)
        for x in start..<max(start, bus) where buffer[x, y].scalar == " " {
          buffer[x, y] = Cell(glyphs.horizontal, style)
        }
        if unit >= 0, NetworkBus.hasTerms(state, from: from, to: to) {
          let text = NumberText.fitted(
            state.contribution(source: unit), decimals: 2, width: 6)
          buffer.write(text + " ", x: start, y: y, style: Style(.training))
          frame.mark(
            "adds", row: unit, at: Rect(x: start, y: y, width: text.columns, height: 1))
        }
      }
      let hasLeft = joining[row] != nil && bus > start
      buffer[bus, y] = Cell(
        joint(
          up: row > top, down: row < bottom, left: hasLeft || (joining[row] != nil && bus == start),
          right: row == targetRow, glyphs), Style(.frame))
    }
    for x in bus + 1..<max(bus + 1, end) {
      buffer[x, body.y + targetRow] = Cell(glyphs.horizontal, Style(.selected))
    }
    if end > bus { buffer[end, body.y + targetRow] = Cell(glyphs.arrowRight, Style(.selected)) }
  }

  private var strongestWeight: Double {
    let weights = state.evidence.layers[state.shownLayer].weights
    return weights.row(state.shownUnit).reduce(0) { max($0, Double($1.magnitude)) }
  }

  private func lineStyle(_ unit: Int, _ strongest: Double) -> Style {
    guard columns.extra > 0, strongest > 0 else { return Style(.frame) }
    let weight = Double(state.evidence.layers[state.shownLayer].weights[state.shownUnit, unit])
    guard weight.isFinite else { return Style(.frame) }
    let top = Role.divergingLevels
    let level = Int(drawn: weight / strongest * Double(top), in: -top...top)
    return Style(.diverging(level: level))
  }

  private func joint(
    up: Bool, down: Bool, left: Bool, right: Bool, _ glyphs: GlyphSet
  ) -> Unicode.Scalar {
    switch (up, down, left, right) {
    case (true, true, true, true): glyphs.cross
    case (true, true, true, false): glyphs.teeLeft
    case (true, true, false, true): glyphs.teeRight
    case (true, true, false, false): glyphs.vertical
    case (false, true, true, true): glyphs.teeDown
    case (true, false, true, true): glyphs.teeUp
    case (false, true, true, false): glyphs.topRight
    case (true, false, true, false): glyphs.bottomRight
    case (false, true, false, _): glyphs.topLeft
    case (true, false, false, _): glyphs.bottomLeft
    case (false, false, _, _): glyphs.horizontal
    }
  }
}
