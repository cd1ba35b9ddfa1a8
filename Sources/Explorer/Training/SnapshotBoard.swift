import Synchronization

/// The newest snapshot, where the threads that make its parts and the thread that draws it meet.
final class SnapshotBoard: Sendable {
  private let board: Mutex<TrainingSnapshot>
  private let wake: @Sendable () -> Void

  /// Creates a board; `wake` is called, from any thread, when there is something new.
  init(_ snapshot: TrainingSnapshot, wake: @escaping @Sendable () -> Void) {
    board = Mutex(snapshot)
    self.wake = wake
  }

  /// The newest snapshot.
  var newest: TrainingSnapshot { board.withLock { $0 } }

  /// Changes the snapshot, and says so.
  func update(_ change: (inout TrainingSnapshot) -> Void) {
    board.withLock { change(&$0) }
    wake()
  }
}
