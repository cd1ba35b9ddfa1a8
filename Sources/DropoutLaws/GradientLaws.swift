import DropoutEngine

/// Laws of one step's gradients under the masks that it drew.
enum GradientLaws {
  static let all =
    MaskPass.allCases.map(gradients) + [gaussian, dropconnect, penalty]

  private static func statement(_ pass: MaskPass) -> String {
    switch pass {
    case .both:
      "The gradient is that of the masked network: each mask and its 1/p act in both passes."
    case .backward:
      "A mask on the backward pass multiplies what goes back, and nothing that goes on."
    case .forward:
      "Gradients that ignore the mask pass units by; weights still meet what they received."
    case .independent: "With another mask backward, what goes on and what goes back differ."
    }
  }

  /// A step's evidence from a network with numbers of moderate size, whose ReLU units are not near
  /// their corner.
  private static func step(
    _ setting: inout Law.Setting, turn: Int, goal: LawExperiment.Goal,
    _ activation: ActivationFunction, _ dropout: DropoutSettings
  ) throws -> (network: LawExperiment, evidence: StepEvidence) {
    let keeps = (0..<3).map { Law.Setting.keepProbabilities[(turn + $0) % 3] }
    for _ in 0..<1000 {
      let network = LawExperiment([3, 5, 4, 3], goal, examples: 4, in: &setting) {
        $0.keepInput = keeps[0]
        $0.keep = PerLayer(values: [keeps[1], keeps[2]])
        $0.activation = PerLayer(activation)
        $0.dropout = dropout
      }
      let evidence = try network.trainer(setting).evidence()
      let sizes = evidence.layers.flatMap(\.preActivation.elements).map { abs($0) }
      if sizes.allSatisfy({ $0 > 1e-4 && $0 < 8 }) { return (network, evidence) }
    }
    throw LawObstacle.noModerateNetwork
  }

  /// Compares the gradients of a step with the mean of those that `gradient` computes for its rows.
  private static func measure(
    _ name: String, _ evidence: StepEvidence, _ gradient: (Int) -> [[Double]]
  ) -> [LawMeasurement] {
    let rows = evidence.examples.indices.map(gradient)
    return evidence.layers.indices.map { layer in
      let mean = rows[0][layer].indices.map { index in
        rows.reduce(0) { $0 + $1[layer][index] } / Double(rows.count)
      }
      return .farthest(
        "\(name), layer \(layer): gradient", evidence.gradient(layer), mean, scale: 1)
    }
  }

  /// The multipliers of a row, from the masks in the engine's evidence.
  private static func multipliers(
    _ network: LawExperiment, _ evidence: StepEvidence, row: Int, _ mask: (MaskEvidence) -> Matrix
  ) -> [[Double]] {
    zip(evidence.sourceMasks, network.trainingFactors).map { masks, factor in
      mask(masks).row(row).map { Double($0) * factor }
    }
  }

  private static func gradients(_ pass: MaskPass) -> Law {
    Law(
      "gradient-\(pass.rawValue)", .gradients, statement(pass),
      source: pass == .both
        ? "Srivastava et al. 2014, section 5.1" : "Rumelhart et al. 1986, with masks at each place"
    ) { setting in
      var measurements: [LawMeasurement] = []
      for (turn, activation) in ActivationFunction.allCases.enumerated() {
        for goal in [LawExperiment.Goal.classes, .numbers] {
          for scaling in [Scaling.off, .inverted] {
            let (network, evidence) = try step(
              &setting, turn: turn, goal: goal, activation,
              DropoutSettings(scaling: scaling, maskPass: pass))
            let reference = network.reference
            measurements += measure(
              "\(activation.rawValue), \(goal), \(scaling.rawValue)", evidence
            ) { row in
              func masks(_ mask: (MaskEvidence) -> Matrix) -> [[Double]] {
                multipliers(network, evidence, row: row, mask)
              }
              let forward: [[Double]] = pass == .backward ? [] : masks(\.forwardMask)
              let backward: [[Double]] =
                switch pass {
                case .both: forward
                case .forward: []
                case .backward, .independent: masks(\.backwardMask)
                }
              let example = evidence.examples[row]
              return reference.gradient(
                reference.pass(network.input(example), multipliers: forward),
                network.target(example), backward: backward)
            }
          }
        }
      }
      return measurements
    }
  }

