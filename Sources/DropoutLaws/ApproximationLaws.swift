import DropoutEngine
import DropoutMeasure

/// Laws of approximations to the mean over masks.
enum ApproximationLaws {
  static let all = [batchNormShift, normal, rectified, shrinking]

  static let batchNormShift = Law(
    "batch-norm-shift", .approximations,
    "Inverted dropout before batch norm: Var test/Var training = v/((c^2+v)/p - c^2) <= 1.",
    source: "Li et al. 2018"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for centre in [0.0, 1.5] {
        var network = LawExperiment([16, 2], examples: 4096, in: &setting) {
          $0.keepInput = keep
          $0.dropout.scaling = .inverted
        }
        for example in network.inputs.indices {
          for input in 0..<16 { network.inputs[example][input] += Float(centre) }
        }
        let layer = try network.trainer(setting).evidence().layers[0]
        let draws = layer.received.elements.count
        func variance(_ values: Matrix) -> Double {
          let mean = values.elements.reduce(0) { $0 + Double($1) } / Double(draws)
          return values.elements.reduce(0) {
            $0 + (Double($1) - mean) * (Double($1) - mean)
          } / Double(draws)
        }
        // The true mean and variance of the inputs, so that only the masks are left to chance.
        let inputs = network.inputs.flatMap { $0.map { Double($0) } }
        let mean = inputs.reduce(0, +) / Double(draws)
        let spread = inputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)
        let training = (mean * mean + spread) / keep - mean * mean
        let noise = inputs.reduce(0) {
          let change = $1 * $1 / (keep * keep) - 2 * mean * $1 / keep
          return $0 + change * change * keep * (1 - keep)
        }
        let ratio = variance(layer.testReceived) / variance(layer.received)
        let name = "keep \(keep), mean \(centre): variance at test over training"
        measurements += [
          .sampled(
            name, ratio, spread / training,
            sigma: spread / (training * training) * noise.squareRoot() / Double(draws),
            samples: draws),
          .atMost(name, ratio, 1),
        ]
      }
    }
    return measurements
  }

  /// One layer of ReLU units with masked inputs; the engine computes every subnetwork.
  private struct Enumerated {
    let network: LawExperiment
    /// The pre-activations, `[subnetwork][unit]`.
    var sums: [[Float]] = []
    var probabilities: [Double] = []
    /// The mean activation of each unit.
    var meanActivations: [Double]

    init(_ setting: inout Law.Setting, inputs: Int, units: Int, keep: Double, ones: Bool) {
      var network = LawExperiment([inputs, units, 1], .numbers, in: &setting, hasBiases: !ones) {
        $0.keepInput = keep
        $0.keep = PerLayer(1)
      }
      if ones { network.inputs = [[Float](repeating: 1, count: inputs)] }
      self.network = network
      meanActivations = [Double](repeating: 0, count: units)
      guard let space = MaskSpace(network.state) else { return }
      let keepsRows = space.count <= 1 << 10
      network.measurer(setting).forEachSubnetwork(network.state, example: 0, of: space) {
        numbers, pass in
        for (row, number) in numbers.enumerated() {
          let probability = space.probability(of: number)
          for (unit, value) in pass.layers[0].activation.row(row).enumerated() {
            meanActivations[unit] += probability * Double(value)
          }
          guard keepsRows else { continue }
          probabilities.append(probability)
          sums.append(Array(pass.layers[0].preActivation.row(row)))
        }
      }
    }

    /// The closed form of a unit's pre-activation.
    func moments(_ unit: Int) -> (mean: Double, variance: Double, terms: [Double]) {
      let terms = network.terms(unit: unit)
      let sum = MaskedSum(terms, keep: network.configuration.keepInput, factor: 1)
      return (sum.mean + network.reference.biases[0][unit], sum.variance, terms)
    }
  }

  /// The bound's sum of third absolute moments of the terms about their means.
  private static func thirdMoments(_ terms: [Double], _ keep: Double) -> Double {
    let spread = keep * (1 - keep) * (keep * keep + (1 - keep) * (1 - keep))
    return spread * terms.reduce(0) { $0 + abs($1 * $1 * $1) }
  }

  static let normal = Law(
    "fast-dropout-normal", .approximations,
    "z is nearly normal: its distribution is within 0.56 sum E|c|^3 / sd^3 of the normal one.",
    source: "Wang, Manning 2013; Shevtsova 2010 (the constant of Berry and Esseen)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let units = Enumerated(&setting, inputs: 10, units: 6, keep: keep, ones: false)
      for unit in 0..<6 {
        let (mean, variance, terms) = units.moments(unit)
        let deviation = variance.squareRoot()
        var (below, distance) = (0.0, 0.0)
        let values = zip(units.sums.map { Double($0[unit]) }, units.probabilities)
        for (value, probability) in values.sorted(by: { $0.0 < $1.0 }) {
          let normal = StandardNormal.cumulative((value - mean) / deviation)
          distance = max(distance, abs(normal - below), abs(normal - below - probability))
          below += probability
        }
        measurements.append(
          .atMost(
            "keep \(keep), unit \(unit): largest distance", distance,
            0.56 * thirdMoments(terms, keep) / (variance * deviation)))
      }
    }
    return measurements
  }

  static let rectified = Law(
    "fast-dropout-relu", .approximations,
    "E relu(z) is mu Phi(mu/sd) + sd phi(mu/sd) but for sum E|c|^3 / sd^2; exact at p = 1.",
    source: "Wang, Manning 2013; Goldstein 2010 (the bound in the mean)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let units = Enumerated(&setting, inputs: 8, units: 12, keep: keep, ones: false)
      for unit in 0..<12 {
        let (mean, variance, terms) = units.moments(unit)
        let formula = StandardNormal.meanRectified(mean: mean, variance: variance)
        measurements.append(
          .atMost(
            "keep \(keep), unit \(unit): error of the formula",
            abs(units.meanActivations[unit] - formula), thirdMoments(terms, keep) / variance))
      }
    }
    let sure = Enumerated(&setting, inputs: 4, units: 6, keep: 1, ones: false)
    for unit in 0..<6 {
      measurements.append(
        .equal(
          "keep 1, unit \(unit): mean activation", sure.meanActivations[unit],
          StandardNormal.meanRectified(mean: sure.moments(unit).mean, variance: 0), scale: 0.1))
    }
    return measurements
  }

  static let shrinking = Law(
    "fast-dropout-shrinks", .approximations,
    "The formula's mean error in sd falls to less than half where the unit has 4 times the inputs.",
    source: "Wang, Manning 2013"
  ) { setting in
    let keep = 0.5
    var errors: [Int: Double] = [:]
    for inputs in [2, 4, 8, 16] {
      let count = inputs == 16 ? 96 : 256
      let units = Enumerated(&setting, inputs: inputs, units: count, keep: keep, ones: true)
      let total = (0..<count).reduce(0) { total, unit in
        let (mean, variance, _) = units.moments(unit)
        let formula = StandardNormal.meanRectified(mean: mean, variance: variance)
        return total + abs(units.meanActivations[unit] - formula) / variance.squareRoot()
      }
      errors[inputs] = total / Double(count)
    }
    return [(2, 8), (4, 16)].map { few, many in
      .atMost(
        "keep 0.5: mean error at \(many) inputs", errors[many] ?? .nan,
        (errors[few] ?? .nan) / 2)
    }
  }
}
