import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Means of the subnetworks' outputs") struct EnsembleMeanTests {
  /// The mean factor of a masked activation in training.
  private func meanMultiplier(_ scaling: Scaling, _ keep: Double) -> Double {
    [.inverted, .double].contains(scaling) ? 1 : keep
  }

  private func softmax(_ logits: [Double]) -> [Double] {
    let total = logSumExp(logits)
    return logits.map { ElementaryFunctions.exponential($0 - total) }
  }

  /// The normalised geometric mean of output probabilities, weighted by probability.
  private func geometricMean(_ all: [(probability: Double, outputs: [Double])]) -> [Double] {
    softmax(
      all[0].outputs.indices.map { output in
        all.map { $0.probability * ElementaryFunctions.logarithm($0.outputs[output]) }
          .reduce(0, +)
      })
  }

  /// The logits of the layers above `activations`, each activation multiplied by `multiplier`;
  /// linear.
  private func scaledLogits(
    _ network: LawNetwork, from activations: [Double], layer: Int, multiplier: Double
  ) -> [Double] {
    var values = activations
    for index in layer..<network.parameters.layers.count {
      values = network.parameters.layers[index].biases.indices.map { unit in
        dot(network.weights(index, unit), values) * multiplier + network.bias(index, unit)
      }
    }
    return values
  }

  @Test(
    "Masked units that feed a softmax linearly: the geometric mean is the weight-scaling network",
    arguments: lawKeepProbabilities, Scaling.allCases)
  func geometric(keep: Double, scaling: Scaling) throws {
    for activation in ActivationFunction.allCases {
      let network = LawNetwork([3, 7, 3]) {
        $0.keep = PerLayer(keep)
        $0.dropout.scaling = scaling
        $0.activation = PerLayer(activation)
      }
      let all = try network.subnetworks()
      let logits = scaledLogits(
        network, from: all[0].layers[0].activation, layer: 1,
        multiplier: meanMultiplier(scaling, keep))
      #expect(agree(geometricMean(all.map { ($0.probability, $0.outputs) }), softmax(logits)))
      let target = network.targetClass()
      let meanLoss = all.mean { -ElementaryFunctions.logarithm($0.outputs[target]) }
      let gap = all.mean { logSumExp($0.logits) } - logSumExp(logits)
      #expect(agree(meanLoss - (logSumExp(logits) - logits[target]), gap, scale: 1))
      #expect(gap >= 0)
      // Where the scaling is right, the experiment's own test pass is that network.
      guard scaling == .classic || scaling == .inverted else { continue }
      let tested = network.measurer.outputs(
        network.state, inputs: Matrix(rows: 1, columns: 3, elements: network.dataset.inputs(of: 0)))
      #expect(agree(tested.elements.map { Double($0) }, softmax(logits)))
    }
  }

  @Test(
    "In linear networks of any depth the geometric mean is the weight-scaling network",
    arguments: lawKeepProbabilities)
  func linear(keep: Double) throws {
    let network = LawNetwork([3, 4, 3, 2, 3]) {
      $0.keep = PerLayer(keep)
      $0.keepInput = keep
      $0.activation = PerLayer(.linear)
    }
    let all = try network.subnetworks()
    let logits = scaledLogits(network, from: network.inputs(), layer: 0, multiplier: keep)
    #expect(agree(geometricMean(all.map { ($0.probability, $0.outputs) }), softmax(logits)))
  }

  @Test(
    "With masked output weights the geometric mean is the weight-scaling network as well",
    arguments: lawKeepProbabilities)
  func dropConnect(keep: Double) throws {
    let draws = 20_000
    let network = LawNetwork([3, 2, 2]) {
      $0.keep = PerLayer(keep)
      $0.dropout = Variant.dropconnect.settings
    }.repeatingFirstExample(draws)
    let evidence = try network.trainer().evidence()
    let masks = try #require(evidence.layers[1].weightMask)
    var outputs: [[Float]: [Double]] = [:]
    for row in 0..<draws {
      outputs[Array(masks[4 * row..<4 * row + 4])] = evidence.trainingOutput.row(row).map {
        Double($0)
      }
    }
    // Every mask of the four weights has come up; each counts with its own probability.
    try #require(outputs.count == 16)
    let all = outputs.map { mask, values in
      (probability: mask.map { $0 == 1 ? keep : 1 - keep }.reduce(1, *), outputs: values)
    }
    let logits = scaledLogits(
      network, from: evidence.layers[0].activation.row(0).map { Double($0) }, layer: 1,
      multiplier: keep)
    #expect(agree(geometricMean(all), softmax(logits)))
  }

  @Test(
    "At any depth the mean cross-entropy is at least that of the arithmetic and the geometric mean",
    arguments: lawKeepProbabilities, ActivationFunction.allCases)
  func jensen(keep: Double, activation: ActivationFunction) throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let network = LawNetwork([3, 5, 4, 3], seed: seed) {
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(activation)
        $0.dropout.scaling = .inverted
      }
      let all = try network.subnetworks()
      let target = network.targetClass()
      let meanLoss = all.mean { -ElementaryFunctions.logarithm($0.outputs[target]) }
      let arithmetic = all.mean { $0.outputs[target] }
      let geometric = geometricMean(all.map { ($0.probability, $0.outputs) })[target]
      #expect(meanLoss >= -ElementaryFunctions.logarithm(arithmetic) - 1e-6)
      #expect(meanLoss >= -ElementaryFunctions.logarithm(geometric) - 1e-6)
    }
  }

  @Test(
    "The gap of a sigmoid unit is at most Var z / (12 sqrt 3), that of a ReLU is within its bound",
    arguments: lawKeepProbabilities)
  func unitBounds(keep: Double) throws {
    var largest = 0.0
    for seed in 1...8 as ClosedRange<UInt64> {
      for activation in [ActivationFunction.sigmoid, .relu] {
        let network = LawNetwork([3, 6, 5, 2], seed: seed, weightScale: 2) {
          $0.keep = PerLayer(values: [keep, 1])
          $0.keepInput = keep
          $0.activation = PerLayer(activation)
          $0.dropout.scaling = .inverted
        }
        let all = try network.subnetworks()
        for layer in 0..<2 {
          for unit in 0..<network.configuration.hidden[layer] {
            let mean = all.mean { $0.layers[layer].preActivation[unit] }
            let variance = all.variance { $0.layers[layer].preActivation[unit] }
            let ofMean =
              activation == .relu
              ? max(mean, 0) : 1 / (1 + ElementaryFunctions.exponential(-mean))
            let gap = all.mean { $0.layers[layer].activation[unit] } - ofMean
            if activation == .relu {
              let bound = ((mean * mean + variance).squareRoot() - abs(mean)) / 2
              #expect(gap >= -1e-5 && gap <= bound + 1e-5)
              if bound > 1e-3 { largest = max(largest, gap / bound) }
            } else {
              #expect(abs(gap) <= variance / (12 * 3.0.squareRoot()) + 1e-6)
            }
          }
        }
      }
    }
    // The bound is not trivial.
    #expect(largest > 0.5)
  }
}
