import DropoutEngine
import DropoutMeasure

/// Laws of the sums into the first masked layer.
enum SumLaws {
  static let all =
    ScalingLaw.all.map(sums) + [leftOn, drawn, meanSquare, fixedSubsets, sameBits]

  /// A network with masked inputs.
  ///
  /// The layer above has another p, which must not matter here.
  private static func network(
    _ setting: inout Law.Setting, _ keep: Double, inputs: Int = 4, _ dropout: DropoutSettings
  ) -> LawExperiment {
    LawExperiment([inputs, 3, 2], in: &setting) {
      $0.keepInput = keep
      $0.keep = PerLayer(0.6)
      $0.dropout = dropout
    }
  }

  private static func sums(_ law: ScalingLaw) -> Law {
    Law("sums-\(law.scaling.rawValue)", .sums, law.statement, source: law.source) { setting in
      var measurements: [LawMeasurement] = []
      for keep in Law.Setting.keepProbabilities {
        let network = network(&setting, keep, DropoutSettings(scaling: law.scaling))
        let passes = try network.maskedPasses(setting, into: 0, steps: 4)
        let (ratio, divergence) = (law.ratio(keep), law.divergence(keep))
        var (difference, test, training) = (0.0, 0.0, 0.0)
        for unit in 0..<3 {
          let sum = MaskedSum(network.terms(unit: unit), keep: keep, factor: law.training(keep))
          let mean = passes.mean { $0.sums[0][unit] }
          let testSum = passes.entries[0].value.testSums[0][unit]
          let name = "keep \(keep), unit \(unit): "
          measurements += [
            .equal(name + "mean", mean, sum.mean, scale: sum.scale),
            .equal(name + "variance", passes.variance { $0.sums[0][unit] }, sum.variance),
            .equal(name + "test sum", testSum, law.test(keep) * sum.whole, scale: sum.scale),
          ]
          difference += abs(mean - testSum)
          test += abs(testSum)
          training += abs(mean)
        }
        let shown = network.measurer(setting).divergence(network.state)[0]
        measurements += [
          .equal("keep \(keep): ratio", test / training, ratio),
          .equal("keep \(keep): divergence", difference / test, divergence, scale: 1),
          .equal("keep \(keep): ratio shown", shown.ratio, ratio),
          .equal("keep \(keep): divergence shown", shown.expected, divergence, scale: 1),
        ]
      }
      return measurements
    }
  }

