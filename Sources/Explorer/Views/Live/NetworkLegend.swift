import DropoutEngine
import TerminalCells

/// The meaning of the marks and wires of the network, and the step whose mask they show, where that
/// is not the one in the first line.
struct NetworkLegend {
  /// The state that is drawn.
  let state: ExplorerState
  /// Where the layers stand.
  let columns: NetworkColumns
  /// The characters.
  let glyphs: GlyphSet
  /// The columns of the panel.
  let width: Int

  /// Its lines.
  var lines: [StyledLine] {
    let isBackward = state.evidence.configuration.dropout.maskPass == .backward
    return heldLines + (isBackward ? [StyledLine([("backward", Style(.dim))])] : [])
      + marks.map { mark in
        StyledLine([
          (String(mark.scalar(glyphs)) + " ", mark.style), (mark.name, Style(.dim)),
        ])
      } + (state.isSelectedKept ? wireLines : noWires)
  }

  /// The first column behind the marks of the last hidden layer.
  private var start: Int { (columns.layers.dropLast().last?.x ?? -2) + 2 }

  /// Whether the long texts fit beside the last hidden layer.
  private var isRoomy: Bool { columns.extra > 0 && width - start >= "── weight > 0".count }

  /// The step of the mask, where training has gone on since.
  private var heldLines: [StyledLine] {
    let step = state.evidence.step
    // While it runs the lines stay, so that nothing hops where training meets the step.
    guard state.isRunning || step != state.snapshot.step else { return [] }
    let texts =
      isRoomy ? ["mask of step", "\(step), held"] : ["mask of", "\(step),", "held"]
    return texts.map { StyledLine([($0, Style(.dim))]) }
  }

  /// The reason why there are no wires.
  private var noWires: [StyledLine] {
    (isRoomy ? ["\(state.shownUnit + 1) masked:"] : []).map {
      StyledLine([($0, Style(.dim))])
    } + [StyledLine([("no wires", Style(.dim))])]
  }

  private var marks: [UnitMark] {
    var marks: [UnitMark] = [.kept, .masked]
    let interventions = state.snapshot.interventions.values
    if interventions.contains(.kill) { marks.append(.killed) }
    if interventions.contains(.pin) { marks.append(.pinned) }
    return marks
  }

  /// The colours of the wires, or where they go where they have none.
  private var wireLines: [StyledLine] {
    guard columns.extra > 0 else {
      let target = state.shownUnits == state.outputUnits ? "out" : "\(state.shownUnit + 1)"
      return [
        StyledLine([
          (String(glyphs.horizontal), Style(.selected)), (" to \(target)", Style(.dim)),
        ])
      ]
    }
    let wire = String([glyphs.horizontal, glyphs.horizontal].map(Character.init))
    let top = Role.divergingLevels
    let name = isRoomy ? "weight " : ""
    return [
      StyledLine([(wire, Style(.diverging(level: top))), (" \(name)> 0", Style(.dim))]),
      StyledLine([(wire, Style(.diverging(level: -top))), (" \(name)< 0", Style(.dim))]),
    ]
  }

  /// Writes the lines below the outputs.
  func draw(in body: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer) {
    guard let out = columns.layers.last else { return }
    let lines = lines
    let outputs = state.unitRows(of: out.units, rows: body.height)
    if out.units == state.shownUnits, outputs.shown > body.height - lines.count { return }
    let width = lines.map(\.columns).max() ?? 0
    let x = body.x + max(start, min(out.x, self.width - width))
    for (index, line) in lines.enumerated() {
      line.write(x: x, y: body.maxY - lines.count + index, on: &buffer)
    }
    let area = Rect(
      x: x, y: body.maxY - lines.count, width: min(width, body.maxX - x), height: lines.count)
    frame.mark("mask", at: area)
  }
}

extension ExplorerState {
  /// Whether the mask that is drawn keeps the selected unit; an output always is.
  var isSelectedKept: Bool {
    switch mark(of: shownUnit, in: shownUnits) {
    case .kept, .pinned: true
    case .masked, .killed: false
    }
  }
}
