import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The distribution of one output over the subnetworks.
  public static let subnetworks = Panel(
    "subnetworks", parts: ["bars", "target", "geometric", "test", "averaged", "average"],
    axes: [outputAxis], draw: SubnetworksPanel.draw, formulas: EnsembleFormulas.means,
    explain: EnsembleExplanations.means)

  private static let outputAxis = PanelAxis(place: "output axis") { state in
    [
      "The shown output, from left to right"
        + (state.snapshot.ensemble?.ensemble.hasProbabilities == true
          ? ": a probability, from 0 to 1." : ", in the unit of its target."),
      "Upwards is the share of the networks, weighted by the chance of their masks.",
    ]
  }
}

/// How one output is distributed over all subnetworks, with their means, the weight-scaling network
/// and the test pass.
enum SubnetworksPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let watched = state.snapshot.ensemble else {
      frame.heading("SUBNETWORKS", on: &buffer)
      frame.pending(state.progressText, on: &buffer)
      return
    }
    let ensemble = watched.ensemble
    frame.heading(headings(state, ensemble), on: &buffer)
    let histogram = histogram(
      ensemble, isCurrent: state.hasCurrentSubject, what: what(state, ensemble))
    let drawn = histogram.draw(in: frame.area.inset(top: 1), on: &buffer, glyphs: frame.glyphs)
    frame.mark("bars", at: drawn.columns)
    frame.mark(
      "output axis",
      at: Rect(
        x: frame.area.x, y: drawn.columns.maxY, width: frame.area.width,
        height: frame.area.maxY - drawn.columns.maxY))
    for mark in drawn.marks {
      let name = places(ensemble)[mark.index]
      frame.mark(name, at: mark.line)
      if !mark.words.isEmpty { frame.mark(name, at: mark.words) }
    }
  }

  /// The output that is shown, or its probability.
  private static func what(_ state: ExplorerState, _ ensemble: SubnetworkEnsemble) -> String {
    let name = state.outputName(ensemble.histogram.output)
    return ensemble.hasProbabilities ? "P(\(name))" : name
  }

  private static func headings(
    _ state: ExplorerState, _ ensemble: SubnetworkEnsemble
  ) -> [StyledLine] {
    let what = what(state, ensemble)
    let count = EnsembleText.count(ensemble)
    let progress = state.progressText.map { "  " + $0 } ?? ""
    return [
      StyledLine([
        ("\(what) OF \(count) SUBNETWORKS", Style(.title)),
        ("  \(EnsembleText.method(ensemble.method))", Style(.text)), (progress, Style(.warning)),
      ]),
      StyledLine([
        ("\(what) OF \(count)", Style(.title)),
        ("  \(EnsembleText.method(ensemble.method))", Style(.text)), (progress, Style(.warning)),
      ]),
      StyledLine([("\(what) OF \(count)", Style(.title)), (progress, Style(.warning))]),
      StyledLine([("\(count)", Style(.title)), (progress, Style(.warning))]),
      StyledLine([("\(count)", Style(.title))]),
    ]
  }

  /// The names of the marks as places, in the order in which they are drawn.
  private static func places(_ ensemble: SubnetworkEnsemble) -> [String] {
    ["test", "target"] + (ensemble.geometricMean == nil ? [] : ["geometric"])
      + ["averaged", "average"]
  }

  static func histogram(
    _ ensemble: SubnetworkEnsemble, isCurrent: Bool, what: String
  ) -> Histogram {
    let bins = ensemble.histogram.bins
    let range = ensemble.histogram.range
    let width = (range.upperBound - range.lowerBound) / Double(max(1, bins.count))
    let output = ensemble.histogram.output
    /// A mark whose forms have its value, but for the one in brief.
    func mark(
      _ value: Double, _ names: [String], brief: String? = nil, _ role: Role
    ) -> Histogram.Mark {
      let number = NumberText.fixed(value, decimals: 2)
      let words = names.map { "\($0) \(number)" } + [brief].compactMap(\.self)
      return Histogram.Mark(value: value, words: words, role: role)
    }
    // The two that the view compares are drawn last, over the others, and keep words and value
    // longest.
    var marks = [
      mark(ensemble.testNetwork[output], ["test", "test"], brief: "test", .test),
      mark(ensemble.target[output], ["target", "target"], brief: "target", .strong),
    ]
    if let geometric = ensemble.geometricMean {
      marks.append(
        mark(
          geometric[output], ["geometric mean of all", "geometric mean"], brief: "geometric mean",
          .theory))
    }
    marks += [
      mark(ensemble.weightScaling[output], ["averaged network", "averaged"], .strong),
      mark(ensemble.arithmeticMean[output], ["average"], .training),
    ]
    let shown = marks.map(\.value).filter(\.isFinite)
    let low = min(range.lowerBound, shown.min() ?? range.lowerBound)
    let high = max(range.upperBound, shown.max() ?? range.upperBound)
    return Histogram(
      values: bins.indices.map { range.lowerBound + (Double($0) + 0.5) * width }, weights: bins,
      range: high > low ? low...high : low - 0.5...high + 0.5, marks: marks,
      role: isCurrent ? .training : .dim, axis: what,
      heights: Histogram.Heights(whole: 100, unit: " % of networks"))
  }
}

