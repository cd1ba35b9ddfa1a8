import DropoutEngine
import TerminalCells

/// The examples on a map, as many as leave the map in sight: of those that the network gets right
/// and of those that it gets wrong the same share, so that the picture says what the number above
/// it says.
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
    /// On which of the maps side by side it is wrong.
    var wrongMaps: [Bool]
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
      let wrongMaps = all.map {
        row < $0.rows && verdict(of: $0, row: row, example: example).isWrong
      }
      return Point(
        across: across, down: 1 - up, kind: kind, isWrong: isWrong, wrongMaps: wrongMaps)
    }
  }

  /// The column and the row of a point on a map of some size.
  private static func cell(of point: Point, in area: Rect) -> (column: Int, row: Int) {
    (Int(cellOf: point.across, among: area.width), Int(cellOf: point.down, among: area.height))
  }

  /// At most `room` points, in cells of their own: of those that are wrong on the same maps the
  /// same share as of all, to the nearest point.
  static func thinned(_ points: [Point], room: Int, in area: Rect) -> [Point] {
    let kinds = Self.kinds(of: points)
    var room = min(max(0, room), points.count)
    // Points that lie together have few cells; then there are fewer of the others as well.
    while room > 0 {
      if let shown = share(kinds, of: points, room: room, in: area) { return shown }
      room -= max(1, room / 10)
    }
    return []
  }

  /// The points by the maps on which they are wrong, those on more maps first, as indices.
  private static func kinds(of points: [Point]) -> [[Int]] {
    Dictionary(grouping: points.indices) { points[$0].wrongMaps }.values.sorted {
      let (one, other) = (points[$0[0]].wrongMaps, points[$1[0]].wrongMaps)
      let (more, fewer) = (one.count { $0 }, other.count { $0 })
      return more == fewer ? one.lexicographicallyPrecedes(other) { $0 && !$1 } : more > fewer
    }
  }

  /// That share of each kind, `room` points in all; nil where some kind has too few cells.
  private static func share(
    _ kinds: [[Int]], of points: [Point], room: Int, in area: Rect
  ) -> [Point]? {
    var isTaken = [Bool](repeating: false, count: area.width * area.height)
    var shown: [Point] = []
    var seen = 0
    for kind in kinds {
      seen += kind.count
      // Rounded from the first kind on, so that all of them are `room`.
      let most = (2 * seen * room + points.count) / (2 * points.count)
      for index in kind where shown.count < most {
        let place = cell(of: points[index], in: area)
        let number = place.row * area.width + place.column
        guard !isTaken[number] else { continue }
        isTaken[number] = true
        shown.append(points[index])
      }
      if shown.count < most { return nil }
    }
    return shown
  }

  /// Draws as many points as a map of that size bears.
  func draw(over map: HeatMap, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    guard !area.isEmpty else { return }
    // On a small map fewer points would be too few for a share.
    let isSmall = area.width < 20 || area.height < 8
    let room = area.width * area.height / (isSmall ? 4 : 8)
    for point in MapPoints.thinned(points, room: room, in: area) {
      let (column, row) = MapPoints.cell(of: point, in: area)
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
