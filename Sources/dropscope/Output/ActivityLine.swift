import DropoutEngine
import Threads

/// The activity of a command before its first result, on the standard error's line for progress
/// bars.
///
/// Any thread may report progress. Nothing is ever written unless the standard error is a terminal.
final class ActivityLine: Sendable {
  private let bar = Guarded<ProgressBar?>(nil)
  /// Whether anybody sees it.
  let isShown: Bool

  /// The time before an activity is shown that may be over at once.
  private static let patience = Duration.milliseconds(500)
  /// The number of steps in which a share is shown.
  private static let parts = 1_000

  /// Creates an empty line.
  init(isShown: Bool = StandardError.isTerminal) { self.isShown = isShown }

  /// Shows an activity at once, because the code that follows cannot report progress.
  func begin(_ what: String) {
    start(what, after: .zero)
    bar.withLock { $0?.show(0) }
  }

  /// Announces a wait, which is shown once it takes long, with the share from ``show(_:)``.
  func wait(for what: String) { start(what, after: ActivityLine.patience) }

  private func start(_ what: String, after delay: Duration) {
    guard isShown else { return }
    bar.withLock {
      $0?.clear()
      $0 = ProgressBar(
        total: ActivityLine.parts, noun: nil, title: what, after: delay, isShown: true)
    }
  }

  /// Reports the finished share, 0 to 1.
  func show(_ share: Double) {
    guard isShown else { return }
    let done = Int(nearest: share * Double(ActivityLine.parts), in: 0...ActivityLine.parts)
    bar.withLock { $0?.show(done) }
  }

  /// Removes the line.
  func end() {
    guard isShown else { return }
    bar.withLock {
      $0?.clear()
      $0 = nil
    }
  }

  /// Removes the line from the terminal because somebody else is about to write to it; it comes
  /// back with the next share.
  func away() {
    guard isShown else { return }
    bar.withLock { $0?.clear() }
  }
}
