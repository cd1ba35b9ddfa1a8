import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// Divergence and ratio over depth, under each scaling.
  public static let depth = Panel(
    "depth", draw: DepthPanel.draw, formulas: SumsFormulas.depth)
}

/// Ratio and divergence of each layer under every scaling, for the weights as they are: how the gap
/// between training and test grows with depth.
enum DepthPanel {
  /// The columns of one layer: ratio, what it would be without nonlinearities, divergence.
  private static let group = 17

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let depth = state.snapshot.depth ?? []
    let names = 11
    let layers = DivergencePanel.shownLayers(
      depth.first?.layers.count ?? 0, room: max(1, (frame.area.width - names) / group),
      selected: state.shownLayer)
    frame.heading("DEPTH", on: &buffer)
    buffer.write("into", x: frame.area.x + 6, y: frame.area.y, style: Style(.dim))
    guard !depth.isEmpty else {
      frame.pending(on: &buffer)
      return
    }
    for (column, layer) in layers.enumerated() {
      let x = frame.area.x + names + column * group
      buffer.write(
        state.layerName(layer), x: x + 1, y: frame.area.y,
        style: Style(layer == state.shownLayer ? .selected : .text))
      if frame.area.height >= depth.count + 2 {
        for (text, end, role) in [
          ("ratio", 5, Role.text), ("p^-L", 10, .theory), ("div", 15, .text),
        ] {
          buffer.write(
            text, endX: x + end, y: frame.area.y + 1, style: Style(role == .theory ? .theory : .dim)
          )
        }
      }
    }
    let first = frame.area.height >= depth.count + 2 ? 2 : 1
    for (row, scaling) in depth.enumerated() {
      let line = frame.area.row(first + row)
      guard !line.isEmpty else { continue }
      draw(
        scaling, layers: layers, names: names, state, in: line, glyphs: frame.glyphs, on: &buffer)
    }
    drawNote(in: frame.area, row: first + depth.count + 1, on: &buffer)
  }

  private static func draw(
    _ depth: ScalingDepth, layers: [Int], names: Int, _ state: ExplorerState, in line: Rect,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let isNow = depth.scaling == state.configuration.dropout.scaling
    if isNow { buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected)) }
    buffer.write(
      depth.scaling.rawValue, x: line.x + 1, y: line.y, style: Style(isNow ? .selected : .text))
    for (column, layer) in layers.enumerated() {
      let x = line.x + names + column * group
      let value = depth.layers[layer]
      let isParted = abs(value.ratio - 1) > 0.005
      buffer.write(
        NumberText.fitted(value.ratio, decimals: 2, width: 5), endX: x + 5, y: line.y,
        style: Style(isParted ? .extra : .text, bold: isNow))
      buffer.write(
        NumberText.fitted(depth.compounded[layer], decimals: 2, width: 4), endX: x + 10,
        y: line.y, style: Style(.theory))
      buffer.write(
        NumberText.fitted(value.drawn, decimals: 2, width: 4), endX: x + 15, y: line.y,
        style: Style(.text, bold: isNow))
    }
  }

  private static func drawNote(in area: Rect, row: Int, on buffer: inout CellBuffer) {
    guard row < area.height else { return }
    let text =
      "ratio: test over mean training sum of the probe examples. p^-L: what it would be if nothing "
      + "bent. div: divergence, drawn."
    for (index, line) in wrap(text, width: area.width).enumerated() {
      buffer.write(line, x: area.x, y: area.y + row + index, style: Style(.dim))
    }
  }
}
