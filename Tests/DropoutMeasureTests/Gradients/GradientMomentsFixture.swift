import DropoutEngine
import DropoutMeasure
import Oracles

/// Small masked networks and their gradients over masks.
enum GradientMomentsFixture {
  /// A small network with masks on the values that feed the layer after its hidden layer, and
  /// perhaps on its inputs.
  static func network(
    _ sizes: [Int], keep: [Double], classes: Bool = true, examples: Int = 3,
    _ dropout: DropoutSettings, activation: ActivationFunction = .tanh, input: Double = 1
  ) -> LawNetwork {
    LawNetwork(sizes, classes: classes, examples: examples) {
      $0.keep = PerLayer(values: keep)
      $0.keepInput = input
      $0.activation = PerLayer(activation)
      $0.dropout = dropout
    }
  }

  /// The gradient over masks of the next step.
  static func moments(
    _ network: LawNetwork, changes: [ExperimentChange] = []
  ) throws -> (GradientMoments, NetworkState, StepEvidence) {
    let trainer = try network.trainer()
    for change in changes { try trainer.apply(change) }
    let evidence = try trainer.evidence()
    return (
      network.measurer.gradientMoments(trainer.state, of: evidence), trainer.state, evidence
    )
  }
}
