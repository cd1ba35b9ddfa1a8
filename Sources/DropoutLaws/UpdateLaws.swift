import DropoutEngine

/// Laws of the optimizers.
enum UpdateLaws {
  static let all = [sgd, momentum, nesterov, rmsprop, adam]

  static func network(
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

  /// A law of an optimizer: the distance that a parameter has moved after some steps, in learning
  /// rates, computed from its gradients g_0, g_1 ...
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

  /// The sum of the values, each one weighted by `decay` to the power of its age.
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
}

extension LayerParameters {
  /// The weights, followed by the biases.
  fileprivate var values: [Double] { (weights.elements + biases).map { Double($0) } }
}

extension ArraySlice<Double> {
  fileprivate var squares: [Double] { map { $0 * $0 } }
}
