import DropoutEngine

/// Laws of the masks that the engine draws.
enum MaskLaws {
  static let all = [share, independence, sharing, allDropped, keepOne, curriculum]

  /// A network whose three masked places have different keep probabilities.
  static func network(
    _ setting: inout Law.Setting, turn: Int, _ change: (inout ExperimentConfiguration) -> Void
  ) -> LawExperiment {
    let keeps = (0..<3).map { Law.Setting.keepProbabilities[(turn + $0) % 3] }
    return LawExperiment([6, 6, 6, 2], in: &setting) {
      $0.keepInput = keeps[0]
      $0.keep = PerLayer(values: [keeps[1], keeps[2]])
      change(&$0)
    }
  }

  /// The kinds of masks in a step's evidence at a place; nil where the step has none.
  private static let kinds: [(name: String, mask: @Sendable (MaskEvidence) -> Matrix?)] = [
    ("forward", { $0.forwardMask }), ("backward", { $0.backwardMask }), ("test", { $0.testMask }),
  ]

  /// A network with masks of their own in the forward, the backward and the test pass.
  private static func maskingEveryPass(
    _ setting: inout Law.Setting, turn: Int
  ) -> LawExperiment {
    network(&setting, turn: turn) {
      $0.dropout = DropoutSettings(scaling: .inverted, maskPass: .independent, testPass: .masked)
    }
  }

