/// The variants at one point of the grid; the others are compared with the first.
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
