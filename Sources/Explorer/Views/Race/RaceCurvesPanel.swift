import DropoutEngine
import TerminalCells

extension Panel {
  /// The losses over the steps, a curve for each variant.
  public static let raceCurves = Panel(
    "race curves", draw: RaceCurvesPanel.draw, formulas: RaceFormulas.lines)
}

/// The test losses of all runners over the steps, each with its letter; also those that lie ahead,
/// where the race went back.
enum RaceCurvesPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let log = state.logAxis ? " log" : ""
    frame.heading(
      [
        StyledLine([
          ("TEST LOSS\(log)", Style(.title)),
          ("  of each variant's own test pass, on the test part", Style(.dim)),
        ]), StyledLine([("TEST LOSS\(log)", Style(.title))]),
      ], on: &buffer)
    let step = state.race?.step ?? 0
    let last = max(step, state.lanes.compactMap { $0.points.last?.step }.max() ?? 0)
    guard last > 0 else {
      frame.pending(
        state.lanes.isEmpty ? nil : "\(state.keys[.toggleRunning]) starts them", on: &buffer)
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
    let (plot, foot) = frame.area.inset(top: 1).splitBottom(frame.area.height >= 6 ? 1 : 0)
    let inner = LinePlot(
      series: series,
      marks: step < last ? [PlotMark(x: Double(step), role: .selected)] : [],
      xRange: 0...Double(last), scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: frame.glyphs)
    guard !foot.isEmpty else { return }
    buffer.write("0", x: inner.x, y: foot.y, style: Style(.dim))
    buffer.write(
      "step \(step)" + (step < last ? " of \(last)" : ""), endX: inner.maxX, y: foot.y,
      style: Style(.dim))
  }
}
