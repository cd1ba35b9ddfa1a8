import DropoutEngine

/// Laws of the mean of a unit's function over masks against the function of its mean.
enum JensenLaws {
  static let all = [sigmoid, relu, gaps]

  /// A unit's mean activation from the engine, with its true mean and variance in Double.
  private struct Unit {
    let name: String
    let meanActivation: Double
    let mean: Double
    let variance: Double
  }

  /// The units of two layers: under one mask, and under two.
  private static func units(
    _ setting: inout Law.Setting, turn: Int, _ activation: ActivationFunction
  ) throws -> [Unit] {
    let keeps = (0..<2).map { Law.Setting.keepProbabilities[(turn + $0) % 3] }
    let network = LawExperiment([2, 3, 8, 2], in: &setting) {
      $0.keepInput = keeps[0]
      $0.keep = PerLayer(values: [keeps[1], 1])
      $0.activation = PerLayer(activation)
      $0.dropout.scaling = turn % 2 == 0 ? .off : .inverted
    }
    let passes = try network.maskedPasses(setting)
    let masked = passes.entries.map { entry in
      (entry.probability, network.referencePass(under: entry.value.masks).preActivations)
    }
    return [(0, 3), (1, 8)].flatMap { layer, count in
      (0..<count).map { unit in
        let mean = masked.reduce(0) { $0 + $1.0 * $1.1[layer][unit] }
        return Unit(
          name: "network \(turn), layer \(layer), unit \(unit): ",
          meanActivation: passes.mean { $0.activations[layer][unit] }, mean: mean,
          variance: masked.reduce(0) {
            $0 + $1.0 * ($1.1[layer][unit] - mean) * ($1.1[layer][unit] - mean)
          })
      }
    }
  }

  static let sigmoid = Law(
    "jensen-sigmoid", .jensen, "Sigmoid: |E f(z) - f(E z)| <= Var z/(12 sqrt 3).",
    source: "Taylor's theorem with the largest second derivative, 1/(6 sqrt 3)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<6 {
      for unit in try units(&setting, turn: turn, .sigmoid) {
        measurements.append(
          .atMost(
            unit.name + "gap",
            abs(unit.meanActivation - ActivationFunction.sigmoid.value(unit.mean)),
            unit.variance / (12 * 3.0.squareRoot()), scale: 0.5))
      }
    }
    return measurements
  }

  static let relu = Law(
    "jensen-relu", .jensen,
    "ReLU: 0 <= E relu(z) - relu(E z) <= (sqrt((E z)^2 + Var z) - |E z|)/2.",
    source: "Jensen 1906; Cauchy-Schwarz on E|z|"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<6 {
      for unit in try units(&setting, turn: turn, .relu) {
        let gap = unit.meanActivation - max(0, unit.mean)
        let bound = ((unit.mean * unit.mean + unit.variance).squareRoot() - abs(unit.mean)) / 2
        measurements += [
          .atMost(unit.name + "gap", gap, bound, scale: 0.5),
          .atLeast(unit.name + "gap", gap, 0, scale: 0.5),
        ]
      }
    }
    return measurements
  }

  static let gaps = Law(
    "jensen-in-the-engine", .jensen,
    "The mean activation over all masks is that of the textbook's function, gap and all.",
    source: "Baldi, Sadowski 2013"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (turn, activation) in ActivationFunction.allCases.enumerated() {
      let network = LawExperiment([4, 6, 2], in: &setting) {
        $0.keepInput = Law.Setting.keepProbabilities[turn % 3]
        $0.activation = PerLayer(activation)
        $0.dropout.scaling = .inverted
      }
      let passes = try network.maskedPasses(setting, into: 0, steps: 4)
      let expected = (0..<6).map { unit in
        passes.entries.reduce(0) {
          $0 + $1.probability * network.referencePass(under: $1.value.masks).activations[0][unit]
        }
      }
      measurements.append(
        .farthest(
          "\(activation.rawValue): mean activations", passes.means { $0.activations[0] }, expected))
    }
    return measurements
  }
}
