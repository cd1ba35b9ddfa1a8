import DropoutCore
import Testing

@Suite("Which pass sees which mask") struct MaskPassTests {
  /// A regression whose last hidden layer is masked, one example: the loss is half the squared error.
  private func network(keep: Double, maskPass: MaskPass) -> LawNetwork {
    LawNetwork([3, 3, 2, 2], classes: false) {
      $0.keep = PerLayer(values: [1, keep])
      $0.activation = PerLayer(.tanh)
      $0.dropout = DropoutSettings(scaling: .inverted, maskPass: maskPass)
      $0.learningRate = PerLayer(0)
    }
  }

  /// Steps until every pair of a forward and a backward mask was drawn, each once, with its probability.
  private func pairs(_ network: LawNetwork, keep: Double) throws -> [MaskedStep] {
    let trainer = try network.trainer()
    var met: [[Float]: StepEvidence] = [:]
    while met.count < 16, trainer.step < 50_000 {
      let evidence = try trainer.advanceWithEvidence()
      let mask = evidence.layers[1].mask
      met[mask.forwardMask.elements + mask.backwardMask.elements] = evidence
    }
    try #require(met.count == 16)
    return met.map { mask, evidence in
      MaskedStep(
        probability: mask.map { $0 == 1 ? keep : 1 - keep }.reduce(1, *), evidence: evidence)
    }
  }

  /// The gradient of the penalty at the outgoing weights of the masked layer: (1-p)/p U h^2.
  private func outgoingPenalty(_ network: LawNetwork, _ plain: StepEvidence, keep: Double)
    -> [Double]
  {
    (0..<2).flatMap { unit in
      zip(network.weights(2, unit), plain.layers[1].activation.elements).map { weight, hidden in
        (1 - keep) / keep * weight * Double(hidden) * Double(hidden)
      }
    }
  }

  /// Checks the mean gradients: below the mask those of the mean network, above it with the penalty's.
  private func expectNoPenaltyBelow(_ network: LawNetwork, _ steps: [MaskedStep], keep: Double)
    throws
  {
    let plain = try network.plainStep()
    for layer in 0..<2 {
      #expect(agree(steps.mean { $0.gradient(layer) }, plain.gradient(layer)), "layer \(layer)")
    }
    let penalty = outgoingPenalty(network, plain, keep: keep)
    let expected = zip(plain.weightGradient(2), penalty).map { $0 + $1 }
    #expect(agree(steps.mean { $0.weightGradient(2) }, expected))
  }

  @Test(
    "Independent masks: no penalty reaches the weights below, the outgoing ones keep all of it",
    arguments: lawKeepProbabilities)
  func independent(keep: Double) throws {
    let network = network(keep: keep, maskPass: .independent)
    try expectNoPenaltyBelow(network, pairs(network, keep: keep), keep: keep)
  }

  @Test("Gradients that ignore the mask have the same means", arguments: lawKeepProbabilities)
  func forward(keep: Double) throws {
    let network = network(keep: keep, maskPass: .forward)
    try expectNoPenaltyBelow(network, network.maskedSteps(), keep: keep)
  }

  @Test(
    "One mask for both passes: the mean gradient is that of the mean network and the whole penalty",
    arguments: lawKeepProbabilities)
  func both(keep: Double) throws {
    let network = network(keep: keep, maskPass: .both)
    let plain = try network.plainStep()
    let steps = try network.maskedSteps()
    let penalty = outgoingPenalty(network, plain, keep: keep)
    #expect(
      agree(
        steps.mean { $0.weightGradient(2) }, zip(plain.weightGradient(2), penalty).map { $0 + $1 }))
    // Below, through tanh: (1-p)/p |U_j|^2 h_j (1 - h_j^2) times what the layer received.
    var expected = plain.weightGradient(1)
    for unit in 0..<2 {
      let outgoing = (0..<2).map { network.weights(2, $0)[unit] }
      let hidden = Double(plain.layers[1].activation[0, unit])
      let signal = (1 - keep) / keep * dot(outgoing, outgoing) * hidden * (1 - hidden * hidden)
      for input in 0..<3 {
        expected[unit * 3 + input] += signal * Double(plain.layers[1].received[0, input])
      }
    }
    #expect(agree(steps.mean { $0.weightGradient(1) }, expected))
  }
}
