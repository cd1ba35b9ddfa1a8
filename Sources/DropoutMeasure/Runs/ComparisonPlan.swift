public import DropoutEngine

/// All runs of a comparison: variants, seeds and the grid of the sweeps, in the order of their
/// numbers.
///
/// The runs are numbered by grid point, then by variant, then by seed. All are made from the same
/// parameters; an explicit one wins over the variant's setting.
public struct ComparisonPlan: Equatable, Sendable {
  /// The largest number of runs.
  public static let runLimit = 100_000

  /// The variants; the first one is the reference.
  public let variants: [Variant]
  /// The seeds, in ascending order.
  public let seeds: [UInt64]
  /// The sweeps; the last one varies fastest.
  public let sweeps: [ParameterSweep]
  /// The parameters of all runs, except `variant` and `seed`.
  public let given: [ParameterAssignment]

  /// The place of one run in the comparison.
  public struct Run: Equatable, Sendable {
    /// Its number, counted from 0.
    public let number: Int
    /// The point of the grid, counted from 0.
    public let point: Int
    /// The place of the variant in ``ComparisonPlan/variants``.
    public let variantIndex: Int
    /// The variant.
    public let variant: Variant
    /// The place of the seed in ``ComparisonPlan/seeds``.
    public let seedIndex: Int
    /// The seed.
    public let seed: UInt64
  }

  /// Plans a comparison.
  ///
  /// - Parameters:
  ///   - names: the variants, separated by commas.
  ///   - seedCount: the number of seeds; the first one is the `seed` of the parameters.
  ///   - texts: sweeps such as `keep=0.3,0.5`.
  ///   - assignments: the parameters of all runs, with or without a `seed`.
  /// - Throws: ``ComparisonError`` where a name or a value is wrong, the settings of a run make no
  ///   sense, or there are more runs than ``runLimit``.
  public init(
    variants names: String, seedCount: Int, sweeps texts: [String],
    assignments: [ParameterAssignment]
  ) throws(ComparisonError) {
    variants = try Self.variants(names)
    var sweeps: [ParameterSweep] = []
    for text in texts {
      let sweep = try ParameterSweep(text)
      let isGiven = assignments.contains { $0.name == sweep.name }
      guard !isGiven, !sweeps.contains(where: { $0.name == sweep.name }) else {
        throw .sweptTwice(parameter: sweep.name)
      }
      sweeps.append(sweep)
    }
    self.sweeps = sweeps
    let (given, first) = try Self.canonical(assignments)
    self.given = given
    guard seedCount >= 1, UInt64(seedCount) <= 1 << 53 - first else {
      throw .seeds(count: seedCount, first: first)
    }
    try Self.checkCount([variants.count, seedCount] + sweeps.map(\.values.count))
    seeds = (0..<UInt64(seedCount)).map { first + $0 }
    for point in 0..<pointCount {
      for (index, variant) in variants.enumerated() {
        do {
          _ = try settings(point: point, variantIndex: index, seed: first)
        } catch {
          let values = pointValues(point).map { " \($0.name)=\($0.value)" }.joined()
          throw .configuration(error, place: "variant \(variant.rawValue)\(values)")
        }
      }
    }
  }

  private static func variants(_ names: String) throws(ComparisonError) -> [Variant] {
    var variants: [Variant] = []
    for name in ParameterText.list(names) {
      guard !name.isEmpty else { throw .emptyVariants }
      guard let variant = Variant(rawValue: name) else {
        let known = ParameterTable.variants
        throw .configuration(
          ParameterDefinition.wrong(
            "variant", name, "one of " + known.joined(separator: ", "), choices: known),
          place: "--variants")
      }
      guard !variants.contains(variant) else { throw .duplicate(value: name, list: "--variants") }
      variants.append(variant)
    }
    return variants
  }

