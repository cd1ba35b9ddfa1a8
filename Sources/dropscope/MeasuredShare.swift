import Threads

/// The finished share of a training's measurements, shown on the ``ActivityLine`` while somebody
/// waits for them.
final class MeasuredShare: Sendable {
  private struct State {
    /// The passes of examples through networks: the expected number and the finished one.
    var expected = 0
    var done = 0
    /// The number of passes when the waiting began; nil while nobody waits.
    var waitingSince: Int?
  }

  private let state = Guarded(State())
  private let passesOfMoment: Int
  private let activity: ActivityLine

  /// Creates a share without measurements; each moment takes this many passes of an example through
  /// a network.
  init(passesOfMoment: Int, activity: ActivityLine) {
    self.passesOfMoment = passesOfMoment
    self.activity = activity
  }

  /// Expects the measurement of another moment.
  func expectMoment() { state.withLock { $0.expected += passesOfMoment } }

  /// Adds finished passes.
  func add(_ passes: Int) {
    let share: Double? = state.withLock { state in
      state.done += passes
      guard let start = state.waitingSince, state.expected > start else { return nil }
      return Double(state.done - start) / Double(state.expected - start)
    }
    if let share { activity.show(share) }
  }

  /// Runs `body`, which waits for measurements, and shows their progress once that takes long.
  func whileWaiting<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard activity.isShown else { return try body() }
    activity.wait(for: "measuring")
    state.withLock { $0.waitingSince = $0.done }
    defer {
      state.withLock { $0.waitingSince = nil }
      activity.end()
    }
    return try body()
  }
}
