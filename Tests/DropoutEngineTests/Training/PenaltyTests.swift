import DropoutEngine
import Oracles
import Testing

@Suite("The penalty that dropout amounts to") struct PenaltyTests {
  /// Half the squared error, summed over the outputs.
  private func loss(_ outputs: [Double], _ targets: [Double]) -> Double {
    zip(outputs, targets).map { ($0 - $1) * ($0 - $1) / 2 }.reduce(0, +)
  }

  /// The factor of the penalty, and the mean factor of masked values.
  private func factors(_ scaling: Scaling, _ keep: Double) -> (penalty: Double, mean: Double) {
    scaling == .inverted ? ((1 - keep) / keep, 1) : (keep * (1 - keep), keep)
  }

  @Test(
    "One masked hidden layer: half of sum h^2 |U|^2, times (1-p)/p or p(1-p), mean over examples",
    arguments: lawKeepProbabilities, [Scaling.off, .classic, .inverted])
  func hiddenLayer(keep: Double, scaling: Scaling) throws {
    for activation in ActivationFunction.allCases {
      let network = LawNetwork([3, 6, 2], classes: false, examples: 4) {
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(activation)
        $0.dropout.scaling = scaling
      }
      let factors = factors(scaling, keep)
      // The engine's own loss of its masked passes.
      let steps = try network.maskedSteps()
      let measured = steps.mean { [$0.trainingLoss] }[0]
      let evidence = steps[0].evidence
      var expected = 0.0
      for (row, example) in evidence.examples.enumerated() {
        let hidden = evidence.layers[0].activation.row(row).map { Double($0) }
        let outputs = (0..<2).map { unit in
          factors.mean * dot(network.weights(1, unit), hidden) + network.bias(1, unit)
        }
        expected += loss(outputs, network.targets(example)) / 4
        for unit in 0..<2 {
          let terms = zip(network.weights(1, unit), hidden).map { $0 * $1 }
          expected += factors.penalty * dot(terms, terms) / 2 / 4
        }
      }
      #expect(agree(measured, expected), "\(activation)")
    }
  }
}
