import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The error of an average over k subnetworks.
  public static let convergence = Panel(
    "convergence", parts: ["lines", "match"], axes: [distanceAxis, masksAxis],
    draw: ConvergencePanel.draw,
    formulas: EnsembleFormulas.convergence,
    explain: EnsembleExplanations.convergence)

  private static let distanceAxis = PanelAxis(place: "distance axis") { _ in
    [
      "How far an average over some masks is from the average over all, in the shown output: the "
        + "root mean square over repetitions. The axis is logarithmic.",
      "The level line is the distance of the averaged network, the large number above.",
    ]
  }

  private static let masksAxis = PanelAxis(place: "mask axis") { _ in
    ["How many drawn masks are averaged, from 1 to 1000. The axis is logarithmic."]
  }
}

/// The distance from an average over k masks to the mean of all subnetworks, and the k from which
/// the average is as near as the weight-scaling network.
enum ConvergencePanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let convergence = state.snapshot.ensemble?.convergence else {
      frame.heading("AVERAGE OF SOME MASKS", on: &buffer)
      if state.snapshot.ensemble != nil {
        frame.pending(on: &buffer)
      }
      return
    }
    frame.heading(
      [
        StyledLine([
          ("AVERAGE OF SOME MASKS", Style(.title)),
          ("  its distance from the average", Style(.dim)),
        ]),
        StyledLine([("AVERAGE OF SOME MASKS", Style(.title)), ("  its distance", Style(.dim))]),
        StyledLine([("AVERAGE OF SOME MASKS", Style(.title)), ("  distance", Style(.dim))]),
        StyledLine([("AVERAGE OF SOME", Style(.title))]),
      ], on: &buffer)
    guard convergence.totalVariance > 0 else {
      let isOne = state.snapshot.ensemble?.ensemble.weightScalingIsExact == .oneNetwork
      frame.paragraph(
        isOne
          ? "One network: nothing is averaged."
          : "Every mask gives the same answer here: nothing to average.", on: &buffer)
      return
    }
    let (plot, foot) = frame.area.inset(top: 1).splitBottom(frame.area.height >= 6 ? 2 : 0)
    let inner = self.plot(convergence).draw(in: plot, on: &buffer, glyphs: frame.glyphs)
    frame.mark("lines", at: inner)
    frame.mark("distance axis", at: plot.left(of: inner))
    guard !foot.isEmpty else { return }
    frame.mark("mask axis", at: Rect(x: inner.x, y: foot.y, width: inner.width, height: 1))
    buffer.write("1 mask", x: inner.x, y: foot.y, style: Style(.dim))
    buffer.write("1000", endX: inner.maxX, y: foot.y, style: Style(.dim))
    match(convergence, width: foot.width).write(x: foot.x, y: foot.y + 1, on: &buffer)
    frame.mark("match", at: Rect(x: foot.x, y: foot.y + 1, width: foot.width, height: 1))
  }

  /// Both axes are logarithmic, so that 1/sqrt(k) is a straight line.
  private static func plot(_ convergence: MonteCarloConvergence) -> LinePlot {
    func x(_ masks: Int) -> Double { ElementaryFunctions.logarithm(Double(masks)) }
    let points = convergence.points
    let ends = [points.first, points.last].compactMap { $0.map { x($0.masks) } }
    var series = [
      PlotSeries(
        marker: "t", role: .theory, points: points.map { PlotPoint(x($0.masks), $0.expected) },
        label: .init("theory", Style(.theory))),
      PlotSeries(
        marker: "m", role: .training, points: points.map { PlotPoint(x($0.masks), $0.measured) },
        label: .init("measured", Style(.training, bold: true))),
    ]
    // A distance due to rounding alone would squeeze the curves into a corner.
    let smallest = points.last?.expected ?? 0
    if convergence.weightScalingDistance > smallest / 10 {
      series.insert(
        PlotSeries(
          marker: "a", role: .strong,
          points: ends.map { PlotPoint($0, convergence.weightScalingDistance) },
          label: .init("averaged", Style(.strong))), at: 0)
    }
    return LinePlot(series: series, scale: .logarithmic)
  }

  /// The number of masks from which averaging is as near as weight scaling.
  private static func match(_ convergence: MonteCarloConvergence, width: Int) -> StyledLine {
    let measured = convergence.measuredMatch.map { "\($0)" } ?? "over 1000"
    let expected = convergence.expectedMatch
    let theory = expected < 1e6 ? NumberText.fixed(expected.rounded(.up), decimals: 0) : "never"
    let count = (measured, Style(.training, bold: true))
    let isOne = measured == "1"
    let end: [(String, Style)] = [
      (" (theory ", Style(.dim)), (theory, Style(.theory)), (")", Style(.dim)),
    ]
    func line(_ words: String) -> StyledLine { StyledLine([count, (words, Style(.dim))] + end) }
    return .longest(
      of: [
        line(
          isOne
            ? " mask is as near as the averaged network"
            : " masks are as near as the averaged network"),
        line(isOne ? " mask is as near" : " masks are as near"), line(isOne ? " mask" : " masks"),
        StyledLine([count]),
      ], fitting: width)
  }
}
