import DropoutEngine

/// Measures what a person looks at closely and puts it on the board.
final class SubjectMeasurements {
  private let board: SnapshotBoard
  private let kernels: KernelPath
  private var parts: (experiment: Int, parts: SnapshotParts)?

  init(board: SnapshotBoard, kernels: KernelPath) {
    self.board = board
    self.kernels = kernels
  }

  /// Measures a subject, and stops where another one waits.
  func measure(_ request: SubjectRequest, isSuperseded: () -> Bool) {
    if parts?.experiment != request.experiment {
      parts = (request.experiment, SnapshotParts(dataset: request.dataset, kernels: kernels))
    }
    guard let parts = parts?.parts else { return }
    func put(_ change: (inout TrainingSnapshot) -> Void) {
      board.update { snapshot in
        guard snapshot.experiment == request.experiment else { return }
        change(&snapshot)
      }
    }
    let clock = ContinuousClock()
    var shown = clock.now
    parts.subject(request) { share in
      // Only what takes long has its progress shown, some times a second.
      if clock.now - shown > .milliseconds(150) {
        shown = clock.now
        put { $0.progress = share }
      }
      return !isSuperseded()
    } publish: { value in
      put { $0.take(value, of: request) }
    }
    put { $0.progress = nil }
  }
}
