import DropoutEngine
import Explorer
import Sessions

/// The start of an explorer: settings, and the session that it goes on with, if any.
struct StartingPoint: Sendable {
  let settings: Settings
  let resumed: ResumedSession?

  /// Reads the session that options name, if any.
  ///
  /// - Parameters:
  ///   - assignments: the options of the experiment.
  ///   - run: the options of its length.
  ///   - display: the options of the screen.
  ///   - sessions: the options that name a session.
  ///   - keepsRun: whether the length of the session holds where the options name none.
  /// - Throws: a failure where the session cannot be read, or options contradict it or each other.
  init(
    _ assignments: [(name: String, value: String)], run: [(name: String, value: String)],
    display: [(name: String, value: String)], _ sessions: ResumeOptions, keepsRun: Bool = false
  ) throws(CommandFailure) {
    resumed = try sessions.session()
    if let resumed {
      settings = try resumed.settings(assignments, run: run, display: display, keepsRun: keepsRun)
    } else {
      settings = try Experiment.settings(assignments + run + display)
    }
  }

  /// The start below a lesson that is printed or drawn: it has an experiment of its own.
  ///
  /// - Parameters:
  ///   - given: the options of the experiment and its length, which a lesson has none of.
  ///   - display: the options of the screen.
  ///   - sessions: the options that name a session.
  /// - Throws: a fault of usage where there are options that the lesson does not follow.
  init(
    ofLesson given: [(name: String, value: String)], display: [(name: String, value: String)],
    _ sessions: ResumeOptions
  ) throws(CommandFailure) {
    if let option = given.first {
      throw .usage("a lesson sets up its own experiment: leave out --\(option.name)")
    }
    guard !sessions.isGiven else {
      throw .usage("a lesson sets up its own experiment: leave out the session")
    }
    try self.init([], run: [("steps", "0")], display: display, sessions)
  }

  /// Reads the data and the weights; `saying` is called before each task that takes time.
  func load(saying: (String) -> Void) throws(CommandFailure) -> Experiment {
    let experiment: Experiment
    do {
      experiment = try Experiment(
        settings, initial: resumed?.session.initial, for: .evidence, saying: saying)
    } catch {
      throw resumed?.explained(error) ?? error
    }
    try resumed?.checkData(of: experiment) { _ in }
    try resumed?.checkMemory(of: experiment, for: .evidence)
    return experiment
  }

  /// The experiment in the explorer's form, at the place of the session.
  func loaded(_ experiment: Experiment) -> LoadedExperiment {
    var loaded = experiment.loaded
    loaded.course = resumed.map {
      RunCourse(
        branches: $0.session.branches, curves: $0.session.curves, position: $0.session.position)
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
      of: snapshot.timeline.branch, step: snapshot.step, found: snapshot.fingerprint,
      data: experiment.dataset.fingerprint
    ) { sentences.append($0) }
    return sentences
  }
}
