import Synchronization

/// How far the runs of a comparison are, with those that are under way; any thread may say it.
final class ComparisonProgress: Sendable {
  private struct State {
    var bar: ProgressBar
    /// By number: the share of a run under way that is done.
    var shares: [Int: Double] = [:]
    var finished = 0
    var note = ""
  }

  private let state: Mutex<State>
  private let isShown: Bool

  /// Nothing is done yet, and nothing shown.
  init(runs: Int, isShown: Bool) {
    self.isShown = isShown
    state = Mutex(State(bar: ProgressBar(total: runs, noun: "run", isShown: isShown)))
  }

  /// Draws the bar before the first run.
  func begin(note: String) { change { $0.note = note } }

  /// A run under way has come so far, 0 to 1.
  func show(_ share: Double, of run: Int) { change { $0.shares[run] = share } }

  /// A run is finished; the note says what is best so far.
  func finish(_ run: Int, note: String) {
    change {
      $0.shares[run] = nil
      $0.finished += 1
      $0.note = note
    }
  }

  /// Takes the bar away.
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
