import DropoutEngine

/// Laws of the differences between the learners of an ensemble.
enum LearnerLaws {
  static let all = [bag, subspace]

  /// The number of learners that are drawn.
  private static let learners = 2048

  /// The evidence of the first two steps of each learner.
  ///
  /// A step takes the whole training part, so that it is an epoch.
  private static func steps(
    of variant: Variant, on network: inout LawExperiment, _ setting: Law.Setting
  ) throws -> [[StepEvidence]] {
    network.configuration.variant = variant
    network.configuration.learners = learners
    network.configuration.dropout = variant.settings
    return try (0..<learners).map { learner in
      let trainer = try network.trainer(setting, learner: learner)
      return try (0..<2).map { _ in try trainer.advanceWithEvidence() }
    }
  }

  /// A share of independent draws beside its probability.
  private static func share(
    _ quantity: String, _ count: Int, of draws: Int = learners, _ probability: Double
  ) -> LawMeasurement {
    let variance = probability * (1 - probability) / Double(draws)
    return .sampled(
      quantity, Double(count) / Double(draws), probability, sigma: variance.squareRoot(),
      samples: draws)
  }

  static let bag = Law(
    "bagging-bag", .learners,
    "A bag of n examples is drawn with replacement, once for good: each k times as B(n, 1/n).",
    source: "Breiman 1996"
  ) { setting in
    let n = 8
    var network = LawExperiment([3, 2, 2], examples: n, in: &setting)
    let steps = try steps(of: .bagging, on: &network, setting)
    let bags = steps.map { epochs in
      (0..<n).map { example in Double(epochs[0].examples.count { $0 == example }) }
    }
    let sizes = steps.flatMap { $0.map { Double($0.examples.count) } }
    let changed = steps.count { $0[0].examples.sorted() != $0[1].examples.sorted() }
    var measurements: [LawMeasurement] = [
      .identical("examples of the smallest bag", sizes.min() ?? .nan, Double(n)),
      .identical("examples of the largest bag", sizes.max() ?? .nan, Double(n)),
      .identical("bags that change with the epoch", Double(changed), 0),
    ]
    // Binomial: each of the n draws takes an example with probability 1/n.
    let miss = 1 - 1 / Double(n)
    var probability = ElementaryFunctions.power(miss, n)
    for times in 0..<3 {
      for example in [0, n - 1] {
        let count = bags.count { $0[example] == Double(times) }
        measurements.append(
          share(
            "example \(example + 1) of \(n): share of bags that hold it \(times) times",
            count, probability))
      }
      probability *= Double(n - times) / Double(times + 1) / (Double(n) * miss)
    }
    // The products of two bags' counts, less their means, have the variance n - 1 in sum.
    let pairs = zip(bags, bags.dropFirst()).map { first, second in
      zip(first, second).reduce(0) { $0 + ($1.0 - 1) * ($1.1 - 1) }
    }
    let draws = Double(pairs.count)
    measurements.append(
      .sampled(
        "covariance of two learners' bags", pairs.reduce(0, +) / draws, 0,
        sigma: (Double(n - 1) / draws).squareRoot(), samples: pairs.count))
    return measurements
  }

  static let subspace = Law(
    "subspace-inputs", .learners,
    "Random subspace: a learner gets k of n inputs for good, each subset equally likely.",
    source: "Ho 1998"
  ) { setting in
    let (n, k) = (6, 2)
    var network = LawExperiment([n, 2, 2], examples: 2, in: &setting) {
      $0.subspace = Double(k) / Double(n)
    }
    let steps = try steps(of: .randomSubspace, on: &network, setting)
    func seen(_ received: Matrix, _ row: Int) -> [Bool] { received.row(row).map { $0 != 0 } }
    let subsets = steps.map { seen($0[0].layers[0].received, 0) }
    var (changed, scaled) = (0.0, 0.0)
    for (subset, epochs) in zip(subsets, steps) {
      for evidence in epochs {
        for received in [evidence.layers[0].received, evidence.layers[0].testReceived] {
          for row in 0..<received.rows {
            if seen(received, row) != subset { changed += 1 }
            for input in 0..<n where received[row, input] != 0 {
              scaled += Double(abs(received[row, input] - evidence.inputs[row, input]))
            }
          }
        }
      }
    }
    let sizes = subsets.map { Double($0.count { $0 }) }
    let one = Double(k) / Double(n)
    let pairs = stride(from: 0, to: learners, by: 2).map { (subsets[$0][0], subsets[$0 + 1][0]) }
    return [
      .identical("inputs of the smallest subset", sizes.min() ?? .nan, Double(k)),
      .identical("inputs of the largest subset", sizes.max() ?? .nan, Double(k)),
      .identical("passes with other inputs than the first", changed, 0),
      .identical("change of the inputs that are seen", scaled, 0),
      share("share of subsets with input 1", subsets.count { $0[0] }, one),
      share("share of subsets with input \(n)", subsets.count { $0[n - 1] }, one),
      share(
        "share of subsets with inputs 1 and \(n)", subsets.count { $0[0] && $0[n - 1] },
        one * Double(k - 1) / Double(n - 1)),
      share(
        "share of pairs of learners that both have input 1", pairs.count { $0 && $1 },
        of: pairs.count, one * one),
    ]
  }
}
