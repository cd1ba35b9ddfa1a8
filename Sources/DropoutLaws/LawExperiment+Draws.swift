import DropoutEngine

/// The results under the masks that the engine drew: each mask once, with its probability and the
/// number of its draws.
struct MaskTable<Value> {
  /// One mask.
  struct Entry {
    /// Its probability, from the keep probabilities.
    let probability: Double
    /// The number of its draws.
    var draws: Int
    /// The result under it.
    let value: Value
  }

  /// The masks, in the order of their first draw.
  var entries: [Entry] = []
  /// The number of all draws.
  var draws = 0

  /// The mean over all masks, each weighted by its probability: an exact mean.
  func mean(_ quantity: (Value) -> Double) -> Double {
    entries.reduce(0) { $0 + $1.probability * quantity($1.value) }
  }

  /// The variance over all masks.
  func variance(_ quantity: (Value) -> Double) -> Double {
    let mean = mean(quantity)
    return self.mean { (quantity($0) - mean) * (quantity($0) - mean) }
  }

  /// The mean of a list of values over all masks.
  func means(_ quantities: (Value) -> [Double]) -> [Double] {
    var total: [Double] = []
    for entry in entries {
      let weighted = quantities(entry.value).map { $0 * entry.probability }
      total = total.isEmpty ? weighted : zip(total, weighted).map { $0 + $1 }
    }
    return total
  }

  /// The same masks with another result each.
  func map<Result>(_ transform: (Value) -> Result) -> MaskTable<Result> {
    MaskTable<Result>(
      entries: entries.map {
        MaskTable<Result>.Entry(
          probability: $0.probability, draws: $0.draws, value: transform($0.value))
      }, draws: draws)
  }

  /// The mean over the draws, with each mask as often as it was drawn.
  func drawnMean(_ quantity: (Value) -> Double) -> Double {
    entries.reduce(0) { $0 + Double($1.draws) * quantity($1.value) } / Double(draws)
  }
}

/// One masked pass of one example.
struct MaskedPass {
  /// The sums of each layer, without the bias.
  var sums: [[Double]]
  /// The sums of each layer with the bias.
  var preActivations: [[Double]]
  /// The activations of each layer; for the last layer, the outputs.
  var activations: [[Double]]
  /// The sums of each layer in the test pass.
  var testSums: [[Double]]
  /// The mask of each place in the forward pass, without its factor.
  var masks: [[Double]]

  /// The outputs.
  var outputs: [Double] { activations[activations.count - 1] }

  init(_ evidence: StepEvidence, row: Int) {
    func values(_ matrix: Matrix) -> [Double] { matrix.row(row).map { Double($0) } }
    sums = evidence.layers.map { values($0.trainingSum) }
    preActivations = evidence.layers.map { values($0.preActivation) }
    activations =
      evidence.layers.dropLast().map { values($0.activation) } + [values(evidence.trainingOutput)]
    testSums = evidence.layers.map { values($0.testSum) }
    masks = evidence.sourceMasks.map { values($0.forwardMask) }
  }
}

extension StepEvidence {
  /// The masks of the places that feed the layers, the inputs' first.
  var sourceMasks: [MaskEvidence] { [inputDropout] + layers.dropLast().map(\.mask) }

  /// The gradients of a layer's weights, `[units * inputs]`, then of its biases.
  func gradient(_ layer: Int) -> [Double] {
    (layers[layer].weightGradient.elements + layers[layer].biasGradient).map { Double($0) }
  }
}

extension LawExperiment {
  /// Draws masks for the first example, thousands in a minibatch, until each has come, and collects
  /// the passes.
  ///
  /// - Parameters:
  ///   - setting: the path of the arithmetic.
  ///   - layer: the last layer whose sums matter; masks above it are not told apart. Nil tells all
  ///     apart.
  ///   - steps: the number of minibatches of 4,096 draws.
  /// - Returns: the pass of each mask, with its probability and the number of its draws.
  /// - Throws: ``LawObstacle/masksNeverDrawn(found:expected:draws:)``
  func maskedPasses(
    _ setting: Law.Setting, into layer: Int? = nil, steps: Int = 16
  ) throws -> MaskTable<MaskedPass> {
    let trainer = try trainer(setting, copies: 4096)
    let reader = MaskReader(self, sources: 0...(layer ?? sourceCount - 1))
    var collector = MaskCollector<MaskedPass>(reader)
    for _ in 0..<steps {
      let evidence = try trainer.advanceWithEvidence()
      for row in 0..<evidence.examples.count {
        try collector.add(evidence, row: row) { MaskedPass(evidence, row: row) }
      }
    }
    return try collector.complete()
  }

