import DropoutEngine
import TerminalCells

extension Panel {
  /// The network, its edges drawn by gradient.
  public static let gradientNetwork = Panel(
    "gradient network", parts: ["wires", "gradients"], minimum: ScreenSize(columns: 8, rows: 2),
    draw: GradientNetworkPanel.draw,
    formulas: BackwardFormulas.edges,
    explain: StepExplanations.network)
}

/// The network with its edges drawn by the gradient of the watched example, and the edges into the
/// selected unit one by one.
enum GradientNetworkPanel {
  /// Draws the network; with room, the edges into the selected unit beside it.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    if frame.area.width >= 90 {
      let parts = frame.area.columns([.remaining, .fixed(28)], gap: 2)
      let picture = GradientPicture(state: state, width: parts[0].width)
      // Where rows are few, the units need them all.
      let (network, foot) = parts[0].splitBottom(parts[0].height >= 12 ? 1 : 0)
      frame.regions += picture.draw(in: network, glyphs: frame.glyphs, on: &buffer)
      let legends = GradientPicture.wireLegends(state, frame.glyphs).map { StyledLine($0) }
      if !foot.isEmpty, !legends.isEmpty {
        StyledLine.longest(of: legends, fitting: foot.width).write(
          x: foot.x, y: foot.y, on: &buffer)
      }
      drawEdges(state, in: parts[1], glyphs: frame.glyphs, on: &buffer)
      frame.mark("wires", at: parts[0])
      frame.mark("gradients", at: parts[1])
    } else {
      let picture = GradientPicture(state: state, width: frame.area.width)
      frame.regions += picture.draw(in: frame.area, glyphs: frame.glyphs, on: &buffer)
      frame.mark("wires", at: frame.area)
    }
  }

  /// The edges into the selected unit: a bar and the gradient of each; where not all fit, the
  /// strongest.
  private static func drawEdges(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let layer = state.shownLayer
    let name =
      layer == state.outputLayer
      ? state.snapshot.dataset.outputNames[state.shownUnit]
      : "unit \(state.shownUnit + 1)"
    let headings = ["INTO \(name), this example", "INTO \(name)"]
    let heading = headings.first { $0.columns <= area.width } ?? headings[1]
    buffer.write(
      heading.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y,
      style: Style(.title))
    guard state.isReached(.backward(layer)) else {
      buffer.write(
        "not computed yet".truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x,
        y: area.y + 1, style: Style(.dim))
      return
    }
    let gradients = (0..<state.evidence.layers[layer].received.columns).map {
      state.ownGradient(layer: layer, unit: state.shownUnit, source: $0)
    }
    let strengths = gradients.map { $0.isFinite ? $0.magnitude : .infinity }
    let room = area.height - 1
    var shown = Array(gradients.indices)
    if gradients.count > room {
      shown.sort { (strengths[$0], $1) > (strengths[$1], $0) }
      shown = Array(shown.prefix(max(0, room - 1)))
    }
    let scale = strengths.max() ?? 0
    for (row, source) in shown.enumerated() {
      drawEdge(
        state, source: source, gradient: gradients[source], scale: scale,
        in: area.row(row + 1), glyphs: glyphs, on: &buffer)
    }
    if shown.count < gradients.count, room > 0 {
      buffer.write(
        "+\(gradients.count - shown.count) weaker", x: area.x + 1, y: area.maxY - 1,
        style: Style(.dim))
    }
  }

  private static func drawEdge(
    _ state: ExplorerState, source: Int, gradient: Double, scale: Double, in line: Rect,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let layer = state.shownLayer
    let phase = StepPhase.backward(layer)
    // Pixels have long names that differ at their ends: their numbers say more.
    let isNamed = layer == 0 && state.snapshot.dataset.image == nil
    let name = isNamed ? state.snapshot.dataset.inputNames[source] : "\(source + 1)"
    let reaches = state.reaches(source: source)
    buffer[line.x, line.y] = Cell(
      reaches ? glyphs.kept : glyphs.masked, Style(reaches ? .kept : .masked))
    buffer.write(
      name.truncated(to: 4, ellipsis: glyphs.ellipsis), x: line.x + 1, y: line.y,
      style: Style(reaches ? .text : .dim), maxWidth: 4)
    buffer.write(
      NumberText.gradient(gradient, width: 7), endX: line.maxX, y: line.y,
      style: state.style(of: phase))
    let room = line.width - 14
    guard room > 1, scale > 0, scale.isFinite, gradient.isFinite else { return }
    let role = GradientPicture.role(gradient, scale: scale)
    Bar(value: gradient, scale: scale, valueRole: role).draw(
      in: Rect(x: line.x + 6, y: line.y, width: room, height: 1), on: &buffer, glyphs: glyphs)
  }
}
