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

  /// Whether the experiment tests its weights scaled: T and C are then one curve.
  static func isScaledItself(_ state: ExplorerState) -> Bool {
    let configuration = state.snapshot.configuration
    return configuration.ownConvention == configuration.scaledConvention
  }

  /// Whether there is room for the curve of the training part as well.
  static func showsTraining(width: Int) -> Bool { width >= 56 }

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

  /// The curves, the one that lies on top last.
  ///
  /// C has gaps where T lies on it. Curves of single learners lie below all others.
  static func losses(_ state: ExplorerState, width: Int) -> [PlotSeries] {
    let points = state.snapshot.measured.curves
    func curve(
      _ marker: Unicode.Scalar, _ role: Role, _ value: (CurvePoint) -> Double
    ) -> PlotSeries {
      PlotSeries(
        marker: marker, role: role, points: points.map { PlotPoint(Double($0.step), value($0)) })
    }
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
    curves.append(curve("m", .training) { $0.minibatchLoss })
    if showsTraining(width: width) { curves.append(curve("R", .dim) { $0.trainLoss }) }
    curves.append(
      curve("C", .counterfactual) { $0.scaledLoss == $0.testLoss ? .nan : $0.scaledLoss })
    curves.append(curve("T", .test) { $0.testLoss })
    return curves
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
