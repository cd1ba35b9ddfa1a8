import DropoutEngine
import Synchronization

/// What a command does before its first result, on the line of the standard error that progress bars are drawn on.
///
/// Any thread may say how far it is. Where the standard error is no terminal nothing is ever written.
final class ActivityLine: Sendable {
  private let bar = Mutex<ProgressBar?>(nil)
  /// Whether anybody sees it.
  let isShown: Bool

  /// How long something takes that is worth a word, where it may be over at once.
  private static let patience = Duration.milliseconds(500)
  /// The parts that a share is told in.
  private static let parts = 1_000

  /// A line that is empty yet.
  init(isShown: Bool = StandardError.isTerminal) { self.isShown = isShown }

  /// Says what is being done from now on, and that at once: whatever follows cannot be asked how far it is.
  func begin(_ what: String) {
    start(what, after: .zero)
    bar.withLock { $0?.show(0) }
  }

  /// Says what is being waited for, once that takes long, with the share that ``show(_:)`` is told.
  func wait(for what: String) { start(what, after: ActivityLine.patience) }

  private func start(_ what: String, after delay: Duration) {
    guard isShown else { return }
    bar.withLock {
      $0?.clear()
      $0 = ProgressBar(
        total: ActivityLine.parts, noun: nil, title: what, after: delay, isShown: true)
    }
  }

  /// Says what share of it is done, 0 to 1.
  func show(_ share: Double) {
    guard isShown else { return }
    let done = Int(nearest: share * Double(ActivityLine.parts), in: 0...ActivityLine.parts)
    bar.withLock { $0?.show(done) }
  }

  /// Takes the line away.
  func end() {
    guard isShown else { return }
    bar.withLock {
      $0?.clear()
      $0 = nil
    }
  }

  /// Takes it off the terminal, which somebody else is about to write to; it comes back with the next share.
  func away() {
    guard isShown else { return }
    bar.withLock { $0?.clear() }
  }
}
