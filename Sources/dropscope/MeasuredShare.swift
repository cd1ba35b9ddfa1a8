import Synchronization

/// How much of the measurements that a training has asked for is done, told on the ``ActivityLine`` while somebody waits
/// for them.
final class MeasuredShare: Sendable {
  private struct State {
    /// The passes of examples through networks that are asked for, and those that are done.
    var expected = 0
    var done = 0
    /// What was done when the waiting began; nil while nobody waits.
    var waitingSince: Int?
  }

  private let state = Mutex(State())
  private let passesOfMoment: Int
  private let activity: ActivityLine

  /// Nothing is asked for yet; a moment takes so many passes of an example through a network.
  init(passesOfMoment: Int, activity: ActivityLine) {
    self.passesOfMoment = passesOfMoment
    self.activity = activity
  }

  /// Another moment is to be measured.
  func expectMoment() { state.withLock { $0.expected += passesOfMoment } }

  /// So many more passes are done.
  func add(_ passes: Int) {
    let share: Double? = state.withLock { state in
      state.done += passes
      guard let start = state.waitingSince, state.expected > start else { return nil }
      return Double(state.done - start) / Double(state.expected - start)
    }
    if let share { activity.show(share) }
  }

  /// Runs `body`, which waits for measurements, and says how far they are once that takes long.
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
