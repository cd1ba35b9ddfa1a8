import DropoutEngine
import DropoutMeasure

// Starting another experiment in place of this one.
extension SteeredTraining {
  func startAnew(_ configuration: ExperimentConfiguration) {
    let isRunning = snapshot.isRunning
    let keepsData = configuration.hasData(of: loaded.configuration)
    do throws(ExperimentLoadError) {
      var next: LoadedExperiment
      // The present experiment stays until the next one has started.
      let kept = MemoryNeed(of: group.configuration, dataset: loaded.dataset, for: .evidence).total
      do throws(ConfigurationError) {
        if let builtIn = BuiltInDataset(rawValue: configuration.data) {
          try builtIn.memoryNeed(configuration, for: .evidence)
            .check(against: loaded.allowedMemory, keeping: kept)
        }
      } catch {
        throw .configuration(error)
      }
      if keepsData {
        next = LoadedExperiment(
          configuration: configuration, dataset: loaded.dataset, initial: loaded.initial)
      } else {
        next = try load(configuration)
      }
      next.allowedMemory = loaded.allowedMemory
      do throws(ConfigurationError) {
        try MemoryNeed(of: configuration, dataset: next.dataset, for: .evidence)
          .check(against: loaded.allowedMemory, keeping: kept)
      } catch {
        throw .configuration(error)
      }
      let learners: LearnerGroup
      do throws(ConfigurationError) {
        learners = try LearnerGroup(
          configuration: next.configuration, dataset: next.dataset, initial: next.initial,
          kernels: kernels, preparing: { tellPreparing($0, of: next.configuration) })
      } catch {
        throw .configuration(error)
      }
      do throws(NotFiniteError) {
        try begin(
          next, Timeline(learners, from: next.configuration, initial: next.initial),
          keepsData: keepsData)
      } catch {
        throw .notFinite(error)
      }
      snapshot.isRunning = isRunning
    } catch {
      say(error.description)
    }
  }

  /// Tells how far a fresh start is, in a snapshot of the experiment that is still there.
  private func tellPreparing(_ learner: Int, of configuration: ExperimentConfiguration) {
    guard let whilePreparing else { return }
    var waiting = snapshot
    // The command that is being carried out is not done yet.
    waiting.handledCommands -= 1
    waiting.preparing = (learner: learner + 1, count: configuration.learnerCount)
    whilePreparing(waiting)
  }

  /// Goes on where another training of the same data stands: the curves start there.
  ///
  /// A training that does not fit is refused with a notice, and nothing is lost.
  func adopt(_ handover: TrainingHandover) {
    guard handover.experiment.hasData(of: snapshot.experiment) else {
      say(
        "the runner was trained on other data than these: it is not taken; "
          + "\(KeyMark.text(.view(.race))) starts a race on these"
      )
      return
    }
    do {
      // The present training stays in memory until the runner has taken its place.
      let kept = MemoryNeed(of: group.configuration, dataset: loaded.dataset, for: .evidence).engine
      if let first = handover.checkpoints.first {
        try MemoryNeed(of: first.configuration, dataset: loaded.dataset, for: .evidence)
          .check(against: loaded.allowedMemory, keeping: kept)
      }
      try begin(
        LoadedExperiment(
          configuration: handover.initialConfiguration, dataset: loaded.dataset,
          initial: handover.initial, allowedMemory: loaded.allowedMemory),
        Timeline(
          try LearnerGroup(
            resuming: handover.checkpoints, dataset: loaded.dataset, kernels: kernels),
          from: handover.initialConfiguration, initial: handover.initial),
        keepsData: true)
    } catch {
      say("the runner is not taken: \(error)")
    }
  }

  /// Puts another experiment, with its own identity, in place of this one; if it cannot begin,
  /// nothing changes.
  private func begin(
    _ experiment: LoadedExperiment, _ next: Timeline, keepsData: Bool
  ) throws(NotFiniteError) {
    let handled = snapshot.handledCommands
    let fresh = SnapshotParts(dataset: experiment.dataset, kernels: kernels)
    var first = try SteeredTraining.start(
      experiment, next, fresh,
      as: snapshot.experiment.next(start: handled, keepsData: keepsData),
      measuredAtStart: measuredAtStart)
    first.handledCommands = handled
    (loaded, timeline, parts, snapshot) = (experiment, next, fresh, first)
    goesOnOutOfRange = false
    (row, isRowChosen) = (first.watched.value.row, false)
    // A unit or an output that was looked at need not be there any more.
    (subject, telling) = (.live, .sums)
    watchedState = group.learners[0].state
  }
}
