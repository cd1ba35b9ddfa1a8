import Threads

/// Who works on which runner next while a race takes some steps.
///
/// Each runner takes its steps in a few stages, and the runner with the fewest finished stages
/// goes first. So three runners keep two cores busy to the end, and a slow one is never left for
/// last.
/// No runner is worked on by two threads.
package final class RaceStages: Sendable {
  /// One stage of one runner.
  package struct Stage: Equatable, Sendable {
    /// The runner.
    package var lane: Int
    /// The steps from the start to the end of the stage.
    package var goal: Int
    /// The steps of the stage.
    package var steps: Int
  }

  /// The most stages of a runner.
  package static let most = 16

  private struct Lane: Sendable {
    var begun = 0
    var isBusy = false
  }

  private let steps: Int
  private let count: Int
  private let lanes: Guarded<[Lane]>

  /// Divides a number of steps for a number of runners.
  package init(lanes: Int, steps: Int) {
    self.steps = steps
    count = min(RaceStages.most, steps)
    self.lanes = Guarded([Lane](repeating: Lane(), count: lanes))
  }

  /// The stage to work on now.
  ///
  /// - Returns: nil where nothing is left, or only what follows a stage that another thread works
  ///   on: that thread goes on with it.
  package func begin() -> Stage? {
    lanes.withLock { lanes in
      let free = lanes.indices.filter { !lanes[$0].isBusy && lanes[$0].begun < count }
      guard let lane = free.min(by: { lanes[$0].begun < lanes[$1].begun }) else { return nil }
      let (first, goal) = (
        steps * lanes[lane].begun / count, steps * (lanes[lane].begun + 1) / count
      )
      lanes[lane].begun += 1
      lanes[lane].isBusy = true
      return Stage(lane: lane, goal: goal, steps: goal - first)
    }
  }

  /// Says that a stage is done.
  package func end(_ stage: Stage) {
    lanes.withLock { $0[stage.lane].isBusy = false }
  }
}
