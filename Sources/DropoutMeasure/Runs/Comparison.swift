/// The results of a comparison: the variants at each point of the grid, with the spread over the
/// seeds.
public struct Comparison: Equatable, Sendable {
  /// The points of the grid, in order.
  public let groups: [ComparisonGroup]
  /// The number of finished runs.
  public let finished: Int
  /// The number of planned runs.
  public let planned: Int

  /// Whether every run is finished.
  public var isComplete: Bool { finished == planned }

  /// Puts results together.
  ///
  /// - Parameters:
  ///   - plan: the plan of the comparison.
  ///   - results: the results by number of the run; an interrupted comparison may lack some.
  public init(_ plan: ComparisonPlan, results: [Int: FinishedRun]) {
    groups = (0..<plan.pointCount).map { point in
      ComparisonGroup(plan, point: point, results: results)
    }
    finished = results.count
    planned = plan.runCount
  }
}
