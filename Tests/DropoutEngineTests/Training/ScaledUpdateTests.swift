import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Updates multiplied by 1/p") struct ScaledUpdateTests {
  private func step(
    keep: Double, update: UpdateScale, rate: Double, optimizer: Optimizer
  ) throws -> StepEvidence {
    let network = LawNetwork([3, 5, 4, 2], examples: 6) {
      $0.keep = PerLayer(keep)
      $0.dropout.updateScale = update
      $0.learningRate = PerLayer(rate)
      $0.l1 = PerLayer(0.03)
      $0.l2 = PerLayer(0.2)
      $0.maxNorm = PerLayer(1)
      $0.optimizer.kind = optimizer
    }
    return try network.trainer().evidence()
  }

  @Test(
    "are a learning rate of 1/p on the weights behind a mask, penalties included, not on biases",
    arguments: lawKeepProbabilities, Optimizer.allCases)
  func asRate(keep: Double, optimizer: Optimizer) throws {
    let scaled = try step(keep: keep, update: .inverseKeep, rate: 0.1, optimizer: optimizer)
    let plain = try step(keep: keep, update: .one, rate: 0.1, optimizer: optimizer)
    let faster = try step(keep: keep, update: .one, rate: 0.1 / keep, optimizer: optimizer)
    #expect(scaled.layers[0].weightsAfter == plain.layers[0].weightsAfter)
    for layer in 0..<3 {
      #expect(scaled.layers[layer].biasesAfter == plain.layers[layer].biasesAfter)
      guard layer > 0 else { continue }
      let found = scaled.layers[layer].weightsAfter.elements.map { Double($0) }
      #expect(agree(found, faster.layers[layer].weightsAfter.elements.map { Double($0) }))
    }
  }

  @Test("leave the ratio of the first masked layer at 1/p", arguments: lawKeepProbabilities)
  func ratio(keep: Double) throws {
    var configuration = ExperimentConfiguration()
    configuration.keep = PerLayer(keep)
    configuration.dropout = Variant.scaledUpdate.settings
    configuration.learningRate = PerLayer(0.03)
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 100)
    let measurer = Measurer(dataset: trainer.dataset)
    let example = trainer.dataset.testExamples[0]
    // Over the engine's own masked passes.
    let space = try #require(
      MaskSpace(
        NetworkState(
          configuration: configuration, parameters: trainer.parameters,
          interventions: pinned(layer: 1, units: 12))))
    var mean = [Double](repeating: 0, count: 12)
    measurer.forEachSubnetwork(trainer.state, example: example, of: space) { numbers, pass in
      for (row, number) in numbers.enumerated() {
        for unit in 0..<12 {
          mean[unit] +=
            space.probability(of: number) * Double(pass.layers[1].trainingSum[row, unit])
        }
      }
    }
    let test = measurer.sums(trainer.state, example: example)[1].test
    #expect(agree(test.map { Double($0) }, mean.map { $0 / keep }))
  }

  private func pinned(layer: Int, units: Int) -> [UnitAddress: UnitIntervention] {
    Dictionary(
      uniqueKeysWithValues: (0..<units).map { (UnitAddress(layer: layer, unit: $0), .pin) })
  }
}
