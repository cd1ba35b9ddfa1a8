import DropoutEngine
import Sessions
import Threads

extension RaceTraining {
  /// Changes a parameter of runners.
  func change(_ name: String, _ values: [RaceChange]) {
    let slots = slots.withLock { $0 }
    do {
      try checkMemory(slots, after: name, values)
    } catch {
      say(error.description)
      return
    }
    var takers: [SavedRace.Change.Taker] = []
    for change in values where slots.indices.contains(change.lane) {
      let refusal: String? = slots[change.lane].lane.withLock { lane in
        do throws(ConfigurationError) {
          try lane.apply(.parameter(name: name, value: change.value))
          takers.append(
            SavedRace.Change.Taker(
              runner: change.lane, index: lane.journal.entries.count - 1))
          return nil
        } catch {
          return error.description
        }
      }
      if let refusal { say(refusal) }
    }
    if !takers.isEmpty {
      note(SavedRace.Change(name: name, step: snapshot.step, takers: takers))
    }
    // Twins whose settings were changed are no longer twins.
    if !values.isEmpty { state.withLock { $0.map = nil } }
    measure()
  }

  /// Refuses changes after which the runners' buffers would not fit.
  private func checkMemory(
    _ slots: [Slot], after name: String, _ values: [RaceChange]
  ) throws(ConfigurationError) {
    var configurations = slots.map { $0.lane.withLock { $0.group.configuration } }
    for change in values where slots.indices.contains(change.lane) {
      configurations[change.lane] = try configurations[change.lane]
        .changing(name, to: change.value)
    }
    try checkMemory(of: configurations)
  }
}
