package import DropoutEngine

/// Measures what a person looks at closely and puts it on the board.
package final class SubjectMeasurements {
  private let board: SnapshotBoard
  private let kernels: KernelPath
  private var tools: (experiment: ExperimentIdentity, tools: MeasuringTools)?

  package init(board: SnapshotBoard, kernels: KernelPath) {
    self.board = board
    self.kernels = kernels
  }

  /// Measures a subject, unless the person has started another experiment since, and stops where
  /// another subject waits.
  package func measure(_ request: SubjectRequest, isSuperseded: () -> Bool) {
    guard board.newest.experiment == request.experiment else { return }
    if tools?.experiment != request.experiment {
      tools = (request.experiment, MeasuringTools(dataset: request.dataset, kernels: kernels))
    }
    guard let tools = tools?.tools else { return }
    func put(_ change: (inout TrainingSnapshot) -> Void) {
      board.update(request.experiment, change)
    }
    let clock = ContinuousClock()
    var shown = clock.now
    request.subject.measure(request, with: tools) { share in
      // Only long measurements show their progress, a few times a second.
      if clock.now - shown > .milliseconds(150) {
        shown = clock.now
        put { $0.close.progress = share }
      }
      return !isSuperseded() && board.newest.experiment == request.experiment
    } publish: { value in
      put { $0.close.take(value, of: request) }
    }
    put { $0.close.progress = nil }
  }
}
