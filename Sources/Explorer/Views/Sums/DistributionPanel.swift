import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The distribution of one training sum over masks.
  public static let distribution = Panel(
    "distribution", parts: ["bars", "mean", "step", "test", "all", "drawn", "theory"],
    axes: [sumAxis], draw: DistributionPanel.draw, formulas: SumsFormulas.distribution,
    explain: CloseSumExplanations.distribution)

  private static let sumAxis = PanelAxis(place: "sum axis") { _ in
    [
      "The unit's sum under a mask, from left to right: what feeds the unit, without its bias.",
      "Upwards is how many masks give such a sum, or the share of the drawn ones; the number "
        + "between the ends is the height of the highest bar.",
    ]
  }
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
    let rows = MomentRows(sums: sums, isCurrent: state.hasCurrentSubject)
    let (upper, lower) = body.splitBottom(body.height >= rows.height + 5 ? rows.height : 0)
    let drawn = histogram(
      sums, isCurrent: state.hasCurrentSubject, keep: keep(state, sums), width: upper.width
    ).draw(in: upper, on: &buffer, glyphs: frame.glyphs)
    frame.mark("bars", at: drawn.columns)
    frame.mark(
      "sum axis",
      at: Rect(
        x: upper.x, y: drawn.columns.maxY, width: upper.width,
        height: upper.maxY - drawn.columns.maxY))
    for mark in drawn.marks {
      let name = ["step", "mean", "test"][mark.index]
      frame.mark(name, at: mark.line)
      if !mark.words.isEmpty { frame.mark(name, at: mark.words) }
    }
    rows.draw(in: lower, frame: &frame, on: &buffer)
  }

  private static func keep(_ state: ExplorerState, _ sums: UnitSums) -> Double {
    state.evidence.configuration.keepProbability(feeding: sums.layer)
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
      case .exact, .theory: distribution.masks == 1 ? "one mask" : "over all \(count) masks"
      case .monteCarlo: "over \(count) drawn masks"
      }
    let title = ("SUM INTO \(name)", Style(.title))
    let method = ("  \(masks)", Style(.text))
    let curve = [
      ("  \(state.glyphs.bullet) ", Style(.theory, bold: true)), ("normal curve", Style(.theory)),
    ]
    return [
      StyledLine([title, method] + curve), StyledLine([title, method]),
      StyledLine([("SUM", Style(.title)), method]), StyledLine([title]),
    ]
  }

  /// The columns, the marks, and theory's normal approximation behind them.
  static func histogram(
    _ sums: UnitSums, isCurrent: Bool, keep: Double, width: Int
  ) -> Histogram {
    let distribution = sums.distribution
    func words(_ name: String, _ short: String, _ value: Double) -> [String] {
      ["\(name) \(NumberText.compactSum(value))", name, short]
    }
    let marks = [
      Histogram.Mark(
        value: sums.stepSum, words: words("this step", "step", sums.stepSum), role: .strong),
      // The mean of the bars, which the sentence has; theory has a row of its own.
      Histogram.Mark(
        value: distribution.mean, words: words("mean", "mean", distribution.mean),
        role: .training),
      Histogram.Mark(
        value: sums.testSum, words: words("test", "test", sums.testSum), role: .test),
    ]
    return Histogram(
      values: distribution.mass.indices.map { distribution.middle(ofBin: $0) },
      weights: distribution.mass, range: shownRange(sums), marks: marks,
      role: isCurrent ? .training : .dim, curve: normal(sums.theory),
      mostBins: mostBins(distribution), axis: "the unit's sum",
      heights: heights(distribution, keep: keep))
  }

  /// Few different sums make few, wide columns, so that heights show how many masks give a sum
  /// rather than gaps between sums.
  private static func mostBins(_ distribution: SumDistribution) -> Int {
    let different = distribution.mass.count { $0 > 0 }
    return max(8, Int(drawn: 2 * Double(different).squareRoot(), in: 0...1000))
  }

  /// Masks are counted where each is as likely as the others; elsewhere heights are shares.
  private static func heights(
    _ distribution: SumDistribution, keep: Double
  ) -> Histogram.Heights {
    let isCount = distribution.method == .exact ? keep == 0.5 : true
    return isCount
      ? Histogram.Heights(whole: Double(distribution.masks), unit: " masks")
      : Histogram.Heights(whole: 100, unit: " % of masks")
  }

  /// The range that is shown: where nearly all the mass lies, and the marks.
  private static func shownRange(_ sums: UnitSums) -> ClosedRange<Double>? {
    let distribution = sums.distribution
    let reach = 4 * distribution.deviation
    let marks = [distribution.mean, sums.stepSum, sums.testSum].filter(\.isFinite)
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
