import DropoutEngine
import Explorer
import Sessions

/// What an explorer starts with: settings, and the session that it goes on with, if any.
struct StartingPoint: Sendable {
  let settings: Settings
  let resumed: ResumedSession?

  /// Reads the data and the weights; `saying` is called before each task that takes time.
  func load(saying: (String) -> Void) throws(CommandFailure) -> Experiment {
    let experiment = try Experiment(
      settings, initial: resumed?.session.initial, for: .evidence, saying: saying)
    try resumed?.checkData(of: experiment) { _ in }
    return experiment
  }

  /// The experiment in the explorer's form, at the place of the session.
  func loaded(_ experiment: Experiment) -> LoadedExperiment {
    var loaded = experiment.loaded
    loaded.course = resumed.map {
      RunCourse(branches: $0.session.branches, position: $0.session.position)
    }
    return loaded
  }

  /// The sentences about the session that is gone on with, such as that its weights are the same.
  ///
  /// - Throws: bad data where data or weights are others, unless it is gone on anyway.
  func sentences(
    _ experiment: Experiment, _ snapshot: TrainingSnapshot
  ) throws(CommandFailure) -> [String] {
    guard let resumed else { return [] }
    var sentences: [String] = []
    try resumed.checkData(of: experiment) { sentences.append($0) }
    try resumed.checkWeights(
      of: snapshot.timeline.branch, step: snapshot.step, found: snapshot.fingerprint
    ) { sentences.append($0) }
    return sentences
  }
}