  static let leftOn = Law(
    "sums-left-on-at-test", .sums,
    "A test pass that still masks draws masks of its own, with the factor of training on them.",
    source: "the known bug of a model that is left in its training mode"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for scaling in [Scaling.off, .classic, .inverted] {
        let network = network(&setting, keep, DropoutSettings(scaling: scaling, testPass: .masked))
        let evidence = try network.trainer(setting, copies: 64).evidence()
        guard let mask = evidence.inputDropout.testMask else { throw LawObstacle.noTestMasks }
        let factor = ScalingLaw.of(scaling).training(keep)
        for unit in 0..<3 {
          let terms = network.terms(unit: unit)
          measurements.append(
            .farthest(
              "keep \(keep), \(scaling.rawValue), unit \(unit): test sum",
              (0..<64).map { Double(evidence.layers[0].testSum[$0, unit]) },
              (0..<64).map { row in
                factor * innerProduct(terms, mask.row(row).map { Double($0) })
              }, scale: 1))
        }
      }
    }
    return measurements
  }

  static let drawn = Law(
    "sums-drawn", .sums,
    "Over masks as often as the engine draws them, mean and variance are those of the closed form.",
    source: "Srivastava et al. 2014, sections 4 and 10"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      for scaling in Scaling.allCases {
        let network = network(&setting, keep, DropoutSettings(scaling: scaling))
        let passes = try network.maskedPasses(setting, into: 0)
        for unit in 0..<3 {
          let sum = MaskedSum(
            network.terms(unit: unit), keep: keep, factor: ScalingLaw.of(scaling).training(keep))
          let name = "\(scaling.rawValue), keep \(keep), unit \(unit): "
          measurements += [
            .sampled(
              name + "mean", passes.drawnMean { $0.sums[0][unit] }, sum.mean,
              sigma: sum.sigmaOfMean(passes.draws), samples: passes.draws),
            .sampled(
              name + "variance",
              passes.drawnMean { ($0.sums[0][unit] - sum.mean) * ($0.sums[0][unit] - sum.mean) },
              sum.variance, sigma: sum.sigmaOfVariance(passes.draws), samples: passes.draws),
          ]
        }
      }
    }
    return measurements
  }

  static let meanSquare = Law(
    "sums-mean-square", .sums,
    "The mean square is p^2 S^2 + p(1-p)Q, so a ratio of root mean squares is not 1/p.",
    source: "Srivastava et al. 2014, section 9.1"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = network(&setting, keep, DropoutSettings())
      let passes = try network.maskedPasses(setting, into: 0, steps: 4)
      for unit in 0..<3 {
        let terms = network.terms(unit: unit)
        let whole = terms.reduce(0, +)
        measurements.append(
          .equal(
            "keep \(keep), unit \(unit): mean square",
            passes.mean { $0.sums[0][unit] * $0.sums[0][unit] },
            keep * keep * whole * whole + keep * (1 - keep) * innerProduct(terms, terms)))
      }
    }
    return measurements
  }

  static let fixedSubsets = Law(
    "sums-fixed-subsets", .sums,
    "Over the subsets of exactly k = pn of n units: mean pS, variance p(1-p) n/(n-1) (Q - S^2/n).",
    source: "Cochran 1977 (simple random sampling without replacement)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for kept in [1, 2, 3, 4] {
      let keep = Double(kept) / 5
      let network = network(&setting, keep, inputs: 5, DropoutSettings())
      let passes = try network.maskedPasses(setting, into: 0, steps: 24)
      let subsets = passes.entries.map(\.value).filter { $0.masks[0].reduce(0, +) == Double(kept) }
      for unit in 0..<3 {
        let terms = network.terms(unit: unit)
        let whole = terms.reduce(0, +)
        let sums = subsets.map { $0.sums[0][unit] }
        let mean = sums.reduce(0, +) / Double(sums.count)
        let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sums.count)
        let size = innerProduct(terms, terms)
        measurements += [
          .equal("\(kept) of 5, unit \(unit): mean", mean, keep * whole, scale: size.squareRoot()),
          .equal(
            "\(kept) of 5, unit \(unit): variance", variance,
            keep * (1 - keep) * 5 / 4 * (size - whole * whole / 5), scale: size),
        ]
      }
    }
    return measurements
  }

  static let sameBits = Law(
    "off-trains-as-classic", .sums,
    "Classic scaling touches the test pass only: off, classic and swapped train to the same bits.",
    source: "Srivastava et al. 2014, section 4"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let off = LawExperiment([3, 6, 5, 3], examples: 20, in: &setting) {
        $0.keep = PerLayer(keep)
        $0.batch = 5
        $0.learningRate = PerLayer(0.1)
      }
      let trainer = try off.trainer(setting)
      try trainer.advance(steps: 60)
      for scaling in [Scaling.classic, .swapped, .inverted, .inverseDrop] {
        var other = off
        other.configuration.dropout.scaling = scaling
        let otherTrainer = try other.trainer(setting)
        try otherTrainer.advance(steps: 60)
        let farthest =
          zip(trainer.parameters.values, otherTrainer.parameters.values)
          .map { abs($0 - $1) }.max() ?? .nan
        let name = "keep \(keep), \(scaling.rawValue): farthest weight after 60 steps"
        measurements.append(
          ScalingLaw.of(scaling).training(keep) == 1
            ? .identical(name, farthest, 0) : .atLeast(name, farthest, 1e-3))
      }
    }
    return measurements
  }
}
