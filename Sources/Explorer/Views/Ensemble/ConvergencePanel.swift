import DropoutEngine
import DropoutMeasure
import TerminalCells

/// How near an average over k masks comes to the mean of all subnetworks, and from which k it is as near as the
/// weight-scaling network.
enum ConvergencePanel {
  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let regions = [HitRegion(area: area, target: .panel(.convergence))]
    buffer.clipped(to: area) { buffer in
      guard let convergence = state.snapshot.ensemble?.convergence else {
        buffer.write("AVERAGE OF k", x: area.x, y: area.y, style: Style(.title))
        if state.snapshot.ensemble != nil {
          buffer.write("being measured", x: area.x, y: area.y + 1, style: Style(.dim))
        }
        return
      }
      let legend: [(String, Style)] = [
        ("k", Style(.training, bold: true)), (" measured  ", Style(.training)),
        ("-", Style(.theory, bold: true)), (" sqrt(V/k)  ", Style(.theory)),
        ("w", Style(.counterfactual, bold: true)), (" weight scaling", Style(.counterfactual)),
      ]
      StyledLine.longest(
        of: [
          StyledLine([("ERROR OF AN AVERAGE OVER k MASKS  ", Style(.title))] + legend),
          StyledLine([("AVERAGE OF k  ", Style(.title))] + legend),
          StyledLine([("AVERAGE OF k ERROR", Style(.title))]),
          StyledLine([("AVERAGE OF k", Style(.title))]),
        ], fitting: area.width
      ).write(x: area.x, y: area.y, on: &buffer)
      guard convergence.totalVariance > 0 else {
        for (row, line) in wrap("One network: nothing is averaged.", width: area.width).enumerated()
        {
          buffer.write(line, x: area.x, y: area.y + 1 + row, style: Style(.dim))
        }
        return
      }
      let (plot, foot) = area.inset(top: 1).splitBottom(area.height >= 6 ? 2 : 0)
      let inner = self.plot(convergence).draw(in: plot, on: &buffer, glyphs: glyphs)
      guard !foot.isEmpty else { return }
      buffer.write("k=1", x: inner.x, y: foot.y, style: Style(.dim))
      buffer.write("1000", endX: inner.maxX, y: foot.y, style: Style(.dim))
      match(convergence, width: foot.width).write(x: foot.x, y: foot.y + 1, on: &buffer)
    }
    return regions
  }

  /// Both axes are logarithmic, so that 1/sqrt(k) is a straight line.
  private static func plot(_ convergence: MonteCarloConvergence) -> LinePlot {
    func x(_ masks: Int) -> Double { ElementaryFunctions.logarithm(Double(masks)) }
    let points = convergence.points
    let ends = [points.first, points.last].compactMap { $0.map { x($0.masks) } }
    var series = [
      PlotSeries(
        marker: "-", role: .theory, points: points.map { PlotPoint(x($0.masks), $0.expected) }),
      PlotSeries(
        marker: "k", role: .training, points: points.map { PlotPoint(x($0.masks), $0.measured) }),
    ]
    // A distance of nothing but rounding would squeeze the curves into a corner.
    let smallest = points.last?.expected ?? 0
    if convergence.weightScalingDistance > smallest / 10 {
      series.insert(
        PlotSeries(
          marker: "w", role: .counterfactual,
          points: ends.map { PlotPoint($0, convergence.weightScalingDistance) }), at: 0)
    }
    return LinePlot(series: series, scale: .logarithmic)
  }

  /// From which k averaging is as near as weight scaling.
  private static func match(_ convergence: MonteCarloConvergence, width: Int) -> StyledLine {
    let measured = convergence.measuredMatch.map { "=\($0)" } ?? ">1000"
    let expected = convergence.expectedMatch
    let theory = expected < 1e6 ? NumberText.fixed(expected.rounded(.up), decimals: 0) : "never"
    let numbers: [(String, Style)] = [
      ("k" + measured, Style(.training, bold: true)), (" theory ", Style(.dim)),
      (theory, Style(.theory)),
    ]
    return .longest(
      of: [
        StyledLine([("as near to the mean as weight scaling from ", Style(.dim))] + numbers),
        StyledLine([("as near as w from ", Style(.dim))] + numbers),
        StyledLine([("w: ", Style(.counterfactual))] + numbers), StyledLine(numbers),
      ], fitting: width)
  }
}
