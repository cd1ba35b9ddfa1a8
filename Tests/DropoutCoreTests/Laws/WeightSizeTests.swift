import DropoutCore
import Testing

@Suite("The size of the weights and the ratio") struct WeightSizeTests {
  /// The ratio of each layer, sum |test| / sum |mean training sum|, over the engine's masked passes.
  private func ratios(
    _ activation: ActivationFunction, keep: Double, weightScale: Double
  ) throws -> [Double] {
    let network = LawNetwork([4, 4, 4, 2], hasBiases: false, weightScale: weightScale) {
      $0.keep = PerLayer(keep)
      $0.keepInput = keep
      $0.activation = PerLayer(activation)
    }
    let all = try network.subnetworks()
    let test = network.measurer.sums(network.state, example: 0)
    return (0..<3).map { layer in
      let units = test[layer].test.indices
      let mean = units.map { unit in abs(all.mean { $0.layers[layer].sum[unit] }) }
      return units.map { abs(Double(test[layer].test[$0])) }.reduce(0, +) / mean.reduce(0, +)
    }
  }

  @Test(
    "Without biases the ratio of a ReLU network does not depend on it: L2 cannot repair it",
    arguments: lawKeepProbabilities)
  func relu(keep: Double) throws {
    let large = try ratios(.relu, keep: keep, weightScale: 2)
    let small = try ratios(.relu, keep: keep, weightScale: 0.125)
    #expect(agree(large, small))
    #expect(agree(large[0], 1 / keep))
  }

  @Test(
    "With tanh the ratio of the second layer rises to 1/p^2 as the weights shrink",
    arguments: lawKeepProbabilities)
  func tanh(keep: Double) throws {
    let found = try [2, 1, 0.5, 0.01].map { try ratios(.tanh, keep: keep, weightScale: $0) }
    #expect(found.allSatisfy { agree($0[0], 1 / keep) })
    let second = found.map { $0[1] }
    #expect(second == second.sorted() && second[0] < second[3] - 0.05)
    #expect(agree(second[3], 1 / (keep * keep), tolerance: 1e-3))
  }

  @Test(
    "Without biases the unscaled logits are p^-L times the scaled ones: the same class, more sure",
    arguments: lawKeepProbabilities)
  func logits(keep: Double) throws {
    let network = LawNetwork([4, 6, 5, 3], classes: false, hasBiases: false) {
      $0.keep = PerLayer(keep)
    }
    let inputs = Matrix(rows: 1, columns: 4, elements: network.dataset.inputs(of: 0))
    let unscaled = network.measurer.outputs(network.state, inputs: inputs, as: .asTheyAre)
    let scaled = network.measurer.outputs(network.state, inputs: inputs, as: .timesKeep)
    #expect(
      agree(
        unscaled.elements.map { Double($0) }, scaled.elements.map { Double($0) / (keep * keep) }))
  }
}
