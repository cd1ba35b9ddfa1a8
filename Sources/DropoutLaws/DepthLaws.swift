import DropoutEngine
import DropoutMeasure

/// Laws of the ratio over several masked layers.
enum DepthLaws {
  static let all = [nonnegative, linear, rectified, logits]

  /// A network of three masked places with different keep probabilities.
  private static func network(
    _ setting: inout Law.Setting, turn: Int, isPositive: Bool, _ activation: ActivationFunction,
    _ scaling: Scaling = .off
  ) -> LawExperiment {
    let keeps = (0..<3).map { Law.Setting.keepProbabilities[(turn + $0) % 3] }
    return LawExperiment(
      [2, 2, 2, 2], .numbers, in: &setting, hasBiases: false, isPositive: isPositive
    ) {
      $0.keepInput = keeps[0]
      $0.keep = PerLayer(values: [keeps[1], keeps[2]])
      $0.activation = PerLayer(activation)
      $0.dropout.scaling = scaling
    }
  }

  /// The product of the keep probabilities of the places up to the one that feeds a layer.
  private static func product(_ keeps: [Double], into layer: Int) -> Double {
    keeps[0...layer].reduce(1, *)
  }

  static let nonnegative = Law(
    "depth-nonnegative", .depth,
    "Without biases, all weights and inputs >= 0: the unscaled ratio is the product of the 1/p.",
    source: "Srivastava et al. 2014, section 4, layer upon layer"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      for activation in [ActivationFunction.relu, .linear] {
        let network = network(&setting, turn: turn, isPositive: true, activation)
        let passes = try network.maskedPasses(setting)
        for layer in 0..<3 {
          for unit in 0..<2 {
            measurements.append(
              .equal(
                "\(activation.rawValue), order \(turn), layer \(layer), unit \(unit): ratio",
                passes.entries[0].value.testSums[layer][unit]
                  / passes.mean { $0.sums[layer][unit] },
                1 / product(network.keeps, into: layer)))
          }
        }
      }
    }
    return measurements
  }

  static let linear = Law(
    "depth-linear", .depth,
    "Without biases a linear network's mean sums are its test sums times the product of the p.",
    source: "Baldi, Sadowski 2013 (linear networks)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      for scaling in [Scaling.off, .classic, .inverted] {
        let network = network(&setting, turn: turn, isPositive: false, .linear, scaling)
        let passes = try network.maskedPasses(setting)
        let plain = network.referencePlain
        for layer in 0..<3 {
          let law = ScalingLaw.of(scaling)
          let mean = product(network.keeps.map(law.mean), into: layer)
          let test = product(network.keeps.map(law.test), into: layer)
          let name = "\(scaling.rawValue), order \(turn), layer \(layer): "
          measurements += [
            .farthest(
              name + "mean sums", passes.means { $0.sums[layer] },
              plain.sums[layer].map { $0 * mean }, scale: 0.1),
            .farthest(
              name + "test sums", passes.entries[0].value.testSums[layer],
              plain.sums[layer].map { $0 * test }, scale: 0.1),
          ]
        }
      }
    }
    return measurements
  }

  /// The squared ratio of a wide ReLU network, layer by layer.
  ///
  /// In a wide network sums are Gaussian over the weights. Two passes under independent masks have
  /// the same variance v and the covariance c, where c is the mean square of the mean sum. A pass
  /// without masks has the variance t.
  ///
  /// > Source: Cho, Saul 2009, Kernel Methods for Deep Learning (the arc-cosine kernel of degree
  /// > 1).
  private static func wideRatios(keep: Double, layers: Int) -> [Double] {
    var (variance, covariance) = (2 * keep, 2 * keep * keep)
    let test = 2.0
    return (0..<layers).map { layer in
      if layer > 0 {
        let cosine = covariance / variance
        let angle = arcCosine(cosine)
        let kernel =
          ((1 - cosine * cosine).squareRoot() + (Double.pi - angle) * cosine) / Double.pi
        covariance = keep * keep * variance * kernel
        variance *= keep
      }
      return (test / covariance).squareRoot()
    }
  }

  /// The angle in (0, pi/2) with a given cosine, by bisection.
  private static func arcCosine(_ cosine: Double) -> Double {
    var (low, high) = (0.0, Double.pi / 2)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if ElementaryFunctions.cosine(middle) > cosine { low = middle } else { high = middle }
    }
    return low
  }

  static let rectified = Law(
    "depth-relu", .depth,
    "Random ReLU networks: ratio 1/p, then below 1/p^L on average; 2, 3.6 and 5.7 at p = 0.5.",
    source: "Cho, Saul 2009 (arc-cosine kernel), for a width without end"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in [0.8, 0.5] {
      let networks = 40
      var ratios = [[Double]](repeating: [], count: 3)
      for _ in 0..<networks {
        var network = LawExperiment(
          [64, 64, 64, 64], .numbers, examples: 8, in: &setting, hasBiases: false
        ) {
          $0.keepInput = keep
          $0.keep = PerLayer(keep)
        }
        // Normal weights of variance 2/n: the initialisation of He.
        network.scaleWeights(by: 2.0.squareRoot())
        let layers = network.measurer(setting).divergence(network.state)
        for layer in 0..<3 { ratios[layer].append(layers[layer].ratio) }
      }
      let wide = wideRatios(keep: keep, layers: 3)
      for layer in 0..<3 {
        let mean = ratios[layer].reduce(0, +) / Double(networks)
        let spread = ratios[layer].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let sigma = (spread / Double(networks * (networks - 1))).squareRoot()
        let name = "keep \(keep), layer \(layer): mean ratio of \(networks) networks"
        if layer == 0 {
          measurements.append(.equal(name, mean, 1 / keep))
          continue
        }
        measurements += [
          // 64 units fall short of infinite width by a relative 3/64.
          .sampled(
            name, mean, wide[layer], sigma: sigma, samples: networks, bias: wide[layer] * 3 / 64),
          .atMost(name, mean, ElementaryFunctions.power(1 / keep, layer + 1)),
        ]
      }
    }
    return measurements
  }

  static let logits = Law(
    "depth-logits", .depth,
    "Without biases a ReLU network's unscaled outputs are its scaled ones times the product of "
      + "1/p.",
    source: "positive homogeneity of ReLU"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      let network = network(&setting, turn: turn, isPositive: false, .relu)
      let measurer = network.measurer(setting)
      let inputs = Matrix(rows: 1, columns: 2, elements: network.inputs[0])
      let unscaled = measurer.outputs(network.state, inputs: inputs, as: .asTheyAre)
      let scaled = measurer.outputs(network.state, inputs: inputs, as: .timesKeep)
      let mean = network.referenceMean.outputs
      let product = product(network.keeps, into: 2)
      measurements += [
        .farthest(
          "order \(turn): scaled", scaled.elements.map { Double($0) }, mean, scale: 0.1),
        .farthest(
          "order \(turn): unscaled", unscaled.elements.map { Double($0) },
          mean.map { $0 / product },
          scale: 1),
      ]
    }
    return measurements
  }
}

extension LawExperiment {
  /// Multiplies all weights.
  mutating func scaleWeights(by factor: Double) {
    for layer in parameters.layers.indices {
      for index in parameters.layers[layer].weights.elements.indices {
        parameters.layers[layer].weights.elements[index] *= Float(factor)
      }
    }
  }
}
