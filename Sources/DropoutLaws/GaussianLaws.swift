import DropoutEngine

/// Laws of Gaussian multipliers.
enum GaussianLaws {
  static let all = [noise, sums]

  static let noise = Law(
    "gaussian-noise", .masks, "Gaussian multipliers are normal with mean 1 and variance (1-p)/p.",
    source: "Srivastava et al. 2014, section 10"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      let network = MaskLaws.network(&setting, turn: turn) {
        $0.dropout = Variant.gaussian.settings
      }
      let masks = try network.trainer(setting, copies: 16_384).evidence().sourceMasks
      for place in 0..<3 {
        let keep = network.keeps[place]
        let variance = (1 - keep) / keep
        let noise = masks[place].forwardMask.elements.map { Double($0) - 1 }
        let draws = noise.count
        func add(_ quantity: String, _ expected: Double, _ sigma: Double, _ power: Int) {
          let total = noise.reduce(0) { $0 + ElementaryFunctions.power($1, power) }
          measurements.append(
            .sampled(
              "keep \(keep): \(quantity)", total / Double(draws), expected,
              sigma: sigma / Double(draws).squareRoot(), samples: draws))
        }
        // The moments of a normal variable are 0, v, 0, 3 v^2; the moments of its powers follow.
        add("mean less 1", 0, variance.squareRoot(), 1)
        add("variance", variance, variance * 2.0.squareRoot(), 2)
        add("third moment", 0, (15 * variance * variance * variance).squareRoot(), 3)
        add("fourth moment", 3 * variance * variance, variance * variance * 96.0.squareRoot(), 4)
      }
    }
    return measurements
  }

  static let sums = Law(
    "sums-gaussian", .sums,
    "Gaussian noise: mean S, variance (1-p)/p Q as with inverted masks, test S.",
    source: "Srivastava et al. 2014, section 10"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([4, 3, 2], in: &setting) {
        $0.keepInput = keep
        $0.dropout = Variant.gaussian.settings
      }
      let draws = 32_768
      let layer = try network.trainer(setting, copies: draws).evidence().layers[0]
      for unit in 0..<3 {
        let terms = network.terms(unit: unit)
        let whole = terms.reduce(0, +)
        let variance = (1 - keep) / keep * innerProduct(terms, terms)
        let sums = (0..<draws).map { Double(layer.trainingSum[$0, unit]) }
        let mean = sums.reduce(0, +) / Double(draws)
        let spread = sums.reduce(0) { $0 + ($1 - whole) * ($1 - whole) } / Double(draws)
        let name = "keep \(keep), unit \(unit): "
        measurements += [
          .sampled(
            name + "mean", mean, whole, sigma: (variance / Double(draws)).squareRoot(),
            samples: draws),
          .sampled(
            name + "variance", spread, variance, sigma: variance * (2 / Double(draws)).squareRoot(),
            samples: draws),
          .equal(name + "test sum", Double(layer.testSum[0, unit]), whole, scale: 1),
        ]
      }
    }
    return measurements
  }
}
