import DropoutCore

/// Measures what a person looks at closely and puts it on the board.
final class SubjectMeasurements {
  private let board: SnapshotBoard
  private let kernels: KernelPath
  private var parts: (experiment: Int, parts: SnapshotParts)?

  init(board: SnapshotBoard, kernels: KernelPath) {
    self.board = board
    self.kernels = kernels
  }

  /// Measures a subject.
  func measure(_ request: SubjectRequest) {
    if parts?.experiment != request.experiment {
      parts = (request.experiment, SnapshotParts(dataset: request.dataset, kernels: kernels))
    }
    guard let parts = parts?.parts else { return }
    let value = parts.subject(request)
    board.update { snapshot in
      guard snapshot.experiment == request.experiment else { return }
      snapshot.subject = value.map {
        Measured(step: request.watched.step, generation: request.watched.generation, value: $0)
      }
    }
  }
}
