import DropoutCore
import Testing

@Suite("Sums into the first masked layer") struct FirstMaskedSumTests {
  /// What each scaling multiplies in training and at test.
  private func factors(_ scaling: Scaling, _ keep: Double) -> (training: Double, test: Double) {
    switch scaling {
    case .off: (1, 1)
    case .classic: (1, keep)
    case .inverted: (1 / keep, 1)
    case .double: (1 / keep, keep)
    case .swapped: (1, 1 - keep)
    }
  }

  @Test(
    "have the mean, variance, ratio and divergence of the closed form, over all masks",
    arguments: lawKeepProbabilities, Scaling.allCases)
  func enumerated(keep: Double, scaling: Scaling) throws {
    let network = LawNetwork([7, 4, 2]) {
      $0.keepInput = keep
      $0.dropout.scaling = scaling
    }
    let all = try network.subnetworks()
    let factors = factors(scaling, keep)
    let measured = network.measurer.sums(network.state, example: 0)[0]
    var difference = 0.0
    var testTotal = 0.0
    var meanTotal = 0.0
    for unit in 0..<4 {
      let terms = zip(network.weights(0, unit), network.inputs()).map { $0 * $1 }
      let sum = terms.reduce(0, +)
      let squares = dot(terms, terms)
      let scale = terms.map { abs($0) }.reduce(0, +) / keep
      let mean = all.mean { $0.layers[0].sum[unit] }
      let variance = all.variance { $0.layers[0].sum[unit] }
      let test = Double(measured.test[unit])
      #expect(agree(mean, factors.training * keep * sum, scale: scale))
      #expect(
        agree(variance, factors.training * factors.training * keep * (1 - keep) * squares))
      #expect(agree(test, factors.test * sum, scale: scale))
      #expect(agree(measured.meanTraining[unit], mean, scale: scale))
      // The mean square is not the square of the mean: ratios of root mean squares are not 1/p.
      #expect(
        agree(
          all.mean { $0.layers[0].sum[unit] * $0.layers[0].sum[unit] },
          factors.training * factors.training
            * (keep * keep * sum * sum + keep * (1 - keep) * squares)))
      difference += abs(mean - test)
      testTotal += abs(test)
      meanTotal += abs(mean)
    }
    let (ratio, divergence): (Double, Double) =
      switch scaling {
      case .off: (1 / keep, 1 - keep)
      case .classic, .inverted: (1, 0)
      case .double: (keep, (1 - keep) / keep)
      case .swapped: ((1 - keep) / keep, abs(2 * keep - 1) / (1 - keep))
      }
    #expect(agree(testTotal / meanTotal, ratio))
    #expect(agree(difference / testTotal, divergence, scale: 1))
  }

  @Test(
    "over fixed subsets of k of n units vary less than over free masks, by n/(n-1) (Q - S^2/n)",
    arguments: [2, 3, 5])
  func fixedSubsets(kept: Int) throws {
    let network = LawNetwork([6, 3, 2]) { $0.keepInput = Double(kept) / 6 }
    let all = try network.subnetworks().filter { $0.masks[0].reduce(0, +) == Float(kept) }
    let keep = Double(kept) / 6
    for unit in 0..<3 {
      let terms = zip(network.weights(0, unit), network.inputs()).map { $0 * $1 }
      let sum = terms.reduce(0, +)
      let sums = all.map { $0.layers[0].sum[unit] }
      let mean = sums.reduce(0, +) / Double(sums.count)
      let variance = sums.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(sums.count)
      let expected = keep * (1 - keep) * 6 / 5 * (dot(terms, terms) - sum * sum / 6)
      #expect(agree(mean, keep * sum, scale: 1) && agree(variance, expected))
    }
  }

  @Test(
    "are 0 with probability (1-p)^n, and then only the bias is left",
    arguments: lawKeepProbabilities)
  func allDropped(keep: Double) throws {
    let network = LawNetwork([5, 3, 2]) {
      $0.keepInput = keep
      $0.keep = PerLayer(1)
    }
    let dropped = try network.subnetworks().filter { one in one.masks[0].allSatisfy { $0 == 0 } }
    #expect(dropped.count == 1 && dropped[0].layers[0].sum == [0, 0, 0])
    #expect(dropped[0].layers[0].preActivation == (0..<3).map { network.bias(0, $0) })
    let expected = ElementaryFunctions.power(1 - keep, 5)
    #expect(agree(dropped[0].probability, expected, tolerance: 1e-12))
    // The masks that the engine draws: 20,000 of them, four standard deviations.
    let drawn = LawNetwork([5, 3, 2], examples: 20_000) { $0.keepInput = keep }
    let mask = try drawn.trainer().evidence().inputDropout.forwardMask
    let count = (0..<20_000).count { row in mask.row(row).allSatisfy { $0 == 0 } }
    let deviation = (20_000 * expected * (1 - expected)).squareRoot()
    #expect(abs(Double(count) - 20_000 * expected) < 4 * deviation)
  }

  @Test("with Gaussian noise have mean S and variance (1-p)/p Q", arguments: lawKeepProbabilities)
  func gaussian(keep: Double) throws {
    let draws = 20_000
    let network = LawNetwork([6, 3, 2]) {
      $0.keepInput = keep
      $0.dropout = Variant.gaussian.settings
    }.repeatingFirstExample(draws)
    let layer = try network.trainer().evidence().layers[0]
    for unit in 0..<3 {
      let terms = zip(network.weights(0, unit), network.inputs()).map { $0 * $1 }
      let sum = terms.reduce(0, +)
      let expected = (1 - keep) / keep * dot(terms, terms)
      let sums = (0..<draws).map { Double(layer.trainingSum[$0, unit]) }
      let mean = sums.reduce(0, +) / Double(draws)
      let variance = sums.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(draws - 1)
      // Four standard deviations of the mean and of the variance of normal draws.
      #expect(abs(mean - sum) < 4 * (expected / Double(draws)).squareRoot())
      #expect(abs(variance - expected) < 4 * expected * (2 / Double(draws)).squareRoot())
      #expect((0..<draws).allSatisfy { agree(Double(layer.testSum[$0, unit]), sum, scale: 1) })
    }
  }

  @Test(
    "under masked weights have mean pWv, variance p(1-p)(W∘W)(v∘v), and units independent of each other",
    arguments: lawKeepProbabilities, [Scaling.classic, .off, .inverted])
  func dropConnect(keep: Double, scaling: Scaling) throws {
    let draws = 20_000
    let network = LawNetwork([2, 2, 2]) {
      $0.keepInput = keep
      $0.dropout = DropoutSettings(scaling: scaling, noise: .dropconnect)
    }.repeatingFirstExample(draws)
    let layer = try network.trainer().evidence().layers[0]
    let masks = try #require(layer.weightMask)
    // Each of the 16 masks of four weights was drawn; every one counts with its own probability.
    var sums: [[Float]: [Double]] = [:]
    for row in 0..<draws {
      sums[Array(masks[4 * row..<4 * row + 4])] = layer.trainingSum.row(row).map { Double($0) }
    }
    try #require(sums.count == 16)
    let factor = scaling == .inverted ? 1 / keep : 1
    func mean(_ quantity: ([Double]) -> Double) -> Double {
      sums.map { mask, sums in
        mask.map { $0 == 1 ? keep : 1 - keep }.reduce(1, *) * quantity(sums)
      }.reduce(0, +)
    }
    let means = (0..<2).map { unit in mean { $0[unit] } }
    for unit in 0..<2 {
      let terms = zip(network.weights(0, unit), network.inputs()).map { $0 * $1 }
      let variance = mean { ($0[unit] - means[unit]) * ($0[unit] - means[unit]) }
      #expect(agree(means[unit], factor * keep * terms.reduce(0, +), scale: 1))
      #expect(agree(variance, factor * factor * keep * (1 - keep) * dot(terms, terms)))
      let test = Double(layer.testSum[0, unit])
      #expect(agree(test, (scaling == .classic ? keep : 1) * terms.reduce(0, +), scale: 1))
    }
    let covariance = mean { ($0[0] - means[0]) * ($0[1] - means[1]) }
    #expect(abs(covariance) < 1e-6)
  }
}
