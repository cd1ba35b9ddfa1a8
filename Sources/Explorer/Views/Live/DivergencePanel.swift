import DropoutMeasure
import TerminalCells

extension Panel {
  /// How much training and test sums differ, layer by layer.
  public static let divergence = Panel(
    "divergence", draw: DivergencePanel.draw, formulas: DivergenceFormulas.lines)
}

/// How far the sums into each layer part between training and testing: drawn by the engine, and
/// expected.
enum DivergencePanel {
  /// The rows that all layers need, with the heading.
  static func rows(_ state: ExplorerState) -> Int { state.outputLayer + 2 }

  /// Draws the heading and a row for each layer that fits; the selected one and the output layer
  /// first.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let layers = state.snapshot.measured.divergence.value
    let isWide = frame.area.width >= 52
    var x = frame.area.x + frame.heading("DIVERGENCE", on: &buffer)
    if isWide {
      x = frame.area.x
      for (text, end) in [("drawn", 19), ("expected", 34), ("ratio", 42), ("floor", 50)] {
        buffer.write(text, endX: x + end, y: frame.area.y, style: Style(.dim))
      }
    } else {
      buffer.write("  0 = train, test agree", x: x, y: frame.area.y, style: Style(.dim))
    }
    if layers.isEmpty {
      frame.pending(on: &buffer)
    }
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.divergence)
    let shown = shownLayers(layers.count, room: frame.area.height - 1, selected: state.shownLayer)
    for (row, layer) in shown.enumerated() {
      drawRow(
        layers[layer], name: "into " + state.layerName(layer), isWide: isWide,
        isSelected: layer == state.shownLayer, isCurrent: isCurrent,
        in: frame.area.row(row + 1), on: &buffer)
    }
    if shown.count < layers.count, frame.area.width >= 38 {
      let text = "+\(layers.count - shown.count)"
      buffer.write(text, endX: frame.area.maxX, y: frame.area.y, style: Style(.dim))
    }
  }

  /// The layers that are shown where there is not room for all: the selected one, the output layer,
  /// and those before the selected one.
  static func shownLayers(_ count: Int, room: Int, selected: Int) -> [Int] {
    guard room > 0 else { return [] }
    guard count > room else { return Array(0..<count) }
    var chosen: Set<Int> = [selected]
    if room > 1 { chosen.insert(count - 1) }
    for layer in (0..<count).sorted(by: { abs($0 - selected) < abs($1 - selected) })
    where chosen.count < room {
      chosen.insert(layer)
    }
    return chosen.sorted()
  }

  private static func drawRow(
    _ value: LayerDivergence, name: String, isWide: Bool, isSelected: Bool, isCurrent: Bool,
    in line: Rect, on buffer: inout CellBuffer
  ) {
    let numbers = Style(isCurrent ? .text : .dim, bold: isSelected && isCurrent)
    let theory = Style(isCurrent ? .theory : .dim)
    buffer.write(name, x: line.x, y: line.y, style: Style(isSelected ? .selected : .text))
    buffer.write(
      NumberText.fitted(value.drawn, decimals: 3, width: 6), endX: line.x + 19, y: line.y,
      style: numbers)
    if value.method == .none {
      buffer.write("inputs kept", x: line.x + 20, y: line.y, style: Style(.dim))
      return
    }
    buffer.write(value.method.name, x: line.x + 20, y: line.y, style: theory)
    if isWide {
      buffer.write(
        NumberText.fitted(value.expected, decimals: 3, width: 7), endX: line.x + 34, y: line.y,
        style: theory)
      buffer.write(
        NumberText.fitted(value.ratio, decimals: 2, width: 6), endX: line.x + 42, y: line.y,
        style: numbers)
      buffer.write(
        NumberText.fitted(value.drawnFloor, decimals: 3, width: 7), endX: line.x + 50, y: line.y,
        style: Style(.dim))
    } else {
      let x = max(line.x + 27, line.x + 21 + value.method.name.count)
      let room = max(0, line.maxX - x)
      let expected = NumberText.fixed(value.expected, decimals: 3)
      buffer.write(
        expected.columns <= room
          ? expected : NumberText.fitted(value.expected, decimals: 3, width: room),
        x: x, y: line.y, style: theory)
    }
  }
}
