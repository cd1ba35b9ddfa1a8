public import DropoutEngine

/// One variant at one point of the grid.
public struct ComparisonMember: Equatable, Sendable {
  /// The variant.
  public let variant: Variant
  /// The variant that it is compared with; nil for the first one.
  public let reference: Variant?
  /// The finished seeds.
  public let seeds: [UInt64]
  /// The number of planned seeds.
  public let plannedSeeds: Int
  /// The results, one for each seed.
  public let results: [RunResult]
  /// The number of updates of each run.
  public let steps: Int
  /// The seeds whose training became not finite, with the step.
  public let diverged: [Divergence]
  /// The spread of each number over the seeds.
  public let summaries: [RunMetric: SampleSummary]
  /// The difference of each number from the first variant, over the seeds that both have; empty for
  /// the first one.
  public let differences: [RunMetric: PairedDifference]

  /// A training that became not finite.
  public struct Divergence: Equatable, Sendable {
    /// Its seed.
    public let seed: UInt64
    /// The step that was not taken.
    public let step: Int
  }

  /// Whether targets are classes; true as long as there is no result.
  public var isClassification: Bool { results.first?.isClassification ?? true }

  init(
    variant: Variant, runs: [(seed: UInt64, run: FinishedRun)], reference: ComparisonMember?,
    plannedSeeds: Int
  ) {
    self.variant = variant
    self.reference = reference?.variant
    self.plannedSeeds = plannedSeeds
    seeds = runs.map(\.seed)
    results = runs.map(\.run.result)
    steps = runs.first?.run.steps ?? 0
    diverged = runs.compactMap { seed, run in
      run.result.divergedAt.map { Divergence(seed: seed, step: $0) }
    }
    var summaries: [RunMetric: SampleSummary] = [:]
    var differences: [RunMetric: PairedDifference] = [:]
    let others = reference.map {
      Dictionary(uniqueKeysWithValues: zip($0.seeds, $0.results))
    }
    for metric in RunMetric.allCases {
      summaries[metric] = SampleSummary(results.map { $0[metric] })
      guard let others else { continue }
      let pairs = zip(seeds, results).compactMap { seed, result in
        others[seed].map { (result[metric], $0[metric]) }
      }
      differences[metric] = PairedDifference(of: pairs.map(\.0), from: pairs.map(\.1))
    }
    self.summaries = summaries
    self.differences = differences
  }

  /// The spread of a number.
  public func summary(_ metric: RunMetric) -> SampleSummary {
    summaries[metric] ?? SampleSummary([])
  }
}
