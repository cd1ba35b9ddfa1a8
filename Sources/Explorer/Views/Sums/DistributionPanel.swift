import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The distribution of one training sum over masks.
  public static let distribution = Panel(
    "distribution", draw: DistributionPanel.draw, formulas: SumsFormulas.distribution)
}

/// The distribution of the selected unit's training sum over masks, with this step's, the mean, the
/// test sum, and what theory says.
enum DistributionPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let sums = state.shownUnitSums else {
      frame.heading("SUM OVER MASKS", on: &buffer)
      frame.pending(on: &buffer)
      return
    }
    frame.heading(headings(state, sums), on: &buffer)
    let body = frame.area.inset(top: 1)
    let (upper, lower) = body.splitBottom(body.height >= 8 ? 4 : 0)
    histogram(sums, isCurrent: state.hasCurrentSubject).draw(
      in: upper, on: &buffer, glyphs: frame.glyphs)
    MomentRows(sums: sums, isCurrent: state.hasCurrentSubject).draw(
      in: lower, glyphs: frame.glyphs, on: &buffer)
  }

  private static func headings(
    _ state: ExplorerState, _ sums: UnitSums
  ) -> [StyledLine] {
    let name = state.unitName(layer: sums.layer, unit: sums.unit)
    let distribution = sums.distribution
    let count = NumberText.grouped(distribution.masks)
    let masks =
      switch distribution.method {
      case .none: "no mask feeds it"
      case .exact, .theory: distribution.masks == 1 ? "one mask" : "all \(count) masks"
      case .monteCarlo: "\(count) masks drawn"
      }
    let title = ("SUM INTO \(name)", Style(.title))
    let method = ("  \(masks)", Style(.text))
    let curve = [("  * ", Style(.theory, bold: true)), ("normal", Style(.theory))]
    return [
      StyledLine([title, method] + curve), StyledLine([title, method]),
      StyledLine([("SUM", Style(.title)), method]), StyledLine([title]),
    ]
  }

  /// The columns, the marks, and theory's normal approximation over them.
  static func histogram(_ sums: UnitSums, isCurrent: Bool) -> Histogram {
    let distribution = sums.distribution
    let marks = [
      Histogram.Mark(value: sums.theory.mean, marker: "m", role: .theory),
      Histogram.Mark(value: sums.stepSum, marker: "s", role: .strong),
      Histogram.Mark(value: sums.testSum, marker: "t", role: .test),
    ]
    return Histogram(
      values: distribution.mass.indices.map { distribution.middle(ofBin: $0) },
      weights: distribution.mass, range: shownRange(sums), marks: marks,
      role: isCurrent ? .training : .dim, curve: normal(sums.theory))
  }

  /// The range that is shown: where nearly all the mass lies, and the marks.
  private static func shownRange(_ sums: UnitSums) -> ClosedRange<Double>? {
    let distribution = sums.distribution
    let reach = 4 * distribution.deviation
    let marks = [sums.theory.mean, sums.stepSum, sums.testSum].filter(\.isFinite)
    let least = marks.min() ?? distribution.mean
    let greatest = marks.max() ?? distribution.mean
    let low = min(max(distribution.range.lowerBound, distribution.mean - reach), least)
    let high = max(min(distribution.range.upperBound, distribution.mean + reach), greatest)
    guard low.isFinite, high.isFinite else { return nil }
    guard high > low else { return low - 0.5...high + 0.5 }
    let margin = (high - low) * 0.02
    return low - margin...high + margin
  }

  /// The density of the normal distribution with theory's mean and variance.
  private static func normal(_ theory: SumTheory) -> [PlotPoint] {
    let deviation = theory.variance.squareRoot()
    guard deviation > 0, deviation.isFinite, theory.mean.isFinite else { return [] }
    return (-40...40).map { tenth in
      let distance = Double(tenth) / 10
      let density =
        ElementaryFunctions.exponential(-distance * distance / 2)
        / (deviation * (2 * Double.pi).squareRoot())
      return PlotPoint(theory.mean + distance * deviation, density)
    }
  }
}

extension ExplorerState {
  /// The measured sums of the selected unit; nil while they are being measured.
  var shownUnitSums: UnitSums? {
    guard let sums = snapshot.unitSums?.value, sums.layer == shownLayer, sums.unit == shownUnit
    else { return nil }
    return sums
  }

  /// Whether what was measured of the subject is of the settings in force.
  var hasCurrentSubject: Bool { snapshot.close.subject.map { snapshot.isCurrent($0) } ?? false }

  /// A unit in a heading: `unit 3 of hidden2`, `output inside`.
  func unitName(layer: Int, unit: Int) -> String {
    layer == outputLayer
      ? "output \(snapshot.dataset.outputNames[unit])"
      : "unit \(unit + 1) of \(layerName(layer))"
  }
}
