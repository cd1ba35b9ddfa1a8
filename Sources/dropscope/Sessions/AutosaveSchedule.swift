import Explorer

/// The work that an autosave is of.
///
/// Each has a file of its own, so that starting an experiment anew, or another race, loses nothing.
struct AutosaveSubject: Equatable, Sendable {
  /// The experiment.
  let experiment: ExperimentIdentity
  /// How many races in which something was changed came before.
  let races: Int

  /// The subject of a state.
  init(_ state: ExplorerState) {
    (experiment, races) = (state.snapshot.experiment, state.replacedRaces)
  }
}

/// Decides when an explorer's session is recorded.
struct AutosaveSchedule {
  private var subject: AutosaveSubject
  /// The run that is in a file already: as the explorer began, or as it was recorded last.
  private var kept: TimelineOutline
  /// The race that is in a file already.
  private var race: RaceCourse?
  private var recorded = ContinuousClock.now

  /// Begins with what a fresh explorer shows: that is in a session already, or nobody made it.
  init(_ state: ExplorerState) {
    subject = AutosaveSubject(state)
    (kept, race) = (state.snapshot.savedPlace.timeline, state.keptRace)
  }

  /// Records the session of a state where something was made, or the place is older than a few
  /// seconds.
  mutating func follow(_ state: ExplorerState, with autosave: Autosave) {
    let snapshot = state.snapshot
    let now = AutosaveSubject(state)
    if now.experiment != subject.experiment {
      kept = snapshot.savedPlace.timeline
      // A runner of a race comes with what it did; a fresh start has done nothing yet.
      if snapshot.step > 0 { record(state, with: autosave, isChange: true) }
    }
    subject = now
    let isChange =
      !Autosave.says(snapshot.savedPlace.timeline.branches, theSameAs: kept.branches)
      || !Autosave.says(state.keptRace, theSameAs: race)
    let isDue = ContinuousClock.now - recorded >= Autosave.interval
    guard isChange || (isDue && isElsewhere(state)) else { return }
    record(state, with: autosave, isChange: isChange)
  }

  /// Records what was trained since the last record, where the program ends.
  mutating func end(_ state: ExplorerState, with autosave: Autosave) {
    follow(state, with: autosave)
    guard isElsewhere(state) else { return }
    record(state, with: autosave, isChange: false)
  }

  /// Whether the run or the race stands elsewhere than at the last record.
  private func isElsewhere(_ state: ExplorerState) -> Bool {
    state.snapshot.savedPlace.timeline.position != kept.position
      || state.keptRace?.place != race?.place
  }

  private mutating func record(
    _ state: ExplorerState, with autosave: Autosave, isChange: Bool
  ) {
    (kept, race) = (state.snapshot.savedPlace.timeline, state.keptRace)
    recorded = ContinuousClock.now
    autosave.record(
      state.session(folder: ThisProcess.folder), of: AutosaveSubject(state), isChange: isChange)
  }
}

extension Autosave {
  /// Whether races have the same runners and changes, wherever they stand.
  static func says(_ race: RaceCourse?, theSameAs other: RaceCourse?) -> Bool {
    guard var race, let other else { return race == nil && other == nil }
    race.place = other.place
    return race == other
  }
}
