import DropoutEngine
import TerminalCells

/// The examples on a map: those that the network gets wrong first, the others as far as they leave
/// the map in sight.
struct MapPoints {
  /// The state that is drawn.
  let state: ExplorerState
  /// Where the examples lie.
  let plane: PlaneData
  /// The network's outputs for them, `[examples][outputs]`.
  let outputs: Matrix
  /// The outputs of all maps that stand side by side, so that each has the same points.
  let all: [Matrix]

  /// The point of one example.
  struct Point: Equatable {
    /// How far to the right it lies, 0...1.
    var across: Double
    /// How far down it lies, 0...1.
    var down: Double
    /// The class; for numbers 1 where the target is at least 0, else 0.
    var kind: Int
    /// Whether the network gets it wrong.
    var isWrong: Bool
    /// Whether it is wrong on one of the maps side by side.
    var isWrongSomewhere: Bool
  }

  /// The points that lie on the map and are known.
  var points: [Point] {
    let examples = state.snapshot.measured.examples.value.examples
    let xs = span(plane.xRange)
    let ys = span(plane.yRange)
    guard xs.length > 0, ys.length > 0, outputs.columns > 0 else { return [] }
    return examples.prefix(outputs.rows).enumerated().compactMap { row, example in
      guard example >= 0, plane.points.indices.contains(2 * example + 1) else { return nil }
      let across = (Double(plane.points[2 * example]) - xs.start) / xs.length
      let up = (Double(plane.points[2 * example + 1]) - ys.start) / ys.length
      guard (0...1).contains(across), (0...1).contains(up) else { return nil }
      let (kind, isWrong) = verdict(of: outputs, row: row, example: example)
      let isWrongSomewhere = all.contains {
        row < $0.rows && verdict(of: $0, row: row, example: example).isWrong
      }
      return Point(
        across: across, down: 1 - up, kind: kind, isWrong: isWrong,
        isWrongSomewhere: isWrong || isWrongSomewhere)
    }
  }

  /// Draws as many points as a map of that size bears.
  func draw(over map: HeatMap, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    let points = points
    let isSmall = area.width < 20 || area.height < 8
    let room = area.width * area.height / (isSmall ? 10 : 8)
    let telling = points.filter(\.isWrongSomewhere).prefix(room)
    let others = isSmall ? [] : points.filter { !$0.isWrongSomewhere }
    let shown = others.prefix(room - telling.count).reversed() + telling
    // Wrong ones go last, so that nothing hides them.
    for point in shown.filter({ !$0.isWrong }) + shown.filter(\.isWrong) {
      let column = Int(cellOf: point.across, among: area.width)
      let row = Int(cellOf: point.down, among: area.height)
      let behind =
        glyphs.usesHalfBlocks ? role(of: map, across: point.across, down: point.down) : nil
      let cell: Cell
      if point.isWrong {
        // In the hue of its own class, on the map of another one.
        let role = state.snapshot.dataset.isClassification ? Role.classHue(point.kind) : .strong
        cell = Cell("!", Style(role, bold: true, reverse: true))
      } else if state.snapshot.dataset.isClassification {
        cell = Cell(
          glyphs.marker(ofClass: point.kind), Style(.classHue(point.kind), on: behind, bold: true))
      } else {
        cell = Cell(point.kind == 0 ? "-" : "+", Style(.strong, on: behind))
      }
      buffer[area.x + column, area.y + row] = cell
    }
  }

  private func verdict(
    of outputs: Matrix, row: Int, example: Int
  ) -> (kind: Int, isWrong: Bool) {
    switch state.snapshot.dataset.targets {
    case .classes(let classes):
      let target = classes.indices.contains(example) ? classes[example] : 0
      return (target, Verdict(outputs.row(row)).best != target)
    case .values(let values):
      guard values.columns > 0, example < values.rows else { return (0, false) }
      let target = Double(values[example, 0])
      let error = (Double(outputs[row, 0]) - target).magnitude
      let isClose = error <= 0.3 * MapsOutcome.targetScale(state.snapshot)
      return (target >= 0 ? 1 : 0, !isClose)
    }
  }

  private func role(of map: HeatMap, across: Double, down: Double) -> Role? {
    guard map.columns > 0, map.rows > 0 else { return nil }
    let column = Int(cellOf: across, among: map.columns)
    let row = Int(cellOf: down, among: map.rows)
    return map.values[row * map.columns + column].role
  }

  private func span(_ range: ClosedRange<Float>) -> (start: Double, length: Double) {
    (Double(range.lowerBound), Double(range.upperBound) - Double(range.lowerBound))
  }
}
