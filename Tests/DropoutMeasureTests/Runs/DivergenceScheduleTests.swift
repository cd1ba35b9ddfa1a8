import DropoutEngine
import DropoutMeasure
import Testing

@Suite("When a line has a divergence") struct DivergenceScheduleTests {
  /// The steps whose lines have a divergence, in a training with a line every 100 steps.
  private func dueSteps(
    _ scope: MetricsScope, to last: Int,
    _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) throws -> [Int] {
    var configuration = ExperimentConfiguration()
    configuration.hidden = [8, 8]
    change(&configuration)
    let group = try LearnerGroup(
      configuration: configuration, dataset: BuiltInDataset.circle.generate(configuration))
    var schedule = DivergenceSchedule(scope, of: group)
    return stride(from: 0, through: last, by: 100).filter {
      schedule.isDue(at: $0, isLast: $0 == last)
    }
  }

  @Test(
    "Twenty lines at the start, the last one, and one wherever training costs twenty times as much")
  func thinnedOut() throws {
    // There are 64 examples, each with 256 drawn masks, 2^8 enumerated masks and 6 other passes: 64
    // * 518 passes. A step has 3 * 10, so a twentieth of 22102 steps is as much. With whole lines
    // that is 22200.
    let due = try dueSteps(.auto, to: 50_000)
    #expect(due == Array(stride(from: 0, through: 1_900, by: 100)) + [24_100, 46_300, 50_000])
  }

  @Test("Where nothing is masked a divergence is a few passes, and is measured far more often")
  func unmasked() throws {
    // 64 * 8 passes are a twentieth of 342 steps.
    let due = try dueSteps(.auto, to: 3_000) { $0.adopt(.none) }
    #expect(due == Array(stride(from: 0, through: 1_900, by: 100)) + [2_300, 2_700, 3_000])
  }

  @Test("A larger minibatch and more learners train more in a step") func largerSteps() throws {
    #expect(
      try dueSteps(.auto, to: 10_000) { $0.batch = 100 }.dropFirst(20) == [
        4_200, 6_500, 8_800, 10_000,
      ])
  }

  @Test("All is all, and losses are none") func allOrNone() throws {
    #expect(try dueSteps(.all, to: 5_000).count == 51)
    #expect(try dueSteps(.losses, to: 5_000) == [])
  }
}
