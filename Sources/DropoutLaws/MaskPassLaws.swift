import DropoutEngine

/// Laws of masks in one pass alone, or different masks in each pass.
enum MaskPassLaws {
  static let all =
    [backwardMean, backwardMeanInverted] + [
      cosine, sharedCosine, inputMasks, noPenalty, drawn, independentBelow, independentAbove,
      forwardOnly,
    ]

  private static let source = "the expectation of a product of independent masks"

  /// A network with two masked hidden layers of different p, masked only in the backward pass.
  private static func backwardNetwork(
    _ setting: inout Law.Setting, turn: Int, _ scaling: Scaling
  ) -> LawExperiment {
    let keeps = (0..<2).map { Law.Setting.keepProbabilities[(turn + $0) % 3] }
    return LawExperiment([2, 2, 2, 2], in: &setting) {
      $0.keep = PerLayer(values: keeps)
      $0.activation = PerLayer(.tanh)
      $0.dropout = DropoutSettings(scaling: scaling, maskPass: .backward)
    }
  }

  /// The share of each layer's mean gradient that masks on the backward pass leave.
  private static func shares(_ network: LawExperiment) -> [Double] {
    let mean = ScalingLaw.of(network.configuration.dropout.scaling).mean
    return [mean(network.keeps[1]) * mean(network.keeps[2]), mean(network.keeps[2]), 1]
  }

  static let backwardMean = backward(
    .off, "backward-mean",
    "Backward-only: the mean gradient is p^k of the plain one behind k masked hidden layers.")

  static let backwardMeanInverted = backward(
    .inverted, "backward-mean-inverted",
    "Backward-only with factors 1/p: the mean gradient is the plain one.")

  private static func backward(_ scaling: Scaling, _ name: String, _ statement: String) -> Law {
    Law(name, .passes, statement, source: source) { setting in
      var measurements: [LawMeasurement] = []
      for turn in 0..<3 {
        let network = backwardNetwork(&setting, turn: turn, scaling)
        let steps = try network.maskedSteps(setting)
        let plain = network.reference.gradient(network.referencePlain, network.target())
        for (layer, share) in shares(network).enumerated() {
          measurements.append(
            .farthest(
              "order \(turn), layer \(layer): mean gradient", steps.means { $0.gradient(layer) },
              plain[layer].map { share * $0 }, scale: 1))
        }
      }
      return measurements
    }
  }

  /// The squared cosine of a gradient with the plain one; 0 for a gradient of 0.
  private static func squaredCosine(_ found: [Double], _ plain: [Double]) -> Double {
    let length = innerProduct(found, found)
    let product = innerProduct(found, plain)
    return length == 0 ? 0 : product * product / (length * innerProduct(plain, plain))
  }

  private static func cosines(
    _ setting: inout Law.Setting, examples: Int
  ) throws -> [LawMeasurement] {
    try Law.Setting.keepProbabilities.map { keep in
      let network = LawExperiment([3, 4, 2], examples: examples, in: &setting) {
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(.tanh)
        $0.dropout = DropoutSettings(
          maskPass: .backward, maskSharing: examples > 1 ? .batch : .example)
      }
      let rows = (0..<examples).map { example in
        network.reference.gradient(
          network.reference.pass(network.input(example)), network.target(example))[0]
      }
      let plain = (0..<12).map { index in rows.reduce(0) { $0 + $1[index] } }
      let steps = try network.maskedSteps(setting)
      return .equal(
        "keep \(keep): mean squared cosine",
        steps.mean { squaredCosine(Array($0.gradient(0).prefix(12)), plain) }, keep)
    }
  }

  static let cosine = Law(
    "backward-cosine", .passes,
    "Backward-only, one example: the mean squared cosine to the plain gradient below the mask "
      + "is p.",
    source: "Pythagoras, unit by unit"
  ) { setting in try cosines(&setting, examples: 1) }

  static let sharedCosine = Law(
    "backward-cosine-shared", .passes,
    "The same for a minibatch that shares one mask.", source: "Pythagoras, unit by unit"
  ) { setting in try cosines(&setting, examples: 3) }

