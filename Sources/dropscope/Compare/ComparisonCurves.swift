import Charts
import DropoutEngine
import DropoutMeasure

/// A comparison as a picture: curves of the test loss, and the final result of each seed.
enum ComparisonCurves {
  /// The picture of all points of the grid.
  static func picture(of comparison: Comparison, plan: ComparisonPlan) -> String {
    let panels = comparison.groups.compactMap { group -> ComparisonPanel? in
      let members = group.members.filter { !$0.seeds.isEmpty }
      guard !members.isEmpty else { return nil }
      let values = group.point.map { "\($0.name) \(ForeignText.shown($0.value))" }.joined(
        separator: ", ")
      return ComparisonPanel(title: values, series: members.map(series))
    }
    let data =
      plan.sweeps.contains { $0.name == "data" } ? "" : " on \(ForeignText.shown(plan.dataName))"
    let seeds = plan.seeds.count == 1 ? "1 seed" : "\(plan.seeds.count) seeds"
    let rest =
      comparison.isComplete ? "" : ", \(comparison.finished) of \(comparison.planned) runs"
    return ComparisonPicture.svg(
      panels, title: "Test loss\(data), \(seeds)\(rest)", value: "test loss")
  }

  private static func series(_ member: ComparisonMember) -> ComparisonSeries {
    let steps = ExperimentRun.curveSteps(member.steps)
    let points = steps.indices.map { index in
      SampleSummary(member.results.map { $0.curve[safely: index] })
    }
    return ComparisonSeries(
      name: member.variant.rawValue, steps: steps.map { Double($0) }, mean: points.map(\.mean),
      deviation: points.map(\.deviation), finals: member.results.map(\.testLoss))
  }
}

extension Array where Element == Double {
  /// The value at an index; NaN beyond the end, since runs of one variant may have different
  /// numbers of steps.
  fileprivate subscript(safely index: Int) -> Double { index < count ? self[index] : .nan }
}