/// The words that the panels of the ensemble share.
enum EnsembleText {
  /// The way in which the averaged network stands for the others: what its units send is scaled
  /// unless their masks are 1 on average.
  static func averagedNetwork(_ state: ExplorerState) -> String {
    let evidence = state.evidence
    guard evidence.configuration.dropout.noise != .gaussian,
      evidence.configuration.dropout.maskPass != .backward
    else { return "all units on" }
    let masks = [evidence.inputDropout] + evidence.layers.map(\.mask)
    let isScaled = masks.contains {
      ($0.keepProbability * Double($0.trainingFactor) - 1).magnitude > 1e-6
    }
    return isScaled ? "all units on, times keep" : "all units on"
  }

  /// The test pass in force: how many times its sums are as large as in training where its scaling
  /// is wrong.
  static func testing(_ state: ExplorerState) -> (name: String, glosses: [String]) {
    let configuration = state.evidence.configuration
    let output = state.outputLayer
    let measured = state.snapshot.measured.divergence
    guard configuration.dropout.testPass == .plain, !configuration.isScalingRight(into: output),
      state.snapshot.isCurrent(measured), let ratio = measured.value.last?.ratio, ratio.isFinite
    else { return ("test as it is", ["what testing does now", "testing now"]) }
    let times = NumberText.fixed(ratio, decimals: 1)
    return (
      "test, sums \(times)x",
      ratio > 1
        ? ["sums larger than in training", "sums too large", "too large"]
        : ["sums smaller than in training", "sums too small", "too small"]
    )
  }

  /// The number of subnetworks, written out while it is short.
  static func count(_ ensemble: SubnetworkEnsemble) -> String {
    guard ensemble.maskedUnits <= 30 else { return "2^\(ensemble.maskedUnits)" }
    return NumberText.grouped(Int(drawn: ensemble.subnetworks, in: 0...1 << 53))
  }

  /// The subnetworks in a sentence, and how many of them were drawn where not all were counted.
  static func networks(_ ensemble: SubnetworkEnsemble) -> String {
    let all = "\(count(ensemble)) networks"
    return ensemble.method == .exact ? all : "\(all) (\(method(ensemble.method)))"
  }

  /// How an ensemble, or the means of a map, were found.
  static func method(_ method: EnsembleMethod) -> String {
    switch method {
    case .exact: "all counted"
    case .monteCarlo(let samples): "\(NumberText.grouped(samples)) drawn"
    }
  }
}

extension SubnetworkEnsemble {
  /// Whether all subnetworks answer alike, to the digits that are written.
  var isUnanimous: Bool { ambiguity.meanSquaredDistance < 1e-8 }
}

extension ExplorerState {
  /// The name of an output.
  func outputName(_ output: Int) -> String {
    let names = snapshot.dataset.outputNames
    return names.indices.contains(output) ? names[output] : "\(output)"
  }

  /// How far a measurement that takes long has come.
  var progressText: String? {
    snapshot.close.progress.map { NumberText.percent($0) + " enumerated" }
  }
}