  /// The parameters in the table's own form, without the first seed.
  ///
  /// Of two values for one name the later one wins.
  private static func canonical(
    _ assignments: [ParameterAssignment]
  ) throws(ComparisonError) -> (given: [ParameterAssignment], firstSeed: UInt64) {
    var given: [ParameterAssignment] = []
    var first = Settings().experiment.dataSeed
    for assignment in assignments {
      var settings = Settings()
      do {
        try settings.set(assignment.name, to: assignment.value)
      } catch {
        throw .configuration(error, place: "--\(assignment.name)")
      }
      if assignment.name == "seed" {
        first = settings.experiment.dataSeed
        continue
      }
      let value = ParameterTable.definition(named: assignment.name)?.get(settings)
      given.removeAll { $0.name == assignment.name }
      given.append(ParameterAssignment(name: assignment.name, value: value ?? assignment.value))
    }
    return (given, first)
  }

  private static func checkCount(_ factors: [Int]) throws(ComparisonError) {
    var count = 1
    for factor in factors {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor)
      guard !isTooLarge else {
        throw .tooManyRuns(count: "more than \(Int.max)", limit: runLimit)
      }
      count = product
    }
    guard count <= runLimit else { throw .tooManyRuns(count: "\(count)", limit: runLimit) }
  }

  /// The number of points of the grid; 1 without a sweep.
  public var pointCount: Int { sweeps.reduce(1) { $0 * $1.values.count } }

  /// The number of runs.
  public var runCount: Int { pointCount * variants.count * seeds.count }

  /// The data of all runs where they are not swept: a name, or the last part of a path.
  public var dataName: String {
    let data = given.last { $0.name == "data" }?.value ?? ExperimentConfiguration().data
    return data.split(separator: "/").last.map(String.init) ?? data
  }

  /// A run by its number.
  public func run(_ number: Int) -> Run {
    precondition((0..<runCount).contains(number), "there is no run \(number) of \(runCount)")
    let group = number / seeds.count
    let (variant, seed) = (group % variants.count, number % seeds.count)
    return Run(
      number: number, point: group / variants.count, variantIndex: variant,
      variant: variants[variant], seedIndex: seed, seed: seeds[seed])
  }

  /// The number of the run of a variant and a seed at a point.
  public func runNumber(point: Int, variantIndex: Int, seedIndex: Int) -> Int {
    (point * variants.count + variantIndex) * seeds.count + seedIndex
  }

  /// The values of the swept parameters at a point of the grid.
  public func pointValues(_ point: Int) -> [ParameterAssignment] {
    var rest = point
    var values: [ParameterAssignment] = []
    for sweep in sweeps.reversed() {
      values.append(
        ParameterAssignment(name: sweep.name, value: sweep.values[rest % sweep.values.count]))
      rest /= sweep.values.count
    }
    return values.reversed()
  }

  /// The settings of a run.
  ///
  /// The plan has checked the settings of the first seed, and no check depends on a seed.
  public func settings(of run: Run) throws(ConfigurationError) -> Settings {
    try settings(point: run.point, variantIndex: run.variantIndex, seed: run.seed)
  }

  private func settings(
    point: Int, variantIndex: Int, seed: UInt64
  ) throws(ConfigurationError) -> Settings {
    let all =
      given + pointValues(point) + [
        ParameterAssignment(name: "variant", value: variants[variantIndex].rawValue),
        ParameterAssignment(name: "seed", value: "\(seed)"),
      ]
    return try Settings(assignments: all.map { ($0.name, $0.value) })
  }

  /// The runs of a shard in the best order to compute them: all variants of a seed before the next
  /// seed, so that the results of an interrupted comparison can be paired.
  public func order(of shard: ComparisonShard) -> [Int] {
    var numbers: [Int] = []
    for seed in seeds.indices {
      for point in 0..<pointCount {
        for variant in variants.indices {
          let number = runNumber(point: point, variantIndex: variant, seedIndex: seed)
          if shard.contains(run: number) { numbers.append(number) }
        }
      }
    }
    return numbers
  }
}
