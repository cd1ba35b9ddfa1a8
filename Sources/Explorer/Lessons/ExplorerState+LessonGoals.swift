import DropoutEngine
import Lessons

// A task that counts steps ends at the very step that it names.
extension ExplorerState {
  /// The farthest goal of a task, in steps from where it begins.
  private static let farthestGoal = 100_000

  /// Has the training pause at the step at which the person's task will be done.
  mutating func pauseAtGoal(of until: Condition) -> [Effect] {
    // A number that is measured may be late: the step of such a goal is not known before.
    let isKnown = until.names.allSatisfy {
      $0 == "step" || ParameterTable.definition(named: $0) != nil
    }
    let goal = isKnown ? goal(of: until, counting: "step", from: snapshot.step) : nil
    guard goal != lesson?.pause else { return [] }
    lesson?.pause = goal
    return send(.pauseAt(goal))
  }

  /// Lets the training run on, past the step at which a task was done.
  mutating func endPause() -> [Effect] {
    guard lesson?.pause != nil else { return [] }
    lesson?.pause = nil
    return send(.pauseAt(nil))
  }

  /// Takes a race that ran past the goal of the person's task back to it.
  func goBackToGoal(of until: Condition) -> [Effect] {
    guard view == .race, let race, race.isRunning,
      let goal = goal(of: until, counting: "race.step", from: 0), goal < race.step
    else { return [] }
    return [.race(.travel(.step(goal)))]
  }

  /// The first step behind another one at which a condition holds that comes true as steps are
  /// counted; nil where it does not within sight.
  private func goal(
    of until: Condition, counting name: String, from start: Int
  ) -> Int? {
    guard until.names.contains(name) else { return nil }
    let present = lessonValues
    func holds(at step: Int) -> Bool {
      let values = LessonValues(
        now: { $0 == name ? .number(Double(step)) : present.now($0) }, since: present.since,
        before: present.before)
      return until.decide(values) == .holds
    }
    var (open, done) = (start, start + ExplorerState.farthestGoal)
    guard !holds(at: open), holds(at: done) else { return nil }
    while done - open > 1 {
      let middle = (open + done) / 2
      if holds(at: middle) { done = middle } else { open = middle }
    }
    return done
  }
}
