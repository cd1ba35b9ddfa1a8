import DropoutEngine

extension ExplorerState {
  /// Takes up what the training thread published.
  mutating func take(_ new: TrainingSnapshot) -> [Effect] {
    let old = snapshot
    // Nothing goes back behind what was shown.
    guard new.handledCommands >= old.handledCommands else { return [] }
    snapshot = new
    var effects: [Effect] = []
    let isRefused = !isStartingAnew && new.experiment.start != askedStart
    if isRefused { askedStart = new.experiment.start }
    if new.handledCommands == sentCommands || isRefused { settings.experiment = new.configuration }
    if new.handledCommands == sentCommands { isRunning = new.isRunning }
    if new.experiment != old.experiment { effects += showExperiment(after: old) }
    if let notice = new.notice, notice != old.notice { message = notice.text }
    effects += startAwaitedRace(isRefused: isRefused)
    guard isRunning, !isStartingAnew, isGoalReached else { return effects }
    isRunning = false
    message = "the goal is reached: paused"
    return effects + send(.run(false))
  }

  /// Forgets what was about the experiment before.
  private mutating func showExperiment(after old: TrainingSnapshot) -> [Effect] {
    selection = snapshot.firstSelection
    watchedUnit = nil
    chosenOutput = nil
    phase = nil
    scroll = [:]
    // The training thread starts each experiment with nothing to be measured closely.
    sentSubject = .live
    if snapshot.experiment.start == askedStart {
      message = arrivalMessage
      arrivalMessage = ""
    }
    guard !snapshot.experiment.hasData(of: old.experiment) else { return [] }
    // Without a race on these data the view has nothing to show.
    if view == .race, askedRace != nil { awaitedRace = awaitedRace ?? .question }
    (race, askedRace) = (nil, nil)
    // So many epochs are another number of steps on other data.
    return settings.run.epochs == nil ? [] : send(.pauseAt(pauseStep))
  }

  /// Starts the race that waited for its data; where these cannot be had, there is none.
  private mutating func startAwaitedRace(isRefused: Bool) -> [Effect] {
    guard let preset = awaitedRace, !isStartingAnew else { return [] }
    awaitedRace = nil
    guard view == .race else { return [] }
    guard !isRefused else {
      view = .live
      return []
    }
    return startRace(preset)
  }

  /// Takes up what the race published; what is not of the race that was asked for is dropped.
  mutating func take(_ new: RaceSnapshot) {
    guard let askedRace, new.identity == askedRace else { return }
    if let notice = new.notice, notice != race?.notice { message = notice.text }
    guard !new.lanes.isEmpty else { return }
    race = new
    raceLine = min(raceLine, new.lanes.count - 1)
  }
}
