import DropoutEngine

// Changes that take effect while the training goes on.
extension SteeredTraining {
  func apply(_ change: ExperimentChange) {
    let before = group.configuration
    do {
      try checkMemory(of: change)
      try group.apply(change)
    } catch {
      say(error.description)
      return
    }
    snapshot.generation += 1
    snapshot.configuration = group.configuration
    snapshot.journal = group.journal
    snapshot.interventions = group.interventions
    if !group.configuration.testsWeightsLike(before) {
      snapshot.counterfactualGeneration = snapshot.generation
    }
    parts.curves.mark(CurveMark(step: group.step, label: change.label))
    snapshot.marks = parts.curves.marks
    showNextStep()
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