  /// Takes steps of learning rate 0, each with one mask, until every mask has come, and collects
  /// their evidence.
  ///
  /// - Parameters:
  ///   - setting: the path of the arithmetic.
  ///   - limit: the largest number of steps.
  /// - Returns: the step of each mask, with its probability. The numbers of draws mean nothing,
  ///   since drawing stops at the last new mask.
  /// - Throws: ``LawObstacle/masksNeverDrawn(found:expected:draws:)``
  /// - Precondition: the experiment has one example or shares a mask in its one minibatch, and its
  ///   learning rate is 0.
  func maskedSteps(_ setting: Law.Setting, limit: Int = 30_000) throws -> MaskTable<StepEvidence> {
    precondition(
      inputs.count == 1 || configuration.dropout.maskSharing == .batch,
      "a mask a step needs one example, or a shared mask; got \(inputs.count) examples")
    let trainer = try trainer(setting)
    let reader = MaskReader(self, sources: 0...sourceCount - 1)
    var collector = MaskCollector<StepEvidence>(reader)
    while !collector.isComplete, trainer.step < limit {
      let evidence = try trainer.advanceWithEvidence()
      try collector.add(evidence, row: 0) { evidence }
    }
    return try collector.complete()
  }
}

/// Collects the results under each mask.
private struct MaskCollector<Value> {
  private let reader: MaskReader
  private var places: [UInt64: Int] = [:]
  private var table = MaskTable<Value>()

  init(_ reader: MaskReader) { self.reader = reader }

  var isComplete: Bool { places.count == 1 << reader.bits }

  mutating func add(_ evidence: StepEvidence, row: Int, _ value: () -> Value) throws {
    let (key, probability) = try reader.mask(evidence, row: row)
    table.draws += 1
    if let place = places[key] {
      table.entries[place].draws += 1
    } else {
      places[key] = table.entries.count
      table.entries.append(.init(probability: probability, draws: 1, value: value()))
    }
  }

  func complete() throws -> MaskTable<Value> {
    guard isComplete else {
      throw LawObstacle.masksNeverDrawn(
        found: places.count, expected: 1 << reader.bits, draws: table.draws)
    }
    return table
  }
}

/// Reads masks from evidence: one bit for each unit, or weight, that is left to chance.
private struct MaskReader {
  private let keeps: [Double]
  private let sources: ClosedRange<Int>
  private let pass: MaskPass
  private let masksWeights: Bool
  private let units: [Int]
  /// The number of bits.
  let bits: Int

  init(_ experiment: LawExperiment, sources: ClosedRange<Int>) {
    let configuration = experiment.configuration
    keeps = experiment.keeps
    self.sources = sources
    pass = configuration.dropout.maskPass
    masksWeights = configuration.dropout.noise.masksWeights
    let sizes = experiment.parameters.layers.map(\.weights)
    units = sizes.map(\.columns)
    var bits = 0
    for source in sources where keeps[source] < 1 {
      if masksWeights {
        bits += sizes[source].columns * sizes[source].rows
        continue
      }
      if pass != .backward { bits += units[source] }
      // No gradient passes through the mask of the inputs.
      if source > 0, pass == .backward || pass == .independent { bits += units[source] }
    }
    self.bits = bits
  }

  func mask(_ evidence: StepEvidence, row: Int) throws -> (key: UInt64, probability: Double) {
    var key: UInt64 = 0
    var probability = 1.0
    func add(_ mask: ArraySlice<Float>, keep: Double) {
      for value in mask {
        key = key << 1 | (value == 0 ? 0 : 1)
        probability *= value == 0 ? 1 - keep : keep
      }
    }
    let masks = evidence.sourceMasks
    for source in sources where keeps[source] < 1 {
      if masksWeights {
        guard let mask = evidence.layers[source].weightMask else {
          throw LawObstacle.noWeightMasks
        }
        let count = mask.count / evidence.examples.count
        add(mask[row * count..<(row + 1) * count], keep: keeps[source])
        continue
      }
      if pass != .backward { add(masks[source].forwardMask.row(row), keep: keeps[source]) }
      if source > 0, pass == .backward || pass == .independent {
        add(masks[source].backwardMask.row(row), keep: keeps[source])
      }
    }
    return (key, probability)
  }
}

extension LawExperiment {
  /// The first example's pass through the network under one mask, in Double.
  func referencePass(under masks: [[Double]]) -> ReferenceNetwork.Pass {
    let multipliers = zip(masks, trainingFactors).map { mask, factor in mask.map { $0 * factor } }
    return reference.pass(input(), multipliers: multipliers)
  }

  /// The mean network in Double: each activation times the mean of its training multiplier.
  var referenceMean: ReferenceNetwork.Pass { reference.pass(input(), multipliers: meanMultipliers) }

  /// The network without dropout in Double.
  var referencePlain: ReferenceNetwork.Pass { reference.pass(input()) }
}
