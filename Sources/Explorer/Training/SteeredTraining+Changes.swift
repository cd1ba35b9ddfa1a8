import DropoutEngine

// Changes that take effect while the training goes on.
extension SteeredTraining {
  func apply(_ change: ExperimentChange) {
    let branch = timeline.branch
    do {
      try checkMemory(of: change)
      try timeline.apply(change)
    } catch {
      say(error.description)
      return
    }
    noteChanges()
    endBreakdown()
    if timeline.branch.number != branch.number {
      say(
        "\(timeline.branch.title) begins here, at step \(group.step); \(branch.title) is kept "
          + "(\(KeyMark.text(.branches)))")
    }
    showNextStep()
  }

  /// Takes up the changes that are in force by now: a person's, or those of a branch that training
  /// follows.
  func noteChanges() {
    guard snapshot.journal != group.journal else { return }
    snapshot.generation += 1
    if !group.configuration.testsWeightsLike(snapshot.settings) {
      snapshot.counterfactualGeneration = snapshot.generation
    }
    snapshot.settings = group.configuration
    snapshot.journal = group.journal
    snapshot.interventions = group.interventions
  }

  /// Refuses a change whose buffers do not fit beside those that there are: each learner's are made
  /// before its old ones go.
  private func checkMemory(of change: ExperimentChange) throws(ConfigurationError) {
    guard case .parameter(let name, let value) = change else { return }
    let configuration = group.configuration
    let old = MemoryNeed(of: configuration, dataset: loaded.dataset, for: .evidence)
    let new = MemoryNeed(
      of: try configuration.changing(name, to: value), dataset: loaded.dataset, for: .evidence)
    guard new.engine > old.engine else { return }
    try new.check(
      against: loaded.allowedMemory, keeping: old.engine / configuration.learnerCount)
  }
}
