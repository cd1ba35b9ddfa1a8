import DropoutEngine

/// Laws of the effect of penalties, caps and factors on an update.
enum PenaltyUpdateLaws {
  static let all = [penalties, maxNorm, inverseKeep, inverseRatio]

  /// One step of SGD on a layer's weights in closed form, before any cap, followed by its biases.
  private static func stepped(
    _ layer: LayerEvidence, rate: Double, l1: Double = 0, l2: Double = 0, factor: Double = 1
  ) -> (weights: [Double], biases: [Double]) {
    let weights = zip(layer.weights.elements, layer.weightGradient.elements).map { pair in
      let weight = Double(pair.0)
      let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : 0
      return weight - factor * rate * (Double(pair.1) + l2 * weight + l1 * sign)
    }
    return (weights, zip(layer.biases, layer.biasGradient).map { Double($0) - rate * Double($1) })
  }

  static let penalties = Law(
    "update-l1-l2", .updates,
    "L2 adds lambda W and L1 lambda sign(W) to the gradients of weights, and nothing to biases.",
    source: "Krogh, Hertz 1992; Tibshirani 1996"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (l1, l2) in [(0.0, 0.5), (0.5, 0), (0.25, 0.125)] {
      let network = UpdateLaws.network(&setting) {
        $0.l1 = PerLayer(values: [l1, l1 / 2])
        $0.l2 = PerLayer(values: [l2, l2 / 2])
      }
      let trainer = try network.trainer(setting)
      for step in 0..<3 {
        let evidence = try trainer.advanceWithEvidence()
        for layer in 0..<2 {
          let expected = stepped(
            evidence.layers[layer], rate: network.configuration.learningRate[layer],
            l1: network.configuration.l1[layer], l2: network.configuration.l2[layer])
          let name = "L1 \(l1), L2 \(l2), step \(step), layer \(layer): "
          measurements += [
            .farthest(
              name + "weights", evidence.layers[layer].weightsAfter.elements.map { Double($0) },
              expected.weights),
            .farthest(
              name + "biases", evidence.layers[layer].biasesAfter.map { Double($0) },
              expected.biases),
          ]
        }
      }
    }
    return measurements
  }

  /// The weights, with each unit's scaled down to a norm of at most `cap`.
  private static func capped(_ weights: [Double], inputs: Int, _ cap: Double) -> [Double] {
    stride(from: 0, to: weights.count, by: inputs).flatMap { first in
      let unit = weights[first..<first + inputs]
      let norm = unit.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return unit.map { $0 * min(1, cap / norm) }
    }
  }

  static let maxNorm = Law(
    "update-max-norm", .updates,
    "Max-norm shortens the weights into a unit to the cap where they are longer, after the update.",
    source: "Srebro, Shraibman 2005; Srivastava et al. 2014, section 5.1"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for cap in [0.4, 0.9, 1.5] {
      let network = UpdateLaws.network(&setting) { $0.maxNorm = PerLayer(values: [cap, cap / 2]) }
      let trainer = try network.trainer(setting)
      for step in 0..<3 {
        let evidence = try trainer.advanceWithEvidence()
        for (layer, evidence) in evidence.layers.enumerated() {
          let expected = stepped(evidence, rate: network.configuration.learningRate[layer])
          measurements += [
            .farthest(
              "cap \(cap), step \(step), layer \(layer): weights",
              evidence.weightsAfter.elements.map { Double($0) },
              capped(
                expected.weights, inputs: evidence.weights.columns,
                layer == 0 ? cap : cap / 2)),
            .farthest(
              "cap \(cap), step \(step), layer \(layer): biases",
              evidence.biasesAfter.map { Double($0) }, expected.biases),
          ]
        }
      }
    }
    return measurements
  }

  static let inverseKeep = Law(
    "update-inverse-keep", .updates,
    "The update times 1/p is the learning rate over p, for a layer's weights and not its biases.",
    source: "the update rule; p that of what the layer receives"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = UpdateLaws.network(&setting) {
        $0.keepInput = 1 - keep / 2
        $0.keep = PerLayer(keep)
        $0.l1 = PerLayer(0.1)
        $0.l2 = PerLayer(0.2)
        $0.maxNorm = PerLayer(values: [nil, 0.8])
        $0.dropout = Variant.scaledUpdate.settings
      }
      let trainer = try network.trainer(setting)
      for step in 0..<3 {
        let evidence = try trainer.advanceWithEvidence()
        for (layer, evidence) in evidence.layers.enumerated() {
          var expected = stepped(
            evidence, rate: network.configuration.learningRate[layer], l1: 0.1, l2: 0.2,
            factor: 1 / network.keeps[layer])
          if layer == 1 { expected.weights = capped(expected.weights, inputs: 4, 0.8) }
          let name = "keep \(network.keeps[layer]), step \(step): "
          measurements += [
            .farthest(
              name + "weights", evidence.weightsAfter.elements.map { Double($0) },
              expected.weights),
            .farthest(name + "biases", evidence.biasesAfter.map { Double($0) }, expected.biases),
          ]
        }
      }
    }
    return measurements
  }

  static let inverseRatio = Law(
    "update-keeps-the-ratio", .updates,
    "The update times 1/p leaves the ratio of test and mean training sums at 1/p.",
    source: "Srivastava et al. 2014, section 4"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      var network = LawExperiment([4, 5, 3], in: &setting) {
        $0.keepInput = keep
        $0.dropout = Variant.scaledUpdate.settings
        $0.learningRate = PerLayer(0.1)
      }
      let trainer = try network.trainer(setting)
      try trainer.advance(steps: 60)
      network.parameters = trainer.parameters
      network.configuration.learningRate = PerLayer(0)
      let passes = try network.maskedPasses(setting, into: 0, steps: 4)
      for unit in 0..<5 {
        let sum = MaskedSum(network.terms(unit: unit), keep: keep, factor: 1)
        measurements.append(
          .equal(
            "keep \(keep), unit \(unit): mean sum times 1/p, less the test sum",
            passes.mean { $0.sums[0][unit] } / keep
              - passes.entries[0].value.testSums[0][unit], 0, scale: sum.scale / keep))
      }
    }
    return measurements
  }
}
