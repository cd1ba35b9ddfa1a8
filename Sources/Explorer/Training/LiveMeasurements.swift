package import DropoutEngine

/// Measures networks for the live view and puts what it finds on the board: divergence, counterfactual, examples, maps,
/// curves.
package final class LiveMeasurements {
  /// Networks of an experiment to measure: the learners, of which one is drawn.
  package struct Request: Sendable {
    var experiment: ExperimentIdentity
    var generation: Int
    var dataset: Dataset
    var states: [NetworkState]
    var learner: Int
    var minibatchLoss: Double
  }

  private let board: SnapshotBoard
  private let kernels: KernelPath
  private var parts: (experiment: ExperimentIdentity, parts: SnapshotParts)?
  private var curves = CurveRecorder()

  package init(board: SnapshotBoard, kernels: KernelPath) {
    self.board = board
    self.kernels = kernels
  }

  /// Measures the networks, unless the person has started anew since.
  package func measure(_ request: Request) {
    guard board.newest.experiment == request.experiment else { return }
    if parts?.experiment != request.experiment {
      parts = (request.experiment, SnapshotParts(dataset: request.dataset, kernels: kernels))
      curves = CurveRecorder()
    }
    guard let parts = parts?.parts else { return }
    let states = request.states
    let state = states[request.learner]
    func measured<Value>(_ value: Value) -> Measured<Value> {
      Measured(step: state.step, generation: request.generation, value: value)
    }
    func put(_ change: (inout TrainingSnapshot) -> Void) {
      board.update(request.experiment, change)
    }
    // What a key turns comes first.
    let counterfactual = measured(parts.counterfactual(states))
    put { $0.counterfactual = counterfactual }
    let maps = parts.maps(states).map { measured($0) }
    let examples = measured(parts.examples(states))
    put { snapshot in
      snapshot.maps = maps
      snapshot.examples = examples
    }
    let divergence = measured(parts.divergence(state))
    put { $0.divergence = divergence }
    curves.append(
      CurvePoint(
        counterfactual.value, configuration: state.configuration, step: state.step,
        minibatchLoss: request.minibatchLoss, trainLoss: parts.trainingLoss(states),
        learnerLosses: parts.learnerLosses(states)))
    let points = curves.points
    put { $0.curves = points }
  }
}