  static let gaussian = Law(
    "gradient-gaussian", .gradients,
    "Under Gaussian noise the gradient is that of the network with these multipliers.",
    source: "Srivastava et al. 2014, section 10"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (turn, activation) in ActivationFunction.allCases.enumerated() {
      let (network, evidence) = try step(
        &setting, turn: turn, goal: .classes, activation, Variant.gaussian.settings)
      let reference = network.reference
      measurements += measure(activation.rawValue, evidence) { row in
        let noise = multipliers(network, evidence, row: row, \.forwardMask)
        let example = evidence.examples[row]
        return reference.gradient(
          reference.pass(network.input(example), multipliers: noise), network.target(example),
          backward: noise)
      }
    }
    return measurements
  }

  static let dropconnect = Law(
    "gradient-dropconnect", .gradients,
    "DropConnect: a masked weight has no gradient and passes none back; biases have all of theirs.",
    source: "Wan et al. 2013"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (turn, activation) in ActivationFunction.allCases.enumerated() {
      for scaling in [Scaling.classic, .inverted] {
        let (network, evidence) = try step(
          &setting, turn: turn, goal: .classes, activation,
          DropoutSettings(scaling: scaling, noise: .dropconnect))
        let masks = evidence.layers.compactMap(\.weightMask)
        guard masks.count == 3 else { throw LawObstacle.noWeightMasks }
        measurements += measure("\(activation.rawValue), \(scaling.rawValue)", evidence) { row in
          var masked = network.reference
          var factors: [[Double]] = []
          for layer in 0..<3 {
            let count = masks[layer].count / evidence.examples.count
            factors.append(
              masks[layer][row * count..<(row + 1) * count].map {
                Double($0) * network.trainingFactors[layer]
              })
            let inputs = masked.weights[layer][0].count
            for unit in masked.weights[layer].indices {
              for input in 0..<inputs {
                masked.weights[layer][unit][input] *= factors[layer][unit * inputs + input]
              }
            }
          }
          let example = evidence.examples[row]
          let gradients = masked.gradient(
            masked.pass(network.input(example)), network.target(example))
          return gradients.enumerated().map { layer, gradient in
            zip(gradient, factors[layer]).map { $0 * $1 } + gradient.dropFirst(factors[layer].count)
          }
        }
      }
    }
    return measurements
  }

  static let penalty = Law(
    "gradient-mean-penalty", .gradients,
    "One masked hidden layer: the mean gradient is the mean network's and that of its penalty.",
    source: "Wager et al. 2013; Baldi, Sadowski 2013"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for scaling in [Scaling.off, .inverted] {
        let network = LawExperiment([3, 3, 2], .numbers, in: &setting) {
          $0.keep = PerLayer(keep)
          $0.activation = PerLayer(.tanh)
          $0.dropout.scaling = scaling
        }
        let steps = try network.maskedSteps(setting)
        let reference = network.reference
        let mean = network.referenceMean
        let weight = ScalingLaw.of(scaling).variance(keep)
        let multipliers = network.meanMultipliers
        var expected = reference.gradient(mean, network.target(), backward: multipliers)
        let hidden = mean.activations[0]
        for (unit, value) in hidden.enumerated() {
          let outgoing = (0..<2).map { reference.weights[1][$0][unit] }
          for output in 0..<2 {
            expected[1][output * 3 + unit] += weight * outgoing[output] * value * value
          }
          let delta =
            weight * innerProduct(outgoing, outgoing) * value
            * ActivationFunction.tanh.slope(mean.preActivations[0][unit])
          for input in 0..<3 { expected[0][unit * 3 + input] += delta * network.input()[input] }
          expected[0][9 + unit] += delta
        }
        for layer in 0..<2 {
          measurements.append(
            .farthest(
              "keep \(keep), \(scaling.rawValue), layer \(layer): mean gradient",
              steps.means { $0.gradient(layer) }, expected[layer], scale: 1))
        }
      }
    }
    return measurements
  }
}
