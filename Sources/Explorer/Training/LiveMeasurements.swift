package import DropoutEngine

/// Measures networks whatever view is shown, and puts what it finds on the board.
package final class LiveMeasurements {
  /// Networks of an experiment to measure.
  package struct Request: Sendable {
    var experiment: ExperimentIdentity
    var dataset: Dataset
    var networks: MeasuredNetworks
  }

  private let board: SnapshotBoard
  private let kernels: KernelPath
  private var parts: (experiment: ExperimentIdentity, parts: SnapshotParts)?

  package init(board: SnapshotBoard, kernels: KernelPath) {
    self.board = board
    self.kernels = kernels
  }

  /// Measures the networks, unless the person has started another experiment since.
  package func measure(_ request: Request) {
    let newest = board.newest
    guard newest.experiment == request.experiment else { return }
    if parts?.experiment != request.experiment {
      parts = (
        request.experiment,
        SnapshotParts(
          dataset: request.dataset, kernels: kernels, curves: BranchCurves(newest.measured))
      )
    }
    var measured = newest.measured
    parts?.parts.measure(request.networks, into: &measured) { measured in
      board.update(request.experiment) { $0.measured = measured }
    }
  }
}
