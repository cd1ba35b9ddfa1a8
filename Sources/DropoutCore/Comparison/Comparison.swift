/// What came out of a comparison: for each point of the grid its variants, with the spread over the seeds.
public struct Comparison: Equatable, Sendable {
  /// The points of the grid, in order.
  public let groups: [ComparisonGroup]
  /// The number of runs that are there.
  public let finished: Int
  /// The number of runs that there should be.
  public let planned: Int

  /// Whether every run is there.
  public var isComplete: Bool { finished == planned }

  /// Puts results together.
  ///
  /// - Parameters:
  ///   - plan: what was to be compared.
  ///   - results: by the number of the run; those of an interrupted comparison need not be all.
  public init(_ plan: ComparisonPlan, results: [Int: FinishedRun]) {
    groups = (0..<plan.pointCount).map { point in
      ComparisonGroup(plan, point: point, results: results)
    }
    finished = results.count
    planned = plan.runCount
  }
}

/// A run with its number of steps and its result.
public struct FinishedRun: Equatable, Sendable {
  /// The number of updates that it was to take.
  public let steps: Int
  /// Which data it was trained on, where they come from files; "built-in" otherwise.
  public let data: String
  /// What came out.
  public let result: RunResult

  /// Creates a finished run.
  public init(steps: Int, data: String, result: RunResult) {
    self.steps = steps
    self.data = data
    self.result = result
  }
}

/// The variants at one point of the grid; the first one is what the others are compared with.
public struct ComparisonGroup: Equatable, Sendable {
  /// The values of the swept parameters; empty without a sweep.
  public let point: [ParameterAssignment]
  /// The variants, in order.
  public let members: [ComparisonMember]

  init(_ plan: ComparisonPlan, point: Int, results: [Int: FinishedRun]) {
    self.point = plan.pointValues(point)
    var members: [ComparisonMember] = []
    for index in plan.variants.indices {
      let runs = plan.seeds.indices.compactMap { seed in
        results[plan.runNumber(point: point, variantIndex: index, seedIndex: seed)].map {
          (seed: plan.seeds[seed], run: $0)
        }
      }
      members.append(
        ComparisonMember(
          variant: plan.variants[index], runs: runs, reference: members.first,
          plannedSeeds: plan.seeds.count))
    }
    self.members = members
  }
}

/// One variant at one point of the grid.
public struct ComparisonMember: Equatable, Sendable {
  /// The variant.
  public let variant: Variant
  /// The variant that it is compared with; nil for the first one.
  public let reference: Variant?
  /// The seeds that are finished.
  public let seeds: [UInt64]
  /// The number of seeds that were to be run.
  public let plannedSeeds: Int
  /// The results, one a seed.
  public let results: [RunResult]
  /// The number of updates of each run.
  public let steps: Int
  /// The seeds whose training became not finite, with the step.
  public let diverged: [Divergence]
  /// The spread of each number over the seeds.
  public let summaries: [RunMetric: SampleSummary]
  /// The difference of each number to the first variant, over the seeds that both have; empty for the first one.
  public let differences: [RunMetric: PairedDifference]

  /// A training that became not finite.
  public struct Divergence: Equatable, Sendable {
    /// Its seed.
    public let seed: UInt64
    /// The step that was not taken.
    public let step: Int
  }

  /// Whether targets are classes; true where nothing is known yet.
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
