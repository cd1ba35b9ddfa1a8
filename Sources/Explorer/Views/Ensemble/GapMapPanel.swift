import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The map of the Jensen gap over the plane of the inputs.
  public static let gapMap = Panel(
    "gap map", parts: ["map"], draw: GapMapPanel.draw, formulas: EnsembleFormulas.map)
}

/// Where on the plane of the inputs the average of the networks differs most from the averaged
/// network.
enum GapMapPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let plane = state.snapshot.dataset.plane else {
      frame.heading("GAP MAP", on: &buffer)
      let text = "A map needs two inputs; these data have \(state.snapshot.dataset.inputCount)."
      frame.paragraph(text, on: &buffer)
      return
    }
    guard let map = state.snapshot.ensemble?.map else {
      frame.heading("GAP OVER THE INPUTS", on: &buffer)
      frame.pending(on: &buffer)
      return
    }
    let gaps = zip(map.arithmeticMean, map.weightScaling).map { $0 - $1 }
    let finite = gaps.filter(\.isFinite)
    // Below that both are the same but for the rounding of 32 bits.
    let rounding = 1e-6
    let largest = finite.map(\.magnitude).max() ?? 0
    let widest = largest < rounding ? 0 : largest
    frame.heading(headings(widest, map), on: &buffer)
    let (rest, legend) = frame.area.inset(top: 1).splitBottom(
      frame.area.height >= 14 ? 3 : frame.area.height >= 12 ? 2 : 0)
    let picture = MapShape(plane: plane).fitted(in: rest)
    let side = Int(
      drawn: Double(gaps.count).squareRoot().rounded(.down), in: 0...gaps.count)
    guard !picture.isEmpty, side * side == gaps.count else { return }
    HeatMap(columns: side, rows: side, signed: gaps, scale: widest).draw(
      in: picture, on: &buffer, glyphs: frame.glyphs)
    frame.mark("map", at: picture)
    markWatched(state, plane, in: picture, on: &buffer)
    guard !legend.isEmpty else { return }
    buffer.write("X the watched example", x: legend.x, y: picture.maxY, style: Style(.dim))
    let colors = StyledLine.longest(of: legends(frame.glyphs), fitting: legend.width)
    colors.write(x: legend.x, y: picture.maxY + 1, on: &buffer)
    let saysFaint = colors.parts.contains { $0.text.contains("faint") }
    guard !saysFaint, legend.height >= 3 else { return }
    buffer.write("faint: the same", x: legend.x, y: picture.maxY + 2, style: Style(.dim))
  }

  /// The meaning of the colours, from long to short.
  private static func legends(_ glyphs: GlyphSet) -> [StyledLine] {
    let top = Role.divergingLevels
    func line(_ start: String, _ larger: String, _ smaller: String, _ end: String) -> StyledLine {
      StyledLine([
        (start, Style(.dim)), (larger, Style(.diverging(level: top))), (", ", Style(.dim)),
        (smaller, Style(.diverging(level: -top))), (end, Style(.dim)),
      ])
    }
    return [
      line("the average is ", "larger", "smaller", " than the averaged network; faint: the same"),
      line("the average is ", "larger", "smaller", "; faint: the same"),
      line("average ", "larger", "smaller", "; faint: same"),
      line("average ", "larger", "smaller", ""),
      StyledLine(),
    ]
  }

  private static func headings(
    _ widest: Double, _ map: JensenMap
  ) -> [StyledLine] {
    let scale = widest == 0 ? "0" : NumberText.significant(widest, digits: 2)
    let drawn = EnsembleText.method(map.method)
    let method = drawn + (map.method == .exact ? "" : " masks")
    return [
      StyledLine([
        ("GAP OVER THE INPUTS", Style(.title)), ("  up to \(scale), \(method)", Style(.text)),
        ("  average less averaged network", Style(.dim)),
      ]),
      StyledLine([
        ("GAP OVER THE INPUTS", Style(.title)), ("  up to \(scale), \(method)", Style(.text)),
      ]),
      StyledLine([("GAP", Style(.title)), ("  up to \(scale), \(method)", Style(.text))]),
      StyledLine([("GAP", Style(.title)), ("  up to \(scale), \(drawn)", Style(.text))]),
      StyledLine([("GAP", Style(.title)), ("  up to \(scale)", Style(.text))]),
      StyledLine([("GAP", Style(.title)), (" \(scale)", Style(.text))]),
    ]
  }

  /// Marks where the watched example lies.
  private static func markWatched(
    _ state: ExplorerState, _ plane: PlaneData, in picture: Rect, on buffer: inout CellBuffer
  ) {
    guard let example = state.snapshot.ensemble?.ensemble.example else { return }
    guard example >= 0, plane.points.indices.contains(2 * example + 1) else { return }
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
