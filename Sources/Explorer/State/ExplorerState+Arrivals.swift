import DropoutEngine

extension ExplorerState {
  /// Takes up what the training thread published.
  mutating func take(_ new: TrainingSnapshot) -> [Effect] {
    if let effects = comeBack(with: new) { return effects }
    let old = snapshot
    // The screen never goes back to an earlier state.
    guard new.handledCommands >= old.handledCommands else { return [] }
    snapshot = new
    var effects: [Effect] = []
    let isRefused = !isStartingAnew && new.experiment.start != askedStart
    if isRefused { askedStart = new.experiment.start }
    if new.handledCommands == sentCommands || isRefused { settings.experiment = new.configuration }
    if new.handledCommands == sentCommands { isRunning = new.isRunning }
    if new.experiment != old.experiment { effects += showExperiment(after: old) }
    selectTellingUnit()
    if let notice = new.notice, notice != old.notice { message = keys.named(notice.text) }
    effects += startAwaitedRace(isRefused: isRefused)
    let arrived = view.arrived
    effects += arrived(&self)
    guard isRunning, !isStartingAnew, isGoalReached else { return effects }
    isRunning = false
    message = "the goal is reached: paused"
    return effects + send(.run(false))
  }

  /// Forgets what was about the experiment before.
  private mutating func showExperiment(after old: TrainingSnapshot) -> [Effect] {
    selection = snapshot.firstSelection
    isSelectionChosen = false
    watchedUnit = nil
    chosenOutput = nil
    hasChosenExample = false
    phase = nil
    scroll = [:]
    // The training thread starts each experiment with nothing to be measured closely.
    sentSubject = .live
    if snapshot.experiment.start == askedStart, lesson == nil {
      message = arrivalMessage.isEmpty ? farewell(to: old.timeline) : arrivalMessage
      arrivalMessage = ""
    }
    guard !snapshot.experiment.hasData(of: old.experiment) else { return [] }
    leaveRaceOfOtherData()
    if snapshot.dataset.notes != old.dataset.notes, lesson == nil, message.isEmpty {
      message = notesHint
    }
    // On other data, the same number of epochs is another number of steps.
    return settings.run.epochs == nil ? [] : send(.pauseAt(pauseStep))
  }

  /// The sentence about the run that gave way to another one; empty where nothing was made in it,
  /// or it is not saved.
  private func farewell(to run: TimelineOutline) -> String {
    let isMade =
      run.branches.count > 1
      || run.branches.contains { $0.name != nil || !$0.journal.entries.isEmpty }
    guard isMade, savesItself, autosaveFailure == nil else { return "" }
    return "the run before is kept with its changes: dropscope sessions lists it"
  }
}
