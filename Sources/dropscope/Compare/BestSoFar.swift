import DropoutEngine
import DropoutMeasure

/// The lowest mean test loss of the runs so far, for a person who watches.
struct BestSoFar {
  private let plan: ComparisonPlan
  private var sums: [Int: (sum: Double, count: Int)] = [:]

  init(_ plan: ComparisonPlan) {
    self.plan = plan
  }

  mutating func add(_ run: ComparisonPlan.Run, _ finished: FinishedRun) {
    guard finished.result.testLoss.isFinite else { return }
    let group = run.number / plan.seeds.count
    let (sum, count) = sums[group] ?? (0, 0)
    sums[group] = (sum + finished.result.testLoss, count + 1)
  }

  var text: String {
    let means = sums.map { (mean: $1.sum / Double($1.count), group: $0) }
    guard let best = means.min(by: { ($0.mean, $0.group) < ($1.mean, $1.group) }) else { return "" }
    let run = plan.run(best.group * plan.seeds.count)
    let point = plan.pointValues(run.point).map { " \($0.name)=\(ForeignText.shown($0.value))" }
      .joined()
    return "best \(run.variant.rawValue)\(point) \(Float(best.mean))"
  }
}
