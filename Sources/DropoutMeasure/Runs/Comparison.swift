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
