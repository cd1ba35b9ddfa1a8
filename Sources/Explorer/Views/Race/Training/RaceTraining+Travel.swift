import Dispatch
import DropoutEngine
import Threads

extension RaceTraining {
  /// Takes all runners to another moment of the race, on as many cores as there are, and pauses.
  func travel(to destination: TimelineDestination) {
    switch destination {
    case .undo: return undo()
    case .redo: return redo()
    default: break
    }
    state.withLock { $0.snapshot.isRunning = false }
    let slots = slots.withLock { $0 }
    guard let first = slots.first else { return }
    let now = snapshot.step
    let goal: Int
    switch destination {
    case .step(let step): goal = step
    case .steps(let steps): goal = now + steps
    case .epoch(let epoch): goal = first.lane.withLock { $0.calendar.firstStep(of: epoch) }
    case .epochs(let neighbor):
      goal = first.lane.withLock { $0.calendar.step(of: neighbor, at: now) }
    case .start: goal = 0
    case .end: goal = state.withLock { $0.reached }
    case .stop, .lastChange, .undo, .redo, .branch:
      say("this goes to a moment of the live run: \(KeyMark.text(.view(.live))) shows it")
      return
    }
    guard goal >= 0, goal != now else {
      say(goal < 0 || now == 0 ? "this is the start" : "this is the last step so far")
      return
    }
    DispatchQueue.concurrentPerform(iterations: slots.count) { index in
      slots[index].lane.withLock { $0.travel(to: goal) }
    }
    state.withLock { state in
      state.snapshot.step = goal
      state.reached = max(state.reached, goal)
    }
  }
}
