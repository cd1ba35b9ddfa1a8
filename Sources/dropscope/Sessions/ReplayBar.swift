import DropoutEngine
import Explorer
import Sessions
import Threads

/// The line that says how far a run is that is trained again up to where a session stood.
final class ReplayBar: Sendable {
  private let bar: Guarded<ProgressBar>

  /// Creates a line for a session; nothing is shown where the standard error is no terminal.
  init(_ resumed: ResumedSession?) {
    bar = Guarded(
      ProgressBar(
        total: resumed?.session.position.step ?? 0, noun: ReplayBar.noun, title: resumed?.title,
        isShown: StandardError.isTerminal))
  }

  /// The noun before the number of a step.
  static let noun = "replaying step"

  /// Shows how far it is.
  func show(_ progress: TimelineProgress) { bar.withLock { $0.show(progress.step) } }

  /// Removes the line.
  func clear() { bar.withLock { $0.clear() } }

  /// The same in words, for a screen.
  static func text(_ progress: TimelineProgress) -> String {
    "\(noun) \(Grouped.text(progress.step)) of \(Grouped.text(progress.goal))"
  }
}
