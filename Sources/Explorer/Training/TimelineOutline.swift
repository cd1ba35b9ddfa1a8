public import DropoutEngine

/// The whole run as a person sees it: its branches, and the moment that is on the screen.
public struct TimelineOutline: Equatable, Sendable {
  /// The branches, in the order in which they were begun.
  public var branches: [Branch]
  /// The moment that is on the screen.
  public var position: TimelinePosition
  /// The steps of the branch from which any later one is reached quickly.
  public var checkpoints: [Int]

  init(_ timeline: Timeline) {
    branches = timeline.branches
    position = timeline.position
    checkpoints = timeline.checkpointSteps
  }

  /// The branch that training is on.
  public var branch: Branch {
    guard let branch = branches.first(where: { $0.number == position.branch }) else {
      preconditionFailure("there is no branch \(position.branch)")
    }
    return branch
  }

  /// Whether the branch goes on behind the moment that is on the screen.
  public var isInPast: Bool {
    position.step < branch.reached || position.changes < branch.journal.entries.count
  }

  /// The changes of the branch, to be marked on the curves: changes at one step are one mark.
  public var marks: [CurveMark] {
    branch.journal.entries.reduce(into: []) { marks, entry in
      if marks.last?.step == entry.step { marks.removeLast() }
      marks.append(CurveMark(step: entry.step, label: entry.change.label))
    }
  }
}

/// A place of a run that a person asks for.
public enum TimelineDestination: Equatable, Sendable {
  /// The moment after a number of updates.
  case step(Int)
  /// That many updates further on; a negative number goes back.
  case steps(Int)
  /// The beginning of an epoch, counted from 0.
  case epoch(Int)
  /// The beginning of the next epoch, or of this one, or of the one before where this one begins
  /// here.
  case epochs(KeyCommand.Neighbor)
  /// The moment before the first update.
  case start
  /// The last moment of the branch.
  case end
  /// The last good step before the branch broke.
  case stop
  /// The last change before this moment.
  case lastChange
  /// Before the last change, without it.
  case undo
  /// After the next change of the branch.
  case redo
  /// The end of another branch.
  case branch(Int)
}

/// How far a long journey through a run is.
public struct TimelineProgress: Equatable, Sendable {
  /// The step that was reached.
  public var step: Int
  /// The step that is gone to.
  public var goal: Int

  /// Creates it.
  public init(step: Int, goal: Int) {
    self.step = step
    self.goal = goal
  }
}
