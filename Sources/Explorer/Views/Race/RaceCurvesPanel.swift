import DropoutEngine
import TerminalCells

extension Panel {
  /// The losses over the steps, a curve for each variant.
  public static let raceCurves = Panel(
    "race curves", parts: ["lines", "names"], axes: [.loss, .steps], draw: RaceCurvesPanel.draw,
    formulas: RaceFormulas.lines, explain: RaceExplanations.curves)
}

/// The test losses of all runners over the steps, each with its name at its end; also those that
/// lie ahead, where the race went back.
enum RaceCurvesPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let log = state.logAxis ? " log" : ""
    frame.heading(
      [
        StyledLine([
          ("TEST LOSS\(log)", Style(.title)),
          ("  of each variant on the test part, tested its own way", Style(.dim)),
        ]), StyledLine([("TEST LOSS\(log)", Style(.title)), ("  of each variant", Style(.dim))]),
        StyledLine([("TEST LOSS\(log)", Style(.title))]),
      ], on: &buffer)
    let step = state.race?.step ?? 0
    let last = max(step, state.lanes.compactMap { $0.points.last?.step }.max() ?? 0)
    guard last > 0 else {
      frame.pending(
        state.lanes.isEmpty ? nil : "\(state.keys[.toggleRunning]) starts them", on: &buffer)
      return
    }
    let (plot, foot) = frame.area.inset(top: 1).splitBottom(frame.area.height >= 6 ? 1 : 0)
    let series = series(state, width: plot.width, glyphs: frame.glyphs)
    let inner = LinePlot(
      series: series, marks: step < last ? [PlotMark(x: Double(step), role: .selected)] : [],
      xRange: 0...Double(last), yRange: range(of: series, state, rows: plot.height),
      scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: frame.glyphs)
    frame.mark("lines", at: inner)
    frame.mark(PanelAxis.loss.place, at: plot.left(of: inner))
    frame.mark(
      "names",
      at: Rect(x: inner.maxX, y: inner.y, width: plot.maxX - inner.maxX, height: inner.height))
    guard !foot.isEmpty else { return }
    frame.mark(PanelAxis.steps.place, at: foot)
    let end = "step \(step)" + (step < last ? " of \(last)" : "")
    if let start = ["step 0", "0"].first(where: { $0.columns + 2 + end.columns <= inner.width }) {
      buffer.write(start, x: inner.x, y: foot.y, style: Style(.dim))
    }
    buffer.write(end, endX: inner.maxX, y: foot.y, style: Style(.dim))
  }

  /// The range of the losses where rows are few, so that none stays empty; nil leaves it to the
  /// plot, which rounds it.
  private static func range(
    of series: [PlotSeries], _ state: ExplorerState, rows: Int
  ) -> ClosedRange<Double>? {
    let losses = series.lazy.flatMap(\.points).map(\.y).filter(\.isFinite)
    guard rows < 12, !state.logAxis, let least = losses.min(), let most = losses.max(), most > least
    else { return nil }
    return least...most
  }

  /// The curves, the ones in front last.
  private static func series(
    _ state: ExplorerState, width: Int, glyphs: GlyphSet
  ) -> [PlotSeries] {
    let front = state.frontLanes
    func rank(_ lane: Int) -> Int { lane == state.raceLine ? 2 : front.contains(lane) ? 1 : 0 }
    let order = state.lanes.indices.sorted { (rank($0), $0) < (rank($1), $1) }
    return order.map { index in
      let lane = state.lanes[index]
      let isFront = front.contains(index)
      // A piece of the line tells it from one of the same colour, its letter where there are few.
      let mark =
        glyphs.usesBraille
        ? RaceMarks.swatch(index, state) + " " : "\(RaceMarks.letter(index)) = "
      return PlotSeries(
        marker: RaceMarks.letter(index), role: .lane(index, isQuiet: !isFront),
        points: lane.points.map { PlotPoint(Double($0.step), $0.testLoss) },
        isDashed: Role.isLaneDashed(index), isLettered: RaceMarks.hasLetters(state),
        label: .init(
          mark + lane.shortName.truncated(to: width / 4, ellipsis: glyphs.ellipsis),
          RaceMarks.style(index, isFront: isFront)))
    }
  }
}
