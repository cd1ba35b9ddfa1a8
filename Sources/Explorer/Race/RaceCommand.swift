/// What the explorer asks of a race.
public enum RaceCommand: Equatable, Sendable {
  /// Start these runners from step 0, paused.
  case start([RaceEntry])
  /// Train on, or pause.
  case run(Bool)
  /// Take one step, and pause.
  case step
  /// Train at this many steps a second; infinity is as fast as it goes.
  case speed(Double)
  /// Change a parameter of some runners from the next step on, each to a value of its own.
  case change(name: String, values: [RaceChange])
}

/// The value that a runner's parameter is set to.
public struct RaceChange: Equatable, Sendable {
  /// The runner, an index into the table.
  public var lane: Int
  /// The value, as the parameter table writes it.
  public var value: String

  /// Creates a change.
  public init(lane: Int, value: String) {
    self.lane = lane
    self.value = value
  }
}
