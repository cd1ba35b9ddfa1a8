import DropoutEngine

/// Laws of classic and inverted dropout as one training run in two forms.
enum LockstepLaws {
  static let all =
    Optimizer.allCases.map(optimizer) + [
      l2, l1, maxNorm, independentMasks, inverseKeep, sameRate(.adam), sameRate(.rmsprop), rounding,
      withoutMap,
    ]

  private static let source = "scaling the weights: p W(classic) = W(inverted)"

  /// The two runs under the map.
  ///
  /// Weights above a mask are p times as large in the inverted run, and the settings of their
  /// layers change as the optimizer needs.
  private static func farthest(
    _ setting: inout Law.Setting, keep: Double, steps: Int, inputKeep: Double,
    _ change: (inout ExperimentConfiguration) -> Void
  ) throws -> Double {
    let classic = LawExperiment([3, 6, 5, 3], examples: 24, in: &setting) {
      $0.keepInput = inputKeep
      $0.keep = PerLayer(keep)
      $0.batch = 5
      $0.learningRate = PerLayer(0.0625)
      $0.dropout.scaling = .classic
      change(&$0)
    }
    let map = LockstepMap(classic.configuration)
    var inverted = classic
    inverted.configuration = map.inverted
    inverted.parameters = map.inverted(classic.parameters)
    let (one, other) = (try classic.trainer(setting), try inverted.trainer(setting))
    try one.advance(steps: steps)
    try other.advance(steps: steps)
    return map.distance(classic: one.parameters, inverted: other.parameters)
  }

  /// A law of runs that stay together to the bit where p is a power of two.
  private static func exact(
    _ name: String, _ statement: String,
    _ change: @escaping @Sendable (inout ExperimentConfiguration) -> Void
  ) -> Law {
    Law("lockstep-\(name)", .lockstep, statement, source: source) { setting in
      var measurements: [LawMeasurement] = []
      for keep in [0.5, 0.25] {
        for inputKeep in [1, 0.5] {
          measurements.append(
            .identical(
              "keep \(keep), inputs \(inputKeep): farthest weight after 100 steps",
              try farthest(&setting, keep: keep, steps: 100, inputKeep: inputKeep, change), 0))
        }
      }
      return measurements
    }
  }

  private static func optimizer(_ kind: Optimizer) -> Law {
    let isAdaptive = [Optimizer.adam, .rmsprop].contains(kind)
    return exact(
      kind.rawValue,
      "\(kind.rawValue): classic is inverted started at pW, "
        + (isAdaptive ? "at the rate p lr and eps/p." : "at the rate p^2 lr.")
    ) {
      $0.optimizer.kind = kind
      if isAdaptive { $0.learningRate = PerLayer(0.015625) }
    }
  }

  static let l2 = exact("l2", "With L2 as well, lambda/p^2 in the inverted run.") {
    $0.l2 = PerLayer(0.0078125)
  }

  static let l1 = exact("l1", "With L1 as well, lambda/p in the inverted run.") {
    $0.l1 = PerLayer(0.001)
  }

  static let maxNorm = exact("max-norm", "With max-norm as well, a cap of pc in the inverted run.")
  {
    $0.maxNorm = PerLayer(1.25)
  }

  static let independentMasks = exact(
    "independent-masks", "The map holds with another mask on the way back, too."
  ) { $0.dropout.maskPass = .independent }

  static let inverseKeep = exact(
    "inverse-keep", "The map holds with updates times 1/p, too, at the same factor in both runs."
  ) { $0.dropout.updateScale = .inverseKeep }

  private static func sameRate(_ kind: Optimizer) -> Law {
    exact(
      "one-rate-\(kind.rawValue)",
      "\(kind.rawValue): classic with updates times 1/p is inverted at one rate, from pW, with "
        + "eps/p."
    ) {
      $0.optimizer.kind = kind
      $0.learningRate = PerLayer(0.015625)
      $0.dropout.updateScale = .inverseKeep
    }
  }

  static let rounding = Law(
    "lockstep-rounding", .lockstep,
    "At p = 0.8 the two runs stay together within rounding over 300 steps.", source: source
  ) { setting in
    let farthest = try farthest(&setting, keep: 0.8, steps: 300, inputKeep: 0.8) { _ in }
    // 300 roundings of 6e-8 in weights of about 1, as training amplifies them.
    return [.atMost("keep 0.8: farthest weight after 300 steps", farthest, 1e-4)]
  }

  static let withoutMap = Law(
    "lockstep-needs-the-map", .lockstep,
    "From the same weights at the same rate classic and inverted are not the same run.",
    source: source
  ) { setting in
    let classic = LawExperiment([3, 6, 5, 3], examples: 24, in: &setting) {
      $0.batch = 5
      $0.learningRate = PerLayer(0.0625)
      $0.dropout.scaling = .classic
    }
    var inverted = classic
    inverted.configuration.dropout.scaling = .inverted
    let (one, other) = (try classic.trainer(setting), try inverted.trainer(setting))
    try one.advance(steps: 100)
    try other.advance(steps: 100)
    // The distance of the map multiplies the classic weights by p. Nothing was mapped here, so it
    // would be above 0 for two runs with the same weights, too.
    let farthest =
      zip(one.parameters.values, other.parameters.values)
      .map { abs($0 - $1) }.max() ?? .nan
    return [.atLeast("farthest weight after 100 steps", farthest, 0.01)]
  }
}
