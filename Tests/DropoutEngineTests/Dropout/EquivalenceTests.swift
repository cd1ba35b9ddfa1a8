import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Classic and inverted dropout") struct EquivalenceTests {
  /// Trainers of one run in both forms under the exact map: W'_0 = p W_0 above each dropout.
  ///
  /// The settings of those layers change as the optimizer needs.
  private func pair(
    keep: Double, maskPass: MaskPass, change: (inout ExperimentConfiguration) -> Void
  ) throws -> (classic: Trainer, inverted: Trainer) {
    var inverted = ExperimentConfiguration()
    inverted.hidden = [6, 5]
    inverted.dropout = DropoutSettings(scaling: .inverted, maskPass: maskPass)
    inverted.keep = PerLayer(keep)
    change(&inverted)
    var classic = inverted
    classic.dropout.scaling = .classic
    // Layer 0 has unmasked inputs and keeps every setting. Classic weights are 1/p times as large.
    func mapped(_ value: Double, times factor: Double) -> PerLayer<Double> {
      PerLayer(values: [value, value * factor, value * factor])
    }
    let isAdaptive = [Optimizer.adam, .rmsprop].contains(inverted.optimizer.kind)
    inverted.weightRateFactor = mapped(1, times: isAdaptive ? keep : keep * keep)
    if isAdaptive { inverted.weightEpsilonFactor = mapped(1, times: 1 / keep) }
    inverted.l2 = mapped(classic.l2[0], times: 1 / (keep * keep))
    inverted.l1 = mapped(classic.l1[0], times: 1 / keep)
    if let cap = classic.maxNorm[0] {
      inverted.maxNorm = PerLayer(values: [cap, cap * keep, cap * keep])
    }
    let dataset = try BuiltInDataset.circle.generate(classic)
    let classicTrainer = try Trainer(configuration: classic, dataset: dataset)
    var start = classicTrainer.parameters
    for layer in 1..<start.layers.count {
      for index in start.layers[layer].weights.elements.indices {
        start.layers[layer].weights.elements[index] *= Float(keep)
      }
    }
    return (
      classicTrainer, try Trainer(configuration: inverted, dataset: dataset, initial: start)
    )
  }

  private func largestDifference(_ pair: (classic: Trainer, inverted: Trainer), keep: Double)
    -> Float
  {
    var largest: Float = 0
    for (layer, (one, other)) in zip(
      pair.classic.parameters.layers, pair.inverted.parameters.layers
    ).enumerated() {
      let factor = layer == 0 ? 1 : Float(keep)
      for (a, b) in zip(one.weights.elements, other.weights.elements) {
        largest = max(largest, abs(a * factor - b))
      }
      for (a, b) in zip(one.biases, other.biases) { largest = max(largest, abs(a - b)) }
    }
    return largest
  }

  @Test(
    "are one training run under the exact map, bit for bit where p is a power of two",
    arguments: [0.5, 0.25], [MaskPass.both, .independent])
  func exact(keep: Double, maskPass: MaskPass) throws {
    for optimizer in Optimizer.allCases {
      for penalty in 0..<4 {
        let trainers = try pair(keep: keep, maskPass: maskPass) { configuration in
          configuration.optimizer.kind = optimizer
          configuration.learningRate = PerLayer(
            [.adam, .rmsprop].contains(optimizer) ? 0.01 : 0.05)
          if penalty == 1 { configuration.l2 = PerLayer(0.0078125) }
          if penalty == 2 { configuration.l1 = PerLayer(0.001) }
          if penalty == 3 { configuration.maxNorm = PerLayer(1.25) }
        }
        try trainers.classic.advance(steps: 200)
        try trainers.inverted.advance(steps: 200)
        #expect(largestDifference(trainers, keep: keep) == 0, "\(optimizer), penalty \(penalty)")
      }
    }
  }

  @Test(
    "with momentum are one run with update scaling too",
    arguments: [0.5, 0.25], [Optimizer.momentum, .nesterov])
  func scaledUpdate(keep: Double, optimizer: Optimizer) throws {
    let trainers = try pair(keep: keep, maskPass: .both) { configuration in
      configuration.optimizer.kind = optimizer
      configuration.learningRate = PerLayer(0.01)
      configuration.dropout.updateScale = .inverseKeep
    }
    try trainers.classic.advance(steps: 200)
    try trainers.inverted.advance(steps: 200)
    #expect(largestDifference(trainers, keep: keep) == 0)
  }

  @Test("part where the epsilon of an adaptive rate is not mapped") func epsilon() throws {
    let trainers = try pair(keep: 0.5, maskPass: .both) { configuration in
      configuration.optimizer = OptimizerSettings(kind: .adam, epsilon: 1e-3)
      configuration.learningRate = PerLayer(0.01)
    }
    var unmapped = trainers.inverted.configuration
    unmapped.weightEpsilonFactor = PerLayer(1)
    let other = try Trainer(
      configuration: unmapped, dataset: trainers.inverted.dataset,
      initial: trainers.inverted.parameters)
    try trainers.classic.advance(steps: 20)
    try trainers.inverted.advance(steps: 20)
    try other.advance(steps: 20)
    #expect(largestDifference(trainers, keep: 0.5) == 0)
    #expect(largestDifference((trainers.classic, other), keep: 0.5) > 1e-6)
  }

  @Test("part where the start and the rate are the same") func withoutMap() throws {
    var classic = ExperimentConfiguration()
    classic.dropout.scaling = .classic
    var inverted = ExperimentConfiguration()
    inverted.dropout.scaling = .inverted
    let one = try classic.trainer()
    let other = try inverted.trainer()
    try one.advance(steps: 50)
    try other.advance(steps: 50)
    #expect(one.parameters.bits != other.parameters.bits)
  }

  @Test("Turning the scaling from off to classic changes no bit of the training")
  func offToClassic() throws {
    let off = try ExperimentConfiguration().trainer()
    let turned = try ExperimentConfiguration().trainer()
    try off.advance(steps: 50)
    try turned.advance(steps: 20)
    let measurer = Measurer(dataset: off.dataset)
    let counterfactual = measurer.evaluate(turned.state, on: .test, as: .timesKeep)
    try turned.apply(.parameter(name: "scaling", value: "classic"))
    #expect(measurer.evaluate(turned.state, on: .test) == counterfactual)
    try turned.advance(steps: 30)
    #expect(off.parameters.bits == turned.parameters.bits)
  }
}
