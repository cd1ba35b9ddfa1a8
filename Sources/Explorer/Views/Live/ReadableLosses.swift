import DropoutEngine
import TerminalCells

/// The losses that can be read beside each other, in a run that broke somewhere.
///
/// After an explosion losses go to 1e34, and whatever was before is a line at the bottom. So the
/// axis ends a little above the losses of each branch before it broke.
struct ReadableLosses {
  /// The range of heights; nil where all losses can be read.
  private(set) var range: ClosedRange<Double>?
  /// The step at which the branch on the screen broke; nil where it did not.
  private(set) var broken: Int?
  /// The largest loss that was measured.
  private(set) var largest = 0.0

  /// Losses this many times as large as the first one are an explosion, even if nothing noticed it.
  private static let mostGrowth = 10_000.0
  /// The room above the losses that can be read.
  private static let room = 1.5

  /// Computes the range.
  ///
  /// - Parameters:
  ///   - points: the curves of the branch on the screen.
  ///   - others: the losses of the other branches.
  ///   - run: the run.
  init(_ points: [CurvePoint], others: [BranchCurve], of run: TimelineOutline) {
    var readable: ClosedRange<Double>?
    func add(_ points: [CurvePoint], _ branch: Branch?) {
      let end = branch?.goodStep
      let first = points.first { $0.testLoss.isFinite }?.testLoss ?? 1
      let most = ReadableLosses.mostGrowth * max(first, 1)
      for point in points {
        for loss in ReadableLosses.losses(of: point) where loss.isFinite {
          largest = max(largest, loss)
          guard point.step <= end ?? .max, loss <= most else { continue }
          let known = readable ?? loss...loss
          readable = min(known.lowerBound, loss)...max(known.upperBound, loss)
        }
      }
    }
    add(points, run.branch)
    for other in others { add(other.points, run.branches.first { $0.number == other.branch }) }
    broken = run.branch.goodStep.map { $0 + 1 }
    guard let readable, largest > ReadableLosses.room * readable.upperBound else { return }
    range = readable.lowerBound...ReadableLosses.room * readable.upperBound
  }

  private static func losses(of point: CurvePoint) -> [Double] {
    [point.testLoss, point.scaledLoss, point.minibatchLoss, point.trainLoss]
      + point.learnerLosses
  }

  /// Says at the top of a plot how far the losses went beyond it.
  func draw(in plot: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) {
    guard range != nil, !plot.isEmpty else { return }
    let text = (glyphs.isUnicode ? "↑" : "^") + " to " + NumberText.significant(largest, digits: 2)
    guard text.columns <= plot.width else { return }
    buffer.write(text, endX: plot.maxX, y: plot.y, style: Style(.error))
  }
}
