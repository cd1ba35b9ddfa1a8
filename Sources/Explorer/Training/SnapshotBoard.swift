import Threads

/// The newest snapshot, where the threads that make its parts and the thread that draws it meet.
package final class SnapshotBoard: Sendable {
  private let board: Guarded<TrainingSnapshot>
  private let wake: @Sendable () -> Void

  /// Creates a board; `wake` is called, from any thread, when there is something new.
  package init(_ snapshot: TrainingSnapshot, wake: @escaping @Sendable () -> Void) {
    board = Guarded(snapshot)
    self.wake = wake
  }

  /// The newest snapshot.
  package var newest: TrainingSnapshot { board.withLock { $0 } }

  /// Takes up what the training thread knows; what was measured of the same experiment stays.
  package func publish(_ snapshot: TrainingSnapshot) {
    board.withLock { board in
      var next = snapshot
      if next.experiment == board.experiment {
        next.measured = board.measured
        next.close = board.close
      }
      board = next
    }
    wake()
  }

  /// Puts what was measured of an experiment into the snapshot, and says so; it is dropped where
  /// another one stands by now.
  func update(_ experiment: ExperimentIdentity, _ change: (inout TrainingSnapshot) -> Void) {
    board.withLock { snapshot in
      guard snapshot.experiment == experiment else { return }
      change(&snapshot)
    }
    wake()
  }
}
