import DropoutEngine

/// A moment of a branch at which its curve was measured, so that it can be measured there again.
public struct CurveMoment: Equatable, Sendable {
  /// The most moments of one branch.
  public static let most = 500

  /// The number of updates before it.
  public var step: Int
  /// The minibatches before it whose masked losses were averaged; 0 where none were.
  public var minibatches: Int
  /// The changes of the branch that were in force, counted from step 0.
  public var changes: Int

  /// Creates a moment.
  public init(step: Int, minibatches: Int, changes: Int) {
    (self.step, self.minibatches, self.changes) = (step, minibatches, changes)
  }

  /// Some moments as the curve of a branch, without those that the branch does not have: curves are
  /// measured beside the training, which may have left a moment meanwhile.
  static func kept(_ moments: [CurveMoment], of branch: Branch) -> [CurveMoment] {
    var kept: [CurveMoment] = []
    var minibatches = 0
    for var moment in moments.suffix(most) where moment.step <= branch.reached {
      moment.minibatches = min(moment.minibatches, moment.step, 2 * branch.reached - minibatches)
      let least = branch.journal.count(through: moment.step - 1)
      let all = branch.journal.count(through: moment.step)
      moment.changes = max(least, min(all, moment.changes))
      guard moment.minibatches >= 0, kept.last.map({ $0.comes(before: moment) }) ?? true
      else { continue }
      minibatches += moment.minibatches
      kept.append(moment)
    }
    return kept
  }

  /// Whether another moment may follow: a later step, or the same one after a change.
  private func comes(before other: CurveMoment) -> Bool {
    (step, changes) < (other.step, other.changes)
  }
}
