import Dispatch
import DropoutEngine
import Sessions
import Threads

extension RaceTraining {
  /// Starts a race with fresh runners, in the place of the one that there is.
  func start(_ start: RaceStart) {
    guard start.identity.experiment.hasData(of: experiment) else {
      put([], of: start.identity, twins: nil)
      say("the race is one of other data than these: \(KeyMark.text(.menu)) starts one on these")
      return
    }
    let entries = start.entries
    let initial = start.course.map(\.initial) ?? self.initial
    state.withLock { $0.initial = initial }
    var fresh: [Slot] = []
    var map: LockstepMap?
    do throws(ConfigurationError) {
      var before: NetworkParameters?
      try checkMemory(of: entries.map(\.configuration))
      for (index, entry) in entries.enumerated() {
        var weights =
          initial?.count == entry.configuration.learnerCount ? initial : nil
        if entry.isTwin, let before, let first = entries.first {
          let twins = LockstepMap(first.configuration)
          weights = [twins.inverted(before)]
          // Twins whose settings were changed start as one run but do not stay one.
          let areStill = [twins.classic, twins.inverted] == entries.map(\.configuration)
          map = areStill ? twins : nil
        }
        let lane = try RaceLane(
          entry, of: entries.count, dataset: dataset, initial: weights,
          journal: start.course?.runners[index].journal, kernels: kernels)
        before = lane.group.parameters[0]
        fresh.append(Slot(lane))
      }
    } catch {
      put([], of: start.identity, twins: nil)
      say("a race of \(entries.count) runners: \(error.description)")
      return
    }
    // Twins whose settings were changed are no longer twins.
    if start.course.map({ !$0.changes.isEmpty }) ?? false { map = nil }
    put(fresh, of: start.identity, twins: map, at: start.course, maskedLosses: start.maskedLosses)
  }

  /// Puts other runners in the place of those that there are.
  private func put(
    _ fresh: [Slot], of race: RaceIdentity, twins: LockstepMap?, at course: RaceCourse? = nil,
    maskedLosses: [Double?] = []
  ) {
    if let place = course?.place {
      DispatchQueue.concurrentPerform(iterations: fresh.count) { index in
        fresh[index].lane.withLock { lane in
          lane.take(place.runners[index], in: place)
          if maskedLosses.indices.contains(index), let loss = maskedLosses[index] {
            lane.recall(maskedLoss: loss)
          }
        }
      }
    }
    slots.withLock { $0 = fresh }
    state.withLock { state in
      state.map = twins
      state.snapshot.identity = race
      state.snapshot.notice = nil
      state.snapshot.step = course?.place.step ?? 0
      state.reached = course?.place.reached ?? 0
      state.changes = course?.changes ?? []
      state.snapshot.isRunning = false
    }
    measure()
    guard let wanted = course?.place.weights, let found = snapshot.course?.place.weights else {
      return
    }
    say(
      found == wanted
        ? "the race, step \(snapshot.step): the same weights as when it was saved"
        : "the race, step \(snapshot.step): the weights are not those of the session: their "
          + "fingerprint is \(found), and was \(wanted) when it was saved")
  }

  /// Refuses runners whose buffers do not fit; they share the data, and few of them are measured at
  /// once.
  func checkMemory(
    of configurations: [ExperimentConfiguration]
  ) throws(ConfigurationError) {
    guard let allowedMemory else { return }
    let needs = configurations.map { MemoryNeed(of: $0, dataset: dataset) }
    let bytes = needs.reduce(0) { $0 + $1.engine } + (needs.map(\.measuring).max() ?? 0)
    guard bytes > allowedMemory else { return }
    throw .needsMemory(bytes: bytes, allowed: allowedMemory)
  }
}
