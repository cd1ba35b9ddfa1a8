import DropoutEngine
import DropoutMeasure

/// Laws of the mean over all subnetworks.
enum EnsembleLaws {
  static let all = [
    geometric("two-classes", outputs: 2), geometric("ten-classes", outputs: 10), dropconnect,
    linear,
    crossEntropyGap, means, ambiguity,
  ]

  private static let source = "Hinton et al. 2012; Baldi, Sadowski 2013"

  /// The normalised geometric mean of the subnetworks' probabilities, weighted by their own.
  private static func geometricMean(_ passes: MaskTable<MaskedPass>) -> [Double] {
    let logarithms = passes.means { $0.outputs.map { ElementaryFunctions.logarithm($0) } }
    let total = logarithmOfSum(logarithms)
    return logarithms.map { ElementaryFunctions.exponential($0 - total) }
  }

  private static func geometric(_ name: String, outputs: Int) -> Law {
    Law(
      "geometric-\(name)", .ensemble,
      "Masked units into a softmax: the geometric mean is the weight-scaling network, for any p.",
      source: source
    ) { setting in
      var measurements: [LawMeasurement] = []
      for keep in Law.Setting.keepProbabilities {
        for scaling in [Scaling.off, .classic, .inverted] {
          let network = LawExperiment([3, 4, outputs], in: &setting) {
            $0.keep = PerLayer(keep)
            $0.activation = PerLayer(.tanh)
            $0.dropout.scaling = scaling
          }
          let passes = try network.maskedPasses(setting, steps: 4)
          let expected = network.referenceMean.outputs
          let shown = network.measurer(setting).outputs(
            network.state, inputs: Matrix(rows: 1, columns: 3, elements: network.inputs[0]),
            as: network.configuration.scaledConvention)
          let name = "keep \(keep), \(scaling.rawValue): "
          measurements += [
            .farthest(name + "geometric mean", geometricMean(passes), expected),
            .farthest(name + "weight scaling", shown.elements.map { Double($0) }, expected),
          ]
        }
      }
      return measurements
    }
  }

  static let dropconnect = Law(
    "geometric-dropconnect", .ensemble,
    "The same for masked weights into a softmax.", source: source
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for scaling in [Scaling.classic, .inverted] {
        let network = LawExperiment([3, 2, 2], in: &setting) {
          $0.keep = PerLayer(keep)
          $0.activation = PerLayer(.tanh)
          $0.dropout = DropoutSettings(scaling: scaling, noise: .dropconnect)
        }
        measurements.append(
          .farthest(
            "keep \(keep), \(scaling.rawValue): geometric mean",
            geometricMean(try network.maskedPasses(setting, steps: 4)),
            network.referenceMean.outputs))
      }
    }
    return measurements
  }

  /// A network of three masked places with different keep probabilities.
  private static func deep(
    _ setting: inout Law.Setting, turn: Int, _ activation: ActivationFunction, _ scaling: Scaling
  ) -> LawExperiment {
    let keeps = (0..<3).map { Law.Setting.keepProbabilities[(turn + $0) % 3] }
    return LawExperiment([2, 2, 2, 3], in: &setting) {
      $0.keepInput = keeps[0]
      $0.keep = PerLayer(values: [keeps[1], keeps[2]])
      $0.activation = PerLayer(activation)
      $0.dropout.scaling = scaling
    }
  }

  static let linear = Law(
    "geometric-linear-depth", .ensemble,
    "The same for linear networks with a softmax, masked at each layer.", source: source
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      for scaling in [Scaling.off, .inverted] {
        var network = deep(&setting, turn: turn, .linear, scaling)
        // Three factors of 1/p make logits so large that Float would round probabilities to 0.
        network.scaleWeights(by: 0.5)
        measurements.append(
          .farthest(
            "order \(turn), \(scaling.rawValue): geometric mean",
            geometricMean(try network.maskedPasses(setting)), network.referenceMean.outputs))
      }
    }
    return measurements
  }

  static let crossEntropyGap = Law(
    "cross-entropy-gap", .ensemble,
    "There, mean cross-entropy less weight scaling's is E logsumexp(z) - logsumexp(E z) >= 0.",
    source: "Jensen 1906; Wager et al. 2013, section 2"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([3, 4, 3], in: &setting) {
        $0.keep = PerLayer(keep)
        $0.dropout.scaling = .inverted
      }
      let steps = try network.maskedSteps(setting)
      let mean = network.referenceMean
      let gap =
        steps.mean { $0.trainingLoss } - network.reference.loss(mean.outputs, network.target())
      let expected =
        steps.mean { step in
          let masks = step.sourceMasks.map { $0.forwardMask.row(0).map { Double($0) } }
          return logarithmOfSum(network.referencePass(under: masks).preActivations[1])
        } - logarithmOfSum(mean.preActivations[1])
      measurements += [
        .equal("keep \(keep): gap", gap, expected, scale: 0.5),
        .atLeast("keep \(keep): gap", gap, 0, scale: 0.5),
      ]
    }
    return measurements
  }

  static let means = Law(
    "cross-entropy-of-means", .ensemble,
    "At any depth mean cross-entropy >= that of the arithmetic and of the geometric mean.",
    source: "Jensen 1906; Hinton et al. 2012"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<9 {
      let network = deep(&setting, turn: turn, .relu, .off)
      let steps = try network.maskedSteps(setting)
      let target = network.target()
      // The loss is the engine's own, and so are the outputs that the means are of.
      let loss = steps.mean(\.trainingLoss)
      let passes = steps.map { MaskedPass($0, row: 0) }
      let arithmetic = passes.means(\.outputs)
      let expected = passes.mean {
        network.reference.loss(network.referencePass(under: $0.masks).outputs, target)
      }
      measurements += [
        .equal("network \(turn): mean loss", loss, expected),
        .atLeast(
          "network \(turn): against the arithmetic mean", loss,
          network.reference.loss(arithmetic, target)),
        .atLeast(
          "network \(turn): against the geometric mean", loss,
          network.reference.loss(geometricMean(passes), target)),
      ]
    }
    return measurements
  }

  static let ambiguity = Law(
    "ambiguity", .ensemble,
    "The mean loss is the loss of the mean plus half the outputs' variance over the masks.",
    source: "Krogh, Vedelsby 1995"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([2, 2, 2], .numbers, in: &setting) {
        $0.keepInput = keep
        $0.keep = PerLayer(0.5)
      }
      let steps = try network.maskedSteps(setting)
      // Means and variances in Double, under the masks of the space, each of which the engine has
      // drawn.
      let outputs = steps.entries.map { entry in
        let masks = entry.value.sourceMasks.map { $0.forwardMask.row(0).map { Double($0) } }
        return (probability: entry.probability, values: network.referencePass(under: masks).outputs)
      }
      var expected = 0.0
      for (output, target) in network.target().enumerated() {
        let mean = outputs.reduce(0) { $0 + $1.probability * $1.values[output] }
        let variance = outputs.reduce(0) {
          $0 + $1.probability * ($1.values[output] - mean) * ($1.values[output] - mean)
        }
        expected += ((mean - target) * (mean - target) + variance) / 2
      }
      measurements.append(
        .equal("keep \(keep): mean loss", steps.mean { $0.trainingLoss }, expected))
    }
    return measurements
  }
}
