import DropoutEngine
import TerminalCells

/// The test losses of all runners over the steps, each with its letter.
enum RaceCurvesPanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let regions = [HitRegion(area: area, target: .panel(.raceCurves))]
    buffer.clipped(to: area) { buffer in
      let log = state.logAxis ? " log" : ""
      StyledLine.longest(
        of: [
          StyledLine([
            ("TEST LOSS\(log)", Style(.title)),
            ("  of each variant's own test pass, on the test part", Style(.dim)),
          ]), StyledLine([("TEST LOSS\(log)", Style(.title))]),
        ], fitting: area.width
      ).write(x: area.x, y: area.y, on: &buffer)
      let steps = Double(state.race?.step ?? 0)
      guard steps > 0 else {
        buffer.write(
          state.lanes.isEmpty ? "being measured" : "space starts them", x: area.x, y: area.y + 1,
          style: Style(.dim))
        return
      }
      // The selected one lies on top.
      let order =
        state.lanes.indices.filter { $0 != state.raceLine }
        + state.lanes.indices.filter { $0 == state.raceLine }
      let series = order.map { lane in
        PlotSeries(
          marker: RaceMarks.letter(lane), role: RaceMarks.role(lane),
          points: state.lanes[lane].points.map { PlotPoint(Double($0.step), $0.testLoss) })
      }
      let (plot, foot) = area.inset(top: 1).splitBottom(area.height >= 6 ? 1 : 0)
      let inner = LinePlot(
        series: series, xRange: 0...steps, scale: state.logAxis ? .logarithmic : .linear
      ).draw(in: plot, on: &buffer, glyphs: glyphs)
      guard !foot.isEmpty else { return }
      buffer.write("0", x: inner.x, y: foot.y, style: Style(.dim))
      buffer.write(
        "step \(state.race?.step ?? 0)", endX: inner.maxX, y: foot.y, style: Style(.dim))
    }
    return regions
  }
}
