import Threads

/// The progress of a comparison, including the runs under way; any thread may report it.
final class ComparisonProgress: Sendable {
  private struct State {
    var bar: ProgressBar
    /// The finished share of each run under way, by number.
    var shares: [Int: Double] = [:]
    var finished = 0
    var note = ""
  }

  private let state: Guarded<State>
  private let isShown: Bool

  /// Creates the progress of a comparison before its first run, and shows nothing.
  init(runs: Int, isShown: Bool) {
    self.isShown = isShown
    state = Guarded(State(bar: ProgressBar(total: runs, noun: "run", isShown: isShown)))
  }

  /// Draws the bar before the first run.
  func begin(note: String) { change { $0.note = note } }

  /// Reports the finished share, 0 to 1, of a run under way.
  func show(_ share: Double, of run: Int) { change { $0.shares[run] = share } }

  /// Reports a finished run; the note names the best result so far.
  func finish(_ run: Int, note: String) {
    change {
      $0.shares[run] = nil
      $0.finished += 1
      $0.note = note
    }
  }

  /// Removes the bar.
  func end() { state.withLock { $0.bar.clear() } }

  private func change(_ body: (inout State) -> Void) {
    guard isShown else { return }
    state.withLock { state in
      body(&state)
      let begun = state.shares.values.reduce(0, +)
      state.bar.show(state.finished, begun: begun, note: state.note)
    }
  }
}
