import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The curves of the losses out of the points that training published.
enum CurveData {
  /// Whether any loss can be drawn.
  static func hasLoss(_ points: [CurvePoint]) -> Bool {
    points.contains {
      $0.testLoss.isFinite || $0.scaledLoss.isFinite || $0.minibatchLoss.isFinite
        || $0.trainLoss.isFinite || $0.learnerLosses.contains(where: \.isFinite)
    }
  }

  /// Whether the experiment tests its weights scaled: test and scaled are then one curve.
  static func isScaledItself(_ state: ExplorerState) -> Bool {
    let configuration = state.snapshot.configuration
    return configuration.ownConvention == configuration.scaledConvention
  }

  /// Whether there is room for the curve of the training part as well.
  static func showsTraining(width: Int) -> Bool { width >= 56 }

  /// Whether there is room for whole names at the curves' ends.
  static func hasWideNames(width: Int) -> Bool { width >= 36 }

  /// The steps that the running mean of the masked loss is over, up to the last point; nil where
  /// there is nothing to average.
  static func meanSteps(_ points: [CurvePoint]) -> Int? {
    let own = self.points(.masked, points)
    let window = RunningMean(of: own).window
    // A point is the mean of the minibatches since the point before it.
    let recent = points.suffix(window + 1)
    guard recent.count > 1, let first = recent.first, let last = recent.last else { return nil }
    return last.step - first.step
  }

  /// The steps of a run: its points, its changes, and where training stands.
  static func stepRange(_ points: [CurvePoint], of run: TimelineOutline) -> ClosedRange<Double> {
    let changes = run.branch.journal.entries
    let first = min(
      points.first?.step ?? run.position.step, changes.first?.step ?? run.position.step,
      run.position.step)
    // While training runs, its points are all that is measured so far.
    let last = max(points.last?.step ?? 0, run.isInPast ? run.branch.reached : first)
    return Double(first)...Double(max(first, last))
  }

  /// One of the curves that have a name.
  enum Curve: String, CaseIterable {
    /// The masked training pass.
    case masked
    /// The test pass over the training part: the same examples, unmasked.
    case unmasked
    /// The same weights tested with scaling.
    case scaled
    /// The test pass as it is.
    case test

    /// Its character where curves are drawn with characters.
    var marker: Unicode.Scalar {
      switch self {
      case .masked: "."
      case .unmasked: "-"
      case .scaled: "+"
      case .test: "*"
      }
    }

    /// Its name: in the legend, in explanations, and short where there is little room.
    func name(isWide: Bool = true) -> String {
      switch self {
      case .masked: isWide ? "train masked" : "train"
      case .unmasked: "train unmasked"
      case .scaled: "scaled"
      case .test: "test"
      }
    }

    /// Its meaning.
    var role: Role {
      switch self {
      case .masked: .training
      case .unmasked: .dim
      case .scaled: .counterfactual
      case .test: .test
      }
    }

    /// Its loss at a point; not a number where it has none of its own.
    func loss(_ point: CurvePoint) -> Double {
      switch self {
      case .masked: point.minibatchLoss
      case .unmasked: point.trainLoss
      case .scaled: point.scaledLoss == point.testLoss ? .nan : point.scaledLoss
      case .test: point.testLoss
      }
    }
  }

  /// The points of a curve; the masked loss, which jumps from minibatch to minibatch, as a running
  /// mean.
  static func points(_ curve: Curve, _ points: [CurvePoint]) -> [PlotPoint] {
    let own = points.map { PlotPoint(Double($0.step), curve.loss($0)) }
    return curve == .masked ? RunningMean(of: own).points : own
  }

  /// The curves, the one that lies on top last, each with its word.
  ///
  /// The scaled one has gaps where the test pass lies on it. Curves of single learners lie below
  /// all others.
  static func losses(_ state: ExplorerState, width: Int, glyphs: GlyphSet) -> [PlotSeries] {
    let points = state.snapshot.measured.curves
    let learners = points.last?.learnerLosses.count ?? 0
    var curves = state.snapshot.measured.otherCurves.map { branch in
      PlotSeries(
        marker: ".", role: .dim,
        points: branch.points.map { PlotPoint(Double($0.step), $0.testLoss) }, showsMarker: false)
    }
    curves += (0..<learners).map { learner in
      // Their number does not change while an experiment goes on.
      PlotSeries(
        marker: ".", role: .dim,
        points: points.map { PlotPoint(Double($0.step), $0.learnerLosses[learner]) },
        showsMarker: false)
    }
    return curves
      + Curve.allCases.filter { $0 != .unmasked || showsTraining(width: width) }.map { curve in
        // Beside a narrow chart the words alone find room.
        let sign = glyphs.usesBraille || width < 25 ? "" : "\(curve.marker) "
        // A word stands beside the end of a line: where the test pass is the scaled one, that has
        // ended.
        let hasWord = curve != .scaled || !isScaledItself(state)
        return PlotSeries(
          marker: curve.marker, role: curve.role, points: self.points(curve, points),
          label: hasWord
            ? PlotSeries.StyledText(
              sign + curve.name(isWide: hasWideNames(width: width)), Style(curve.role)) : nil)
      }
  }

  /// The range of the losses that are drawn; nil where there are none.
  static func range(of curves: [PlotSeries], across: ClosedRange<Double>) -> ClosedRange<Double>? {
    let losses = curves.lazy.flatMap { curve in
      curve.points.lazy.filter { across.contains($0.x) && $0.y.isFinite }.map(\.y)
    }
    guard let low = losses.min(), let high = losses.max() else { return nil }
    // A curve that is almost flat is not magnified beyond what its labels can tell.
    let spread = max(high - low, 0.01 * high.magnitude, 1e-9)
    return low...(low + spread)
  }
}

/// The names of what was changed, below the curves: each starts at its line, the newest ones go
/// first.
struct CurveMarkNames {
  /// The changes, the oldest one first.
  let marks: [CurveMark]
  /// The steps that are shown.
  let across: ClosedRange<Double>

  /// The columns at which names stand, counted from the left of a width; names that would touch a
  /// newer one are left out.
  func places(width: Int) -> [(label: String, column: Int)] {
    var places: [(label: String, column: Int)] = []
    var free = width
    let length = across.upperBound - across.lowerBound
    for mark in marks.reversed() where across.contains(Double(mark.step)) {
      let columns = mark.label.columns
      let share = length > 0 ? (Double(mark.step) - across.lowerBound) / length : 0
      let wanted = Int(drawn: share * Double(width - 1), in: 0...max(0, width - 1))
      let column = min(wanted, free - columns)
      // A name may move to the left to fit, but not so far that it no longer touches its line.
      guard column >= 0, column + columns > wanted else { continue }
      places.append((mark.label, column))
      free = column - 1
      if free <= 0 { break }
    }
    return places
  }

  /// Writes the names into the first row of an area.
  func draw(in area: Rect, on buffer: inout CellBuffer) {
    guard !area.isEmpty else { return }
    for place in places(width: area.width) {
      buffer.write(place.label, x: area.x + place.column, y: area.y, style: Style(.dim))
    }
  }
}