  static let share = Law(
    "mask-share", .masks,
    "Each pass that masks keeps a unit with probability p, that of the unit's own layer.",
    source: "Srivastava et al. 2014, section 4"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      let network = maskingEveryPass(&setting, turn: turn)
      let trainer = try network.trainer(setting, copies: 4096)
      var kept = [[Double]](repeating: [0, 0, 0], count: 3)
      for _ in 0..<8 {
        let masks = try trainer.advanceWithEvidence().sourceMasks
        for (kind, (_, mask)) in kinds.enumerated() {
          for (place, evidence) in masks.enumerated() {
            kept[kind][place] += Double(mask(evidence)?.elements.reduce(0, +) ?? .nan)
          }
        }
      }
      let draws = 8 * 4096 * 6
      for (kind, (name, _)) in kinds.enumerated() {
        for place in 0..<3 {
          let keep = network.keeps[place]
          measurements.append(
            .sampled(
              "\(name) pass, place \(place), keep \(keep): share kept",
              kept[kind][place] / Double(draws), keep,
              sigma: (keep * (1 - keep) / Double(draws)).squareRoot(), samples: draws))
        }
      }
    }
    return measurements
  }

  static let independence = Law(
    "mask-independence", .masks,
    "Masks of two units, examples, steps, layers or passes are independent of each other.",
    source: "Srivastava et al. 2014, section 4"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for turn in 0..<3 {
      let network = maskingEveryPass(&setting, turn: turn)
      let trainer = try network.trainer(setting, copies: 8192)
      let masks = try trainer.advanceWithEvidence().sourceMasks
      let next = try trainer.evidence().sourceMasks
      let keeps = network.keeps
      func centred(_ matrix: Matrix, _ place: Int) -> [Double] {
        matrix.elements.map { Double($0) - keeps[place] }
      }
      func add(_ quantity: String, _ one: [Double], _ other: [Double], _ places: (Int, Int)) {
        let count = min(one.count, other.count)
        let spreads = [places.0, places.1].map { keeps[$0] * (1 - keeps[$0]) }
        measurements.append(
          .sampled(
            "covariance, \(quantity)", innerProduct(one, other) / Double(count), 0,
            sigma: (spreads[0] * spreads[1] / Double(count)).squareRoot(), samples: count))
      }
      for place in 0..<3 {
        let forward = centred(masks[place].forwardMask, place)
        let same = (place, place)
        for shift in 1...5 {
          let units = masks[place].forwardMask
          let pairs = (0..<units.rows).map { $0 * 6 + shift }
          add(
            "units \(shift) apart", pairs.map { forward[$0 - shift] }, pairs.map { forward[$0] },
            same)
          add("examples \(shift) apart", forward, Array(forward.dropFirst(6 * shift)), same)
        }
        add("a step apart", forward, centred(next[place].forwardMask, place), same)
        add("forward and backward", forward, centred(masks[place].backwardMask, place), same)
        if let test = masks[place].testMask {
          add("training and test", forward, centred(test, place), same)
        }
        let above = (place + 1) % 3
        add("two layers", forward, centred(masks[above].forwardMask, above), (place, above))
      }
    }
    return measurements
  }

  static let sharing = Law(
    "mask-sharing", .masks,
    "Shared masks are one for the minibatch, or one for good; masks of an example's own differ.",
    source: "Ho 1998 (random subspaces, for masks that are drawn once)"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (sharing, isOneInBatch, isOneForGood) in [
      (MaskSharing.example, false, false), (.batch, true, false), (.fixed, true, true),
    ] {
      let network = network(&setting, turn: 0) { $0.dropout.maskSharing = sharing }
      let trainer = try network.trainer(setting, copies: 64)
      let steps = try (0..<16).map { _ in try trainer.advanceWithEvidence().sourceMasks }
      for place in 0..<3 {
        let masks = steps.map { $0[place].forwardMask }
        func changes(_ other: (Int, Int) -> ArraySlice<Float>) -> Double {
          var count = 0.0
          for step in 1..<16 {
            for row in 1..<64 where Array(masks[step].row(row)) != Array(other(step, row)) {
              count += 1
            }
          }
          return count
        }
        func add(_ quantity: String, _ isOne: Bool, _ count: () -> Double) {
          let changes = count()
          let name = "\(sharing.rawValue), place \(place): \(quantity)"
          measurements.append(
            isOne ? .identical(name, changes, 0) : .atLeast(name, changes, 1))
        }
        add("masks that differ from the row before", isOneInBatch) {
          changes { step, row in masks[step].row(row - 1) }
        }
        add("masks that differ from the step before", isOneForGood) {
          changes { step, row in masks[step - 1].row(row) }
        }
      }
    }
    return measurements
  }

  static let allDropped = Law(
    "all-dropped", .masks,
    "All n inputs of a unit are dropped with probability (1-p)^n; then its bias alone is left.",
    source: "the product of independent masks"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = LawExperiment([4, 3, 2], in: &setting) { $0.keepInput = keep }
      let passes = try network.maskedPasses(setting, into: 0, steps: 32)
      let expected = ElementaryFunctions.power(1 - keep, 4)
      let isEmpty: (MaskedPass) -> Bool = { $0.masks[0].allSatisfy { $0 == 0 } }
      measurements.append(
        .sampled(
          "keep \(keep): share of passes in which nothing is kept",
          passes.drawnMean { isEmpty($0) ? 1 : 0 }, expected,
          sigma: (expected * (1 - expected) / Double(passes.draws)).squareRoot(),
          samples: passes.draws))
      for pass in passes.entries.map(\.value) where isEmpty(pass) {
        for unit in 0..<3 {
          measurements.append(.identical("keep \(keep): sum of nothing", pass.sums[0][unit], 0))
          measurements.append(
            .identical(
              "keep \(keep): pre-activation of nothing", pass.preActivations[0][unit],
              network.reference.biases[0][unit]))
        }
      }
    }
    return measurements
  }

  static let keepOne = Law(
    "keep-one", .masks,
    "Keep probability 1 is no dropout, to the bit, under each scaling and noise.",
    source: "Srivastava et al. 2014, section 4"
  ) { setting in
    let plain = LawExperiment([3, 5, 4, 3], examples: 12, in: &setting) {
      $0.batch = 4
      $0.learningRate = PerLayer(0.1)
      $0.keep = PerLayer(1)
    }
    var measurements: [LawMeasurement] = []
    let reference = plain.reference
    let evidence = try plain.trainer(setting).evidence()
    for layer in 0..<3 {
      let rows = evidence.examples.map { example in
        reference.gradient(reference.pass(plain.input(example)), plain.target(example))[layer]
      }
      let mean = rows[0].indices.map { index in rows.map { $0[index] }.reduce(0, +) / 4 }
      measurements.append(
        .farthest("gradient of layer \(layer)", evidence.gradient(layer), mean))
    }
    let trainer = try plain.trainer(setting)
    try trainer.advance(steps: 30)
    let weights = trainer.parameters.values
    for noise in DropoutNoise.allCases {
      for scaling in Scaling.allCases {
        let dropout = DropoutSettings(scaling: scaling, noise: noise)
        guard (try? dropout.validated()) != nil else { continue }
        var other = plain
        other.configuration.dropout = dropout
        let trainer = try other.trainer(setting)
        try trainer.advance(steps: 30)
        let evidence = try trainer.evidence()
        let name = "\(noise.rawValue), \(scaling.rawValue)"
        let farthest = zip(trainer.parameters.values, weights).map { abs($0 - $1) }.max() ?? .nan
        measurements.append(.identical("\(name): weights after 30 steps", farthest, 0))
        measurements.append(
          .identical("\(name): loss in both passes", evidence.trainingLoss, evidence.testPassLoss))
      }
    }
    return measurements
  }
}

