import DropoutEngine
import Synchronization

/// A change of runners that a person made in a race.
struct RaceRecord: Equatable, Sendable {
  /// The parameter.
  var name: String
  /// The step at which it took effect.
  var step: Int
  /// The runners that took it.
  var lanes: [Int]
}

extension RaceTraining {
  /// Goes back before the last change that is in force: without it, as in the live view.
  func undo() {
    let found = state.withLock { state -> RaceRecord? in
      let now = state.snapshot.step
      guard let index = state.changes.lastIndex(where: { $0.step <= now }) else { return nil }
      let record = state.changes.remove(at: index)
      state.undone.append(record)
      return record
    }
    guard let record = found else {
      say("nothing was changed in this race before this moment: there is nothing to undo")
      return
    }
    turn(record, back: true)
    say(
      "undone: \(record.name) at step \(record.step). \(KeyMark.text(.toggleRunning)) trains on "
        + "without it, \(KeyMark.text(.travel(.redo))) redoes it")
  }

  /// Makes the change again that was undone last.
  func redo() {
    let found = state.withLock { state -> RaceRecord? in
      guard let record = state.undone.last, record.step == state.snapshot.step else { return nil }
      state.undone.removeLast()
      state.changes.append(record)
      return record
    }
    guard let record = found else {
      say("no change was undone here: there is nothing to do again")
      return
    }
    turn(record, back: false)
    say("done again: \(record.name) at step \(record.step)")
  }

  /// Takes all runners to the step of a change, and those that it changed before or behind it.
  private func turn(_ record: RaceRecord, back: Bool) {
    for (index, slot) in slots.withLock({ $0 }).enumerated() {
      slot.lane.withLock { lane in
        // Between two changes at one step, a runner stands where it stood.
        if lane.group.step != record.step { lane.travel(to: record.step) }
        guard record.lanes.contains(index) else { return }
        if back { lane.undo() } else { lane.redo() }
      }
    }
    state.withLock { state in
      state.snapshot.isRunning = false
      state.snapshot.step = record.step
    }
    measure()
  }
}
