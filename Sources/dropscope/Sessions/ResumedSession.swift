import DropoutEngine
import Sessions

/// A session that is gone on from.
struct ResumedSession: Sendable {
  let session: Session
  /// Its name, for messages.
  let title: String
  /// The option that names it.
  let words: [(name: String, value: String)]
  /// The parts of the file that had to be left out, in words; nil where there are none.
  let remark: String?
  /// Whether it is gone on where data or weights are others.
  let goesOnAnyway: Bool

  /// The parameters that name files, whose place may have changed.
  private static let places: Set = ["data", "labels", "test-data", "test-labels", "weights"]

  /// The settings of the session, with the length and the display that are asked for, and files
  /// where they are now.
  ///
  /// - Throws: wrong usage where an option contradicts the session.
  func settings(
    _ assignments: [(name: String, value: String)], run: [(name: String, value: String)],
    display: [(name: String, value: String)], keepsRun: Bool = false
  ) throws(CommandFailure) -> Settings {
    var settings = session.settings
    if !keepsRun {
      settings.run = RunSettings()
      settings.run.steps = 0
      let names = Set(run.map(\.name))
      if names.contains("epochs"), !names.contains("steps") { settings.run.steps = nil }
    }
    for (name, value) in assignments {
      let before = ParameterTable.definition(named: name)?.get(settings) ?? ""
      let isPlace =
        ResumedSession.places.contains(name) && !["auto", "none"].contains(before)
        && session.settings.experiment.source == .files
      guard isPlace || (name == "weights" && before != "none") else {
        throw .usage(
          "--\(name) is decided by \(title), which began with --\(name) "
            + "\(ForeignText.shown(before)): leave it out, or change it in the explorer, from "
            + "there on")
      }
      try set(name, value, &settings)
    }
    if settings.experiment.source != session.settings.experiment.source {
      throw .usage(
        "--data \(ForeignText.path(settings.experiment.data)) is no file, and \(title) has its "
          + "data from \(ForeignText.path(session.settings.experiment.data)): name that file")
    }
    for (name, value) in run + display { try set(name, value, &settings) }
    resolvePaths(&settings.experiment, given: Set(assignments.map(\.name)))
    return settings
  }

  private func set(
    _ name: String, _ value: String, _ settings: inout Settings
  ) throws(CommandFailure) {
    do {
      try settings.set(name, to: value)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Relative paths are meant from the folder of the session, where that still has the file.
  private func resolvePaths(_ configuration: inout ExperimentConfiguration, given: Set<String>) {
    guard let folder = session.folder else { return }
    func resolved(_ name: String, _ path: String) -> String {
      let there = "\(folder)/\(path)"
      return given.contains(name) || path.hasPrefix("/") || !ThisProcess.hasFile(there)
        || ThisProcess.isSameFile(there, path) ? path : there
    }
    if configuration.source == .files { configuration.data = resolved("data", configuration.data) }
    configuration.labels = configuration.labels.map { resolved("labels", $0) }
    configuration.testData = configuration.testData.map { resolved("test-data", $0) }
    configuration.testLabels = configuration.testLabels.map { resolved("test-labels", $0) }
    configuration.weights = configuration.weights.map { resolved("weights", $0) }
  }

  /// A failure with the reason why this file was looked for, where a file of a session is missing.
  func explained(_ failure: CommandFailure) -> CommandFailure {
    guard case .noInput(let text) = failure, session.settings.experiment.source == .files else {
      return failure
    }
    let place = session.folder.map { ", as seen from \(ForeignText.path($0))" } ?? ""
    return .noInput(
      "\(text); \(title) names this file\(place): --data FILE (--labels, --test-data, --weights) "
        + "says where it is now")
  }

  /// Checks that every change of the session fits into memory, before its steps are taken again.
  ///
  /// - Throws: a failure with the memory that is needed.
  func checkMemory(
    of experiment: Experiment, for purpose: MemoryNeed.Purpose
  ) throws(CommandFailure) {
    do throws(ConfigurationError) {
      for branch in session.branches {
        var configuration = experiment.settings.experiment
        for case .parameter(let name, let value) in branch.journal.entries.map(\.change) {
          configuration = try configuration.changing(name, to: value)
          try MemoryNeed(of: configuration, dataset: experiment.dataset, for: purpose)
            .check(against: experiment.allowedMemory)
        }
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Checks that the session was made with these data.
  ///
  /// - Throws: bad data where they are not; where it is gone on anyway, it only says so.
  func checkData(
    of experiment: Experiment, saying: (String) -> Void = StandardError.writeLine
  ) throws(CommandFailure) {
    if let remark { saying("\(title): \(remark)") }
    let found = experiment.dataset.fingerprint
    guard found != session.data else { return }
    try differ(
      "the data of \(ForeignText.path(experiment.settings.experiment.data)) are not those of the "
        + "session: their fingerprint is \(found), and was \(session.data) when it was saved",
      remedy: experiment.settings.experiment.source == .files
        ? "name the file that it was made with (--data)" : otherVersion, saying: saying)
  }

  /// Checks that the session has the same weights, and says so.
  ///
  /// - Throws: bad data where they are not; where it is gone on anyway, it only says so.
  func checkWeights(of timeline: Timeline) throws(CommandFailure) {
    try checkWeights(
      of: timeline.branch, step: timeline.group.step, found: timeline.group.fingerprint,
      data: timeline.group.dataset.fingerprint)
  }

  /// Checks that the session has the same weights at a step of a branch, and says so.
  ///
  /// - Throws: bad data where they are not; where it is gone on anyway, it only says so.
  func checkWeights(
    of branch: Branch, step: Int, found: Fingerprint, data: Fingerprint,
    saying: (String) -> Void = StandardError.writeLine
  ) throws(CommandFailure) {
    let place =
      "\(branch.title == "branch \(branch.number)" ? "" : "branch ")"
      + "\(ForeignText.shown(branch.title)), step \(Grouped.text(step))"
    guard found != session.weights else {
      let version =
        session.program == Dropscope.version
        ? ""
        : " by dropscope \(ForeignText.shown(session.program)); this is \(Dropscope.version)"
      saying("\(title): \(place): the same weights as when it was saved\(version)")
      return
    }
    try differ(
      "\(place): the weights are not those of the session: their fingerprint is \(found), and was "
        + "\(session.weights) when it was saved",
      remedy: data != session.data
        ? "its data are others"
        : session.settings.experiment.weights == nil
          ? otherVersion : "name the weights that it began with (--weights), or \(otherVersion)",
      saying: saying)
  }

  private var otherVersion: String {
    session.program == Dropscope.version
      ? "it was saved by this version, dropscope \(session.program), so the file was changed"
      : "it was saved by dropscope \(ForeignText.shown(session.program)), and this is "
        + "\(Dropscope.version)"
  }

  private func differ(
    _ difference: String, remedy: String, saying: (String) -> Void
  ) throws(CommandFailure) {
    let text = "\(title): \(difference); \(remedy)"
    guard goesOnAnyway else {
      throw .badData("\(text); or go on with what there is (--resume-anyway)")
    }
    saying("\(text); it is gone on anyway")
  }
}

/// Whole numbers with commas between thousands.
enum Grouped {
  static func text(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.map { index in
      (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
    }.joined()
  }
}
