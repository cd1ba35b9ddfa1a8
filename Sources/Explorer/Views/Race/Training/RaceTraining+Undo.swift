import Dispatch
import DropoutEngine
import Sessions
import Threads

extension RaceTraining {
  /// Notes a change that was made now, in the place of those that the runners had before them.
  func note(_ change: SavedRace.Change) {
    state.withLock { state in
      for index in state.changes.indices {
        state.changes[index].takers.removeAll { taker in
          change.takers.contains { $0.runner == taker.runner && $0.index <= taker.index }
        }
      }
      state.changes.removeAll(where: \.takers.isEmpty)
      state.changes.append(change)
    }
  }

  /// The changes that are on the course of some runner, in the order of their steps; those at one
  /// step in the order of making.
  private func standingChanges(_ slots: [Slot]) -> [SavedRace.Change] {
    let counts = slots.map { $0.lane.withLock { $0.journal.entries.count } }
    let changes = state.withLock { $0.changes }.compactMap { change in
      var change = change
      change.takers.removeAll {
        !counts.indices.contains($0.runner) || $0.index >= counts[$0.runner]
      }
      return change.takers.isEmpty ? nil : change
    }
    return changes.enumerated().sorted {
      ($0.element.step, $0.offset) < ($1.element.step, $1.offset)
    }
    .map(\.element)
  }

  /// Goes back before the last change that is in force: without it, as in the live view.
  func undo() {
    let slots = slots.withLock { $0 }
    let now = snapshot.step
    let found = standingChanges(slots).last { change in
      change.step <= now && change.takers.contains { isInForce($0, slots) }
    }
    guard let change = found else {
      say("nothing was changed in this race before this moment: there is nothing to undo")
      return
    }
    turn(change, slots, back: true)
    say(
      "undone: \(change.name) at step \(change.step). \(KeyMark.text(.toggleRunning)) trains on "
        + "without it, \(KeyMark.text(.travel(.redo))) redoes it")
  }

  /// Makes the change again that was undone last.
  func redo() {
    let slots = slots.withLock { $0 }
    let now = snapshot.step
    let found = standingChanges(slots).first { change in
      change.step == now && !change.takers.contains { isInForce($0, slots) }
    }
    guard let change = found else {
      say("no change was undone here: there is nothing to do again")
      return
    }
    turn(change, slots, back: false)
    say("done again: \(change.name) at step \(change.step)")
  }

  private func isInForce(_ taker: SavedRace.Change.Taker, _ slots: [Slot]) -> Bool {
    slots[taker.runner].lane.withLock { $0.standing.changes > taker.index }
  }

  /// Takes all runners to the step of a change, and those that it changed before or behind it.
  private func turn(_ change: SavedRace.Change, _ slots: [Slot], back: Bool) {
    for (index, slot) in slots.enumerated() {
      slot.lane.withLock { lane in
        if let taker = change.takers.first(where: { $0.runner == index }) {
          lane.travel(to: change.step, changes: taker.index + (back ? 0 : 1))
        } else if lane.group.step != change.step {
          // Between two changes at one step, a runner stands where it stood.
          lane.travel(to: change.step)
        }
      }
    }
    state.withLock { state in
      state.snapshot.isRunning = false
      state.snapshot.step = change.step
    }
    measure()
  }

  /// The race as it stands, without its weights; nil where there are no runners.
  func course(_ slots: [Slot]) -> RaceCourse? {
    guard !slots.isEmpty else { return nil }
    var weights = Fingerprint()
    var (runners, standings): ([RaceCourse.Runner], [SavedRace.Place.Standing]) = ([], [])
    for slot in slots {
      slot.lane.withLock { lane in
        runners.append(RaceCourse.Runner(entry: lane.entry, journal: lane.journal))
        standings.append(lane.standing)
        weights.add(lane.group.fingerprint.value)
      }
    }
    let changes = standingChanges(slots)
    return state.withLock { state in
      RaceCourse(
        runners: runners, initial: state.initial, changes: changes,
        place: SavedRace.Place(
          step: state.snapshot.step, reached: max(state.reached, state.snapshot.step),
          runners: standings, weights: weights))
    }
  }
}
