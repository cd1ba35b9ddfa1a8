import DropoutEngine

/// Laws of dropout as a penalty.
///
/// The mean loss over masks is that of the mean network plus a term that grows with weights and
/// activations.
enum PenaltyLaws {
  static let all = [linearRegression, hiddenLayer, drawn]

  private static let scalings: [Scaling] = [.off, .classic, .inverted]

  /// Half the penalty of the masked place that feeds the output layer: sum_k sum_j U_kj^2 h_j^2.
  private static func penalty(_ network: LawExperiment, received: [Double], keep: Double) -> Double
  {
    let outgoing = network.reference.weights[network.sourceCount - 1]
    let squares = outgoing.reduce(0) { total, unit in
      let terms = zip(unit, received).map { $0 * $1 }
      return total + innerProduct(terms, terms)
    }
    return ScalingLaw.of(network.configuration.dropout.scaling).variance(keep) * squares / 2
  }

  static let linearRegression = Law(
    "penalty-linear", .penalty,
    "Linear regression: mean loss is the mean network's plus p(1-p), or (1-p)/p, sum w^2 x^2 / 2.",
    source: "Wager et al. 2013; Srivastava et al. 2014, section 9.1"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for scaling in scalings {
        let network = LawExperiment([4, 2], .numbers, in: &setting) {
          $0.keepInput = keep
          $0.dropout.scaling = scaling
        }
        let steps = try network.maskedSteps(setting)
        let mean = network.reference.loss(network.referenceMean.outputs, network.target())
        measurements.append(
          .equal(
            "keep \(keep), \(scaling.rawValue): mean loss", steps.mean { $0.trainingLoss },
            mean + penalty(network, received: network.input(), keep: keep)))
      }
    }
    return measurements
  }

  static let hiddenLayer = Law(
    "penalty-hidden", .penalty,
    "One masked hidden layer h: plus p(1-p), or (1-p)/p, times sum h_j^2 |U_j|^2 / 2.",
    source: "Wager et al. 2013; Srivastava et al. 2014, section 9.1"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (turn, keep) in Law.Setting.keepProbabilities.enumerated() {
      for scaling in scalings {
        let activation = ActivationFunction.allCases[turn]
        let network = LawExperiment([2, 4, 2], .numbers, in: &setting) {
          $0.keep = PerLayer(keep)
          $0.activation = PerLayer(activation)
          $0.dropout.scaling = scaling
        }
        let steps = try network.maskedSteps(setting)
        let mean = network.reference.loss(network.referenceMean.outputs, network.target())
        let hidden = network.referencePlain.activations[0]
        measurements.append(
          .equal(
            "keep \(keep), \(scaling.rawValue), \(activation.rawValue): mean loss",
            steps.mean { $0.trainingLoss },
            mean + penalty(network, received: hidden, keep: keep)))
      }
    }
    return measurements
  }

  static let drawn = Law(
    "penalty-drawn", .penalty,
    "Over masks as often as the engine draws them, mean losses are those of the closed form.",
    source: "Wager et al. 2013; Srivastava et al. 2014, section 9.1"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for scaling in scalings {
        let network = LawExperiment([2, 4, 2], .numbers, in: &setting) {
          $0.keep = PerLayer(keep)
          $0.activation = PerLayer(.tanh)
          $0.dropout.scaling = scaling
        }
        let passes = try network.maskedPasses(setting, steps: 4)
        let variance = passes.variance { pass in
          network.reference.loss(
            network.referencePass(under: pass.masks).outputs, network.target())
        }
        let draws = 16_384
        let loss = try network.trainer(setting, copies: draws).evidence().trainingLoss
        let mean = network.reference.loss(network.referenceMean.outputs, network.target())
        measurements.append(
          .sampled(
            "keep \(keep), \(scaling.rawValue): mean loss", loss,
            mean
              + penalty(network, received: network.referencePlain.activations[0], keep: keep),
            sigma: (variance / Double(draws)).squareRoot(), samples: draws))
      }
    }
    return measurements
  }
}