extension MaskLaws {
  static let curriculum = Law(
    "curriculum", .masks,
    """
    Under a curriculum step t of N keeps a unit with probability (1-p) exp(-10 t/N) + p, from step \
    N on with p, and the factors of both passes are those of that probability.
    """,
    source: "Morerio et al. 2017, Curriculum Dropout"
  ) { setting in
    let steps = 40
    // exp(-10/40) from its series; its powers are the exponentials of the steps.
    var (term, decay) = (1.0, 1.0)
    for power in 1...24 {
      term *= -0.25 / Double(power)
      decay += term
    }
    var measurements: [LawMeasurement] = []
    for (scaling, keep) in zip([Scaling.off, .classic, .inverted], Law.Setting.keepProbabilities) {
      let network = LawExperiment([6, 3, 2], in: &setting) {
        $0.keepInput = keep
        $0.keep = PerLayer(0.6)
        $0.dropout = DropoutSettings(scaling: scaling, keepSchedule: .curriculum)
        $0.keepSteps = steps
      }
      let trainer = try network.trainer(setting, copies: 2048)
      let law = ScalingLaw.of(scaling)
      var left = 1.0
      for step in 0..<steps + 2 {
        let evidence = try trainer.advanceWithEvidence()
        let now = step < steps ? keep + (1 - keep) * left : keep
        left *= decay
        let name = "\(scaling.rawValue), keep \(keep), step \(step)"
        let place = evidence.inputDropout
        measurements += [
          .equal("\(name): keep probability", place.keepProbability, now),
          .equal(
            "\(name): hidden keep probability", evidence.layers[0].mask.keepProbability,
            step < steps ? 0.6 + (now - keep) / (1 - keep) * 0.4 : 0.6),
        ]
        guard [0, 1, 3, 10, 41].contains(step) else { continue }
        let share = Double(place.forwardMask.elements.reduce(0, +)) / Double(2048 * 6)
        measurements += [
          now == 1
            ? .identical("\(name): share kept", share, 1)
            : .sampled(
              "\(name): share kept", share, now,
              sigma: (now * (1 - now) / Double(2048 * 6)).squareRoot(), samples: 2048 * 6),
          .equal("\(name): training factor", Double(place.trainingFactor), law.training(now)),
          .equal("\(name): test factor", Double(place.testFactor), law.test(now)),
        ]
      }
    }
    return measurements
  }
}

extension NetworkParameters {
  /// All weights and biases in one list.
  var values: [Double] {
    layers.flatMap { layer in (layer.weights.elements + layer.biases).map { Double($0) } }
  }
}
