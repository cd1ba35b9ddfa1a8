/// A command of the explorer to a race.
public enum RaceCommand: Equatable, Sendable {
  /// Start a race from step 0, paused.
  case start(RaceStart)
  /// Train on, or pause.
  case run(Bool)
  /// Take one step, and pause.
  case step
  /// Go to another moment of the race, and pause there.
  case travel(TimelineDestination)
  /// Train up to a step, measured on the way, and pause there; an earlier one is gone back to.
  case train(to: Int)
  /// Train at this many steps a second; infinity is as fast as it goes.
  case speed(Double)
  /// Change a parameter of some runners of a race from the next step on, each to a value of its
  /// own; it is dropped where another race stands by then.
  case change(name: String, values: [RaceChange], of: RaceIdentity)
}

/// A race to be started.
public struct RaceStart: Equatable, Sendable {
  /// Which race it is; it is refused on other data than its experiment has.
  public var identity: RaceIdentity
  /// The runners, in the order of the table.
  public var entries: [RaceEntry]
  /// The race that is gone on with; nil where the runners start at step 0.
  public var course: RaceCourse?
  /// The masked losses that its runners had there, which depend on the moments at which they were
  /// measured; empty, or nil for a runner, where they are not known.
  public var maskedLosses: [Double?] = []

  /// Creates a start from step 0.
  public init(_ identity: RaceIdentity, entries: [RaceEntry]) {
    self.identity = identity
    self.entries = entries
  }

  /// Creates a start that goes on with a race where it stood.
  public init(
    _ identity: RaceIdentity, goingOnWith course: RaceCourse, maskedLosses: [Double?] = []
  ) {
    self.identity = identity
    entries = course.runners.map(\.entry)
    self.course = course
    self.maskedLosses = maskedLosses
  }
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
