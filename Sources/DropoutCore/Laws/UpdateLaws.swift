/// Laws of what a step does with its gradients.
enum UpdateLaws {
  static let all = [
    sgd, momentum, nesterov, rmsprop, adam, penalties, maxNorm, inverseKeep, inverseRatio,
  ]

  private static func network(
    _ setting: inout Law.Setting, _ change: (inout ExperimentConfiguration) -> Void
  ) -> LawExperiment {
    LawExperiment([3, 4, 3], examples: 6, in: &setting) {
      $0.keepInput = 0.8
      $0.keep = PerLayer(0.3)
      $0.batch = 3
      $0.learningRate = PerLayer(values: [0.05, 0.02])
      $0.dropout.scaling = .inverted
      change(&$0)
    }
  }

  /// A law of an optimizer: how far a parameter has moved after some steps, in learning rates, out of all its
  /// gradients g_0, g_1 ...
  private static func rule(
    _ kind: Optimizer, _ statement: String, source: String,
    _ displacement: @escaping @Sendable ([Double], OptimizerSettings) -> Double
  ) -> Law {
    Law("update-\(kind.rawValue)", .updates, statement, source: source) { setting in
      var measurements: [LawMeasurement] = []
      for steps in [1, 6] {
        let network = network(&setting) {
          $0.optimizer = OptimizerSettings(
            kind: kind, momentum: 0.8, decay: 0.7, beta1: 0.6, beta2: 0.9, epsilon: 1e-3)
        }
        let trainer = try network.trainer(setting)
        let evidence = try (0..<steps).map { _ in try trainer.advanceWithEvidence() }
        for layer in 0..<2 {
          let start = network.parameters.layers[layer].values
          let moved = zip(trainer.parameters.layers[layer].values, start).map { $0 - $1 }
          let gradients = evidence.map { $0.gradient(layer) }
          let expected = start.indices.map { index in
            -network.configuration.learningRate[layer]
              * displacement(gradients.map { $0[index] }, network.configuration.optimizer)
          }
          measurements.append(
            .farthest(
              "after \(steps) steps, layer \(layer): move", moved, expected, scale: 0.3))
        }
      }
      return measurements
    }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    ElementaryFunctions.power(base, exponent)
  }

  /// The sum of values, the newest times 1, each older one times another factor of `decay`.
  private static func faded(_ values: ArraySlice<Double>, _ decay: Double) -> Double {
    values.enumerated().reduce(0) { $0 + power(decay, values.count - 1 - $1.offset) * $1.element }
  }

  static let sgd = rule(
    .sgd, "SGD: T steps move a parameter by -lr times the sum of its gradients.",
    source: "Robbins, Monro 1951"
  ) { gradients, _ in gradients.reduce(0, +) }

  static let momentum = rule(
    .momentum,
    "Momentum: the gradient of step t counts (1 - mu^(T-t))/(1 - mu) times after T steps.",
    source: "Polyak 1964"
  ) { gradients, settings in
    let count = gradients.count
    return gradients.enumerated().reduce(0) {
      $0 + $1.element * (1 - power(settings.momentum, count - $1.offset)) / (1 - settings.momentum)
    }
  }

  static let nesterov = rule(
    .nesterov, "Nesterov: it counts 1 + mu (1 - mu^(T-t))/(1 - mu) times.",
    source: "Sutskever et al. 2013"
  ) { gradients, settings in
    let count = gradients.count
    let mu = settings.momentum
    return gradients.enumerated().reduce(0) {
      $0 + $1.element * (1 + mu * (1 - power(mu, count - $1.offset)) / (1 - mu))
    }
  }

  static let rmsprop = rule(
    .rmsprop,
    "RMSProp: each gradient is divided by the root of the faded mean of their squares, plus eps.",
    source: "Tieleman, Hinton 2012"
  ) { gradients, settings in
    gradients.indices.reduce(0) { total, step in
      let square = (1 - settings.decay) * faded(gradients[...step].squares[...], settings.decay)
      return total + gradients[step] / (square.squareRoot() + settings.epsilon)
    }
  }

  static let adam = rule(
    .adam,
    "Adam: weighted means of gradients and squares, whose weights sum to 1 from the first step on.",
    source: "Kingma, Ba 2015, sections 2 and 3"
  ) { gradients, settings in
    gradients.indices.reduce(0) { total, step in
      func mean(_ values: [Double], _ beta: Double) -> Double {
        let ones = [Double](repeating: 1, count: values.count)
        return faded(values[...], beta) / faded(ones[...], beta)
      }
      let past = Array(gradients[...step])
      let root = mean(past[...].squares, settings.beta2).squareRoot()
      return total + mean(past, settings.beta1) / (root + settings.epsilon)
    }
  }

  /// One step of SGD on a layer's weights in closed form, before any cap, then its biases.
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
      let network = network(&setting) {
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

  /// The weights with each unit's scaled down to a norm of at most `cap`.
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
      let network = network(&setting) { $0.maxNorm = PerLayer(values: [cap, cap / 2]) }
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
      let network = network(&setting) {
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

extension LayerParameters {
  /// The weights, then the biases.
  fileprivate var values: [Double] { (weights.elements + biases).map { Double($0) } }
}

extension ArraySlice<Double> {
  fileprivate var squares: [Double] { map { $0 * $0 } }
}
