/// A moment of a run that can be gone to.
public struct TimelinePosition: Equatable, Sendable {
  /// The number of the branch.
  public var branch: Int
  /// The number of updates before it.
  public var step: Int
  /// How many changes of the branch's journal are in force.
  ///
  /// Where several were made before the same step, a moment can lie between them.
  public var changes: Int

  /// Creates a position.
  public init(branch: Int, step: Int, changes: Int) {
    self.branch = branch
    self.step = step
    self.changes = changes
  }
}

/// How a journey along a run ended.
public enum TimelineArrival: Equatable, Sendable {
  /// Where it was to go.
  case arrived
  /// Before a step that has a value which is not finite.
  case stopped(NotFiniteError)
  /// On the way, since it was called off.
  case calledOff
}
