import DropoutEngine
import DropoutMeasure
import TerminalCells

/// Where on the plane of the inputs the average of the networks differs most from the averaged network.
enum GapMapPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let regions = [HitRegion(area: area, target: .panel(.gapMap))]
    buffer.clipped(to: area) { buffer in
      guard let plane = state.snapshot.dataset.plane else {
        buffer.write("GAP MAP", x: area.x, y: area.y, style: Style(.title))
        let text = "A map needs two inputs; these data have \(state.snapshot.dataset.inputCount)."
        for (row, line) in wrap(text, width: area.width).enumerated() {
          buffer.write(line, x: area.x, y: area.y + 1 + row, style: Style(.dim))
        }
        return
      }
      guard let map = state.snapshot.ensemble?.map else {
        buffer.write("GAP a - w", x: area.x, y: area.y, style: Style(.title))
        buffer.write("being measured", x: area.x, y: area.y + 1, style: Style(.dim))
        return
      }
      let gaps = zip(map.arithmeticMean, map.weightScaling).map { $0 - $1 }
      let finite = gaps.filter(\.isFinite)
      // Below that both are the same but for the rounding of 32 bits.
      let rounding = 1e-6
      let largest = finite.map(\.magnitude).max() ?? 0
      let widest = largest < rounding ? 0 : largest
      heading(widest, map, width: area.width).write(x: area.x, y: area.y, on: &buffer)
      let (rest, legend) = area.inset(top: 1).splitBottom(area.height >= 12 ? 1 : 0)
      let picture = MapShape(plane: plane).fitted(in: rest)
      let side = Int(
        drawn: Double(gaps.count).squareRoot().rounded(.down), in: 0...gaps.count)
      guard !picture.isEmpty, side * side == gaps.count else { return }
      HeatMap(columns: side, rows: side, signed: gaps, scale: widest).draw(
        in: picture, on: &buffer, glyphs: glyphs)
      markWatched(state, plane, in: picture, on: &buffer)
      if !legend.isEmpty {
        buffer.write(
          "X the watched example", x: legend.x, y: picture.maxY, style: Style(.dim))
      }
    }
    return regions
  }

  private static func heading(_ widest: Double, _ map: JensenMap, width: Int) -> StyledLine {
    let scale = widest == 0 ? "0" : NumberText.significant(widest, digits: 2)
    let method = EnsembleText.method(map.method)
    let isExact = map.method == .exact
    return .longest(
      of: [
        StyledLine([
          ("JENSEN GAP a - w", Style(.title)), ("  up to \(scale), \(method)", Style(.text)),
          ("  average of the networks less averaged network", Style(.dim)),
        ]),
        StyledLine([
          ("JENSEN GAP a - w", Style(.title)), ("  up to \(scale), \(method)", Style(.text)),
        ]),
        StyledLine([("GAP a - w", Style(.title)), (" \(scale) \(method)", Style(.text))]),
        StyledLine([("GAP", Style(.title)), (" \(scale) \(method)", Style(.text))]),
        StyledLine([("GAP", Style(.title)), (" \(scale)\(isExact ? "" : " mc")", Style(.text))]),
      ], fitting: width)
  }

  /// Marks where the watched example lies.
  private static func markWatched(
    _ state: ExplorerState, _ plane: PlaneData, in picture: Rect, on buffer: inout CellBuffer
  ) {
    let example = state.evidence.examples[state.watchedRow]
    guard plane.points.indices.contains(2 * example + 1) else { return }
    func share(_ value: Float, _ range: ClosedRange<Float>) -> Double {
      Double((value - range.lowerBound) / (range.upperBound - range.lowerBound))
    }
    let across = share(plane.points[2 * example], plane.xRange)
    let up = share(plane.points[2 * example + 1], plane.yRange)
    guard (0...1).contains(across), (0...1).contains(up) else { return }
    buffer[
      picture.x + Int(cellOf: across, among: picture.width),
      picture.y + Int(cellOf: 1 - up, among: picture.height)] = Cell(
        "X", Style(.strong))
  }
}
