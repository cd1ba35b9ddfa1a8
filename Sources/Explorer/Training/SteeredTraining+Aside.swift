import DropoutEngine

/// An experiment that was put aside as it stood: another one takes its place for a while.
struct ExperimentAside {
  let snapshot: TrainingSnapshot
  let timeline: Timeline
  let loaded: LoadedExperiment
  let parts: SnapshotParts
  let row: Int
  let isRowChosen: Bool
  let subject: MeasuredSubject
  let watchedState: NetworkState
  let pauseStep: Int?
  let goesOnOutOfRange: Bool
}

// A lesson has an experiment of its own, and gives the person's own back.
extension SteeredTraining {
  /// Takes up what was measured elsewhere of the experiment.
  func takeMeasurements(of measured: TrainingSnapshot) {
    guard measured.experiment == snapshot.experiment else { return }
    (snapshot.measured, snapshot.close) = (measured.measured, measured.close)
  }

  /// Starts another experiment, trained for some steps, and keeps the present one; where one is
  /// kept already, that stays the one that is kept.
  ///
  /// An experiment that cannot be started is refused with a notice, and nothing is put aside.
  func setAside(for configuration: ExperimentConfiguration, steps: Int) {
    // The evidence of a training that runs is held for a while.
    if snapshot.watched.step != group.step { showNextStep() }
    let present =
      aside
      ?? ExperimentAside(
        snapshot: snapshot, timeline: timeline, loaded: loaded, parts: parts, row: row,
        isRowChosen: isRowChosen, subject: subject, watchedState: watchedState,
        pauseStep: pauseStep,
        goesOnOutOfRange: goesOnOutOfRange)
    let before = snapshot.experiment
    startAnew(configuration)
    guard snapshot.experiment != before else { return }
    aside = present
    pauseStep = nil
    snapshot.isRunning = false
    train(to: steps, points: lessonPoints) { [whileTravelling] step in
      whileTravelling?(TimelineProgress(step: step, goal: steps)) ?? true
    }
  }

  /// Puts the experiment that was put aside back as it stood.
  func bringBack() {
    guard let kept = aside else { return }
    aside = nil
    let handled = snapshot.handledCommands
    snapshot = kept.snapshot
    snapshot.handledCommands = handled
    (timeline, loaded, parts) = (kept.timeline, kept.loaded, kept.parts)
    (row, subject, watchedState) = (kept.row, kept.subject, kept.watchedState)
    (isRowChosen, pauseStep) = (kept.isRowChosen, kept.pauseStep)
    goesOnOutOfRange = kept.goesOnOutOfRange
  }
}
