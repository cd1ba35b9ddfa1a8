import DropoutEngine
import DropoutMeasure

/// Laws of the cost of sampling masks.
enum MonteCarloLaws {
  static let all = [error, floor]

  static let error = Law(
    "monte-carlo-error", .approximations,
    "The mean of k masked outputs is off by E|P_k - P|^2 = V/k, V their summed variance.",
    source: "Srivastava et al. 2014, section 7.5 (Monte-Carlo model averaging)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([3, 4, 3], in: &setting) {
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(.tanh)
        $0.dropout.scaling = .inverted
      }
      let space = try network.maskedPasses(setting, steps: 4).entries.map { entry in
        (entry.probability, network.referencePass(under: entry.value.masks).outputs)
      }
      let mean = (0..<3).map { output in space.reduce(0) { $0 + $1.0 * $1.1[output] } }
      func distance(_ outputs: [Double]) -> Double {
        zip(outputs, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let variance = space.reduce(0) { $0 + $1.0 * distance($1.1) }
      let drawn = try network.trainer(setting, copies: 65_536).evidence().trainingOutput
      for size in [1, 4, 16] {
        let groups = 4096
        let errors = (0..<groups).map { group in
          distance(
            (0..<3).map { output in
              (0..<size).reduce(0) { $0 + Double(drawn[group * size + $1, output]) } / Double(size)
            })
        }
        let measured = errors.reduce(0, +) / Double(groups)
        let spread = errors.reduce(0) { $0 + ($1 - measured) * ($1 - measured) }
        measurements.append(
          .sampled(
            "keep \(keep), k = \(size): mean squared error", measured, variance / Double(size),
            sigma: (spread / Double(groups * (groups - 1))).squareRoot(), samples: groups * size))
      }
    }
    return measurements
  }

  static let floor = Law(
    "monte-carlo-floor", .approximations,
    "A divergence over k drawn masks has the floor sqrt(2/(pi k)) sum sd / sum |test| where it "
      + "is 0.",
    source: "the mean of |x| over a normal x is sqrt(2/pi) sd"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([16, 1, 2], examples: 64, in: &setting, hasBiases: false) {
        $0.keepInput = keep
        $0.dropout.scaling = .inverted
      }
      let (masks, repeats) = (256.0, 25)
      var (deviations, squares, test) = (0.0, 0.0, 0.0)
      for example in 0..<64 {
        let sum = MaskedSum(network.terms(unit: 0, example: example), keep: keep, factor: 1 / keep)
        deviations += sum.variance.squareRoot()
        squares += sum.variance
        test += abs(sum.whole)
      }
      let measurer = network.measurer(setting)
      let drawn = (0..<repeats).map { repetition in
        let state = NetworkState(
          configuration: network.configuration, parameters: network.parameters, step: repetition)
        return measurer.divergence(state)[0]
      }
      let shown = drawn.reduce(0) { $0 + $1.drawnFloor } / Double(repeats)
      let floor = (2 / (Double.pi * masks)).squareRoot() * deviations / test
      // Each example's mean of |x| varies by its variance times 1 - 2/pi.
      let sigma =
        (squares * (1 - 2 / Double.pi) / (masks * Double(repeats))).squareRoot() / test
      let samples = repeats * 256 * 64
      measurements += [
        .sampled(
          "keep \(keep): divergence drawn",
          drawn.reduce(0) { $0 + $1.drawn } / Double(repeats), floor, sigma: sigma,
          samples: samples),
        .atMost("keep \(keep): error of the floor shown", abs(shown / floor - 1), 0.05),
        .equal("keep \(keep): divergence expected", drawn[0].expected, 0, scale: 1),
      ]
    }
    return measurements
  }
}
