import TerminalCells

/// The mean of a curve's last points, at each of its points: what a jumping curve comes down to.
struct RunningMean {
  /// How many points the mean is over.
  let window: Int
  /// The curve of means; a gap stays a gap, and the points behind it begin anew.
  let points: [PlotPoint]

  /// Averages over a twentieth of the points, at least over three.
  init(of curve: [PlotPoint]) {
    let window = max(3, curve.count / 20)
    self.window = window
    var recent: [Double] = []
    points = curve.map { point in
      guard point.y.isFinite else {
        recent = []
        return point
      }
      recent.append(point.y)
      if recent.count > window { recent.removeFirst() }
      return PlotPoint(point.x, recent.reduce(0, +) / Double(recent.count))
    }
  }
}
