import Explorer
import Sessions

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
  /// The view and the selection that are in a file already.
  private var view: [String: ViewValue]
  private var recorded = ContinuousClock.now

  /// Begins with what a fresh explorer shows: that is in a session already, or nobody made it.
  init(_ state: ExplorerState) {
    subject = AutosaveSubject(state)
    (kept, race) = (state.snapshot.savedPlace.timeline, state.keptRace)
    view = state.viewValues
  }

  /// The time until the next record; nil where nothing waits for one.
  func rest(_ state: ExplorerState, with autosave: Autosave) -> Duration? {
    isBehind(state, autosave)
      ? max(.zero, Autosave.interval - (ContinuousClock.now - recorded)) : nil
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
    guard isChange || (isDue && isBehind(state, autosave)) else { return }
    record(state, with: autosave, isChange: isChange)
  }

  /// Records what was trained and looked at since the last record, where the program ends.
  mutating func end(_ state: ExplorerState, with autosave: Autosave) {
    follow(state, with: autosave)
    guard isBehind(state, autosave) else { return }
    record(state, with: autosave, isChange: false)
  }

  /// Whether the run or the race stands elsewhere than at the last record, something else is looked
  /// at, or the last record could not be written.
  private func isBehind(_ state: ExplorerState, _ autosave: Autosave) -> Bool {
    state.snapshot.savedPlace.timeline.position != kept.position
      || state.keptRace?.place != race?.place || state.viewValues != view
      || autosave.failure != nil
  }

  private mutating func record(
    _ state: ExplorerState, with autosave: Autosave, isChange: Bool
  ) {
    (kept, race) = (state.snapshot.savedPlace.timeline, state.keptRace)
    view = state.viewValues
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
