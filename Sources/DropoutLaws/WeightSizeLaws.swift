import DropoutEngine

/// Laws of the ratio and the size of the weights, which tell whether L2 could repair missing
/// scaling.
enum WeightSizeLaws {
  static let all = [relu, l2, tanh]

  private static func ratio(_ passes: MaskTable<MaskedPass>, layer: Int) -> Double {
    let means = passes.means { $0.sums[layer] }
    let tests = passes.entries[0].value.testSums[layer]
    return tests.reduce(0) { $0 + abs($1) } / means.reduce(0) { $0 + abs($1) }
  }

  static let relu = Law(
    "ratio-without-size", .depth,
    "Without biases the ratio of a ReLU network's layers does not depend on the weights' size.",
    source: "positive homogeneity of ReLU"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      var network = LawExperiment([2, 2, 2, 2], .numbers, in: &setting, hasBiases: false) {
        $0.keepInput = 0.5
        $0.keep = PerLayer(values: [keep, 0.5])
      }
      let masks = try network.maskedPasses(setting).entries
      let plain = network.referencePlain
      // The ratio at the original size, in Double.
      let expected = (0..<3).map { layer in
        let means = plain.sums[layer].indices.map { unit in
          masks.reduce(0) {
            $0 + $1.probability * network.referencePass(under: $1.value.masks).sums[layer][unit]
          }
        }
        return plain.sums[layer].reduce(0) { $0 + abs($1) } / means.reduce(0) { $0 + abs($1) }
      }
      network.scaleWeights(by: 0.125)
      let small = try network.maskedPasses(setting)
      for layer in 0..<3 where expected[layer].isFinite {
        measurements.append(
          .equal(
            "keep \(keep), layer \(layer): ratio at an eighth of the size",
            ratio(small, layer: layer), expected[layer]))
      }
    }
    return measurements
  }

  static let l2 = Law(
    "l2-keeps-the-ratio", .depth,
    "L2 shrinks the gap between training and test sums, and leaves the first ratio at 1/p.",
    source: "Srivastava et al. 2014, section 4; Krogh, Hertz 1992 (weight decay)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      var gaps: [Double] = []
      let start = LawExperiment([4, 6, 3], examples: 20, in: &setting) {
        $0.keepInput = keep
        $0.keep = PerLayer(keep)
        $0.batch = 5
        $0.learningRate = PerLayer(0.1)
      }
      for l2 in [0, 0.1] {
        var network = start
        network.configuration.l2 = PerLayer(l2)
        let trainer = try network.trainer(setting)
        try trainer.advance(steps: 100)
        network.parameters = trainer.parameters
        network.configuration.learningRate = PerLayer(0)
        network.configuration.batch = 1
        network.inputs = [start.inputs[0]]
        let passes = try network.maskedPasses(setting, into: 0, steps: 4)
        let gap = zip(passes.entries[0].value.testSums[0], passes.means { $0.sums[0] })
          .reduce(0) { $0 + abs($1.0 - $1.1) }
        let sums = network.referencePlain.sums[0].reduce(0) { $0 + abs($1) }
        gaps.append(gap)
        measurements += [
          .equal("keep \(keep), L2 \(l2): ratio", ratio(passes, layer: 0), 1 / keep),
          .equal("keep \(keep), L2 \(l2): gap", gap, (1 - keep) * sums),
        ]
      }
      measurements.append(.atMost("keep \(keep): gap with L2", gaps[1], gaps[0]))
    }
    return measurements
  }

  static let tanh = Law(
    "tanh-ratio-rises", .depth,
    "With tanh the second layer's ratio rises toward 1/p^2 as the weights shrink.",
    source: "the slope of tanh falls from 1 at 0"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment(
        [4, 1, 1], .numbers, in: &setting, hasBiases: false, isPositive: true
      ) {
        $0.keepInput = keep
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(.tanh)
      }
      var ratios: [Double] = []
      for scale in [2, 0.5, 0.125, 0.0078125] {
        var scaled = network
        scaled.scaleWeights(by: scale)
        let passes = try scaled.maskedPasses(setting)
        let mean = passes.entries.reduce(0) {
          $0 + $1.probability * scaled.referencePass(under: $1.value.masks).sums[1][0]
        }
        let found = ratio(passes, layer: 1)
        let name = "keep \(keep), weights times \(scale): ratio"
        measurements.append(.equal(name, found, scaled.referencePlain.sums[1][0] / mean))
        if let last = ratios.last { measurements.append(.atLeast(name, found, last)) }
        measurements.append(.atMost(name, found, 1 / (keep * keep)))
        ratios.append(found)
      }
      // The missing terms are of the order of the squared sums, which are below 1/16 here.
      measurements.append(
        .atLeast("keep \(keep): ratio of the smallest", ratios[3] * keep * keep, 0.99))
    }
    return measurements
  }
}