  static let inputMasks = Law(
    "backward-input-masks", .passes, "Backward-only masks of the inputs do nothing.",
    source: "no gradient of the network passes its inputs"
  ) { setting in
    let network = LawExperiment([3, 5, 3], examples: 12, in: &setting) {
      $0.batch = 4
      $0.learningRate = PerLayer(0.1)
      $0.dropout.maskPass = .backward
    }
    var masked = network
    masked.configuration.keepInput = 0.3
    let (one, other) = (try network.trainer(setting), try masked.trainer(setting))
    try one.advance(steps: 30)
    try other.advance(steps: 30)
    let farthest =
      zip(one.parameters.values, other.parameters.values)
      .map { abs($0 - $1) }.max() ?? .nan
    return [.identical("farthest weight after 30 steps", farthest, 0)]
  }

  static let noPenalty = Law(
    "backward-no-penalty", .passes,
    "Backward-only: the passes agree and the loss is the plain network's, without penalty.",
    source: "no activation is masked"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      for scaling in [Scaling.off, .classic, .inverted] {
        let network = backwardNetwork(&setting, turn: turn, scaling)
        let evidence = try network.trainer(setting).evidence()
        let plain = network.referencePlain
        let name = "order \(turn), \(scaling.rawValue): "
        measurements += [
          .identical(name + "losses", evidence.trainingLoss, evidence.testPassLoss),
          .equal(
            name + "loss", evidence.trainingLoss,
            network.reference.loss(plain.outputs, network.target())),
          .farthest(
            name + "sums into the output",
            evidence.layers[2].trainingSum.elements.map { Double($0) }, plain.sums[2], scale: 1),
        ]
      }
    }
    return measurements
  }

  static let drawn = Law(
    "backward-drawn", .passes,
    "Backward-only, over masks as often as the engine draws them: the mean gradient is p^k G.",
    source: source
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      let network = backwardNetwork(&setting, turn: turn, .off)
      let steps = try network.maskedSteps(setting)
      let plain = network.reference.gradient(network.referencePlain, network.target())
      let draws = 16_384
      // The gradient of a minibatch is the mean over its examples' masks.
      let evidence = try network.trainer(setting, copies: draws).evidence()
      for (layer, share) in shares(network).enumerated() where share < 1 {
        for (index, gradient) in evidence.gradient(layer).enumerated() {
          measurements.append(
            .sampled(
              "order \(turn), layer \(layer), parameter \(index): mean gradient", gradient,
              share * plain[layer][index],
              sigma: (steps.variance { $0.gradient(layer)[index] } / Double(draws)).squareRoot(),
              samples: draws))
        }
      }
    }
    return measurements
  }

  /// The mean gradients of a regression whose last hidden layer is masked, and those of its mean
  /// network plus the penalty's gradient at the outgoing weights.
  private static func penalized(
    _ setting: inout Law.Setting, _ pass: MaskPass, _ layers: [Int]
  ) throws -> [LawMeasurement] {
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([2, 3, 2, 2], .numbers, in: &setting) {
        $0.keep = PerLayer(values: [1, keep])
        $0.activation = PerLayer(.tanh)
        $0.dropout = DropoutSettings(scaling: .inverted, maskPass: pass)
      }
      let steps = try network.maskedSteps(setting)
      let plain = network.referencePlain
      var expected = network.reference.gradient(plain, network.target())
      for output in 0..<2 {
        for (unit, hidden) in plain.activations[1].enumerated() {
          expected[2][output * 2 + unit] +=
            (1 - keep) / keep * network.reference.weights[2][output][unit] * hidden * hidden
        }
      }
      for layer in layers {
        measurements.append(
          .farthest(
            "keep \(keep), layer \(layer): mean gradient", steps.means { $0.gradient(layer) },
            expected[layer], scale: 1))
      }
    }
    return measurements
  }

  static let independentBelow = Law(
    "independent-below", .passes,
    "Another mask backward, squared loss: no penalty reaches the weights below the mask.",
    source: source
  ) { setting in try penalized(&setting, .independent, [0, 1]) }

  static let independentAbove = Law(
    "independent-outgoing", .passes,
    "The weights that leave the masked layer keep the penalty's whole gradient, (1-p)/p U h^2.",
    source: source
  ) { setting in try penalized(&setting, .independent, [2]) }

  static let forwardOnly = Law(
    "forward-only-mean", .passes,
    "Gradients that ignore the mask have the same means as with an independent one.",
    source: source
  ) { setting in try penalized(&setting, .forward, [0, 1, 2]) }
}
