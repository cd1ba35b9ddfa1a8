import DropoutEngine
import Explorer
import Sessions

/// A session that is gone on from.
struct ResumedSession: Sendable {
  let session: Session
  /// Its name, for messages.
  let title: String
  /// What of the file had to be left out; nil where nothing was.
  let remark: String?
  /// Whether it is gone on where data or weights are others.
  let goesOnAnyway: Bool

  /// The meaning of the length that options give.
  enum Length {
    /// Steps and epochs count from the place of the session; without them none is taken.
    case fromThere
    /// They count from step 0, and without them those of the session hold.
    case fromStart
  }

  /// The parameters that name files, whose place may have changed.
  private static let places: Set = ["data", "labels", "test-data", "test-labels", "weights"]

  /// The settings of the session, with the length and the display that are asked for, and files
  /// where they are now.
  ///
  /// - Parameters:
  ///   - assignments: the options of the experiment.
  ///   - run: the options of its length.
  ///   - display: the options of the screen.
  ///   - length: the meaning of the length.
  /// - Returns: the settings.
  /// - Throws: wrong usage where an option contradicts the session.
  func settings(
    _ assignments: [(name: String, value: String)], run: [(name: String, value: String)],
    display: [(name: String, value: String)], length: Length
  ) throws(CommandFailure) -> Settings {
    var settings = session.settings
    if length == .fromThere {
      settings.run = RunSettings()
      let names = Set(run.map(\.name))
      if !names.contains("epochs") { settings.run.steps = 0 }
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

  /// Checks that the data are those of the session.
  ///
  /// - Returns: remarks on what was read, a line each.
  /// - Throws: bad data where they are not, unless it is gone on anyway.
  func checkData(
    _ dataset: Dataset, of settings: Settings
  ) throws(CommandFailure) -> [String] {
    let remarks = remark.map { ["\(title): \($0)"] } ?? []
    let found = dataset.fingerprint
    guard found != session.data else { return remarks }
    return remarks + [
      try difference(
        "the data of \(ForeignText.path(settings.experiment.data)) are not those of the session: "
          + "their fingerprint is \(found), and was \(session.data) when it was saved",
        remedy: settings.experiment.source == .files
          ? "name the file that it was made with (--data)" : otherVersion)
    ]
  }

  /// Checks that the weights at the session's place are those of the session.
  ///
  /// - Returns: a line that says so.
  /// - Throws: bad data where they are not, unless it is gone on anyway.
  func checkWeights(_ found: Fingerprint) throws(CommandFailure) -> String {
    let name = session.branch.name.map { "branch '\(ForeignText.shown($0))'" }
    let place =
      "\(name ?? session.branch.title), step \(Grouped.text(session.position.step))"
    guard found != session.weights else {
      return "\(title): \(place): the same weights as when it was saved"
    }
    return try difference(
      "\(place): the weights are not those of the session: their fingerprint is \(found), and was "
        + "\(session.weights) when it was saved",
      remedy: session.settings.experiment.weights == nil
        ? otherVersion : "name the weights that it began with (--weights), or \(otherVersion)")
  }

  private var otherVersion: String {
    session.program == Dropscope.version
      ? "it was saved by this version, dropscope \(session.program), so the file was changed"
      : "it was saved by dropscope \(ForeignText.shown(session.program)), and this is "
        + "\(Dropscope.version)"
  }

  private func difference(
    _ difference: String, remedy: String
  ) throws(CommandFailure) -> String {
    let text = "\(title): \(difference); \(remedy)"
    guard goesOnAnyway else {
      throw .badData("\(text); or go on with what there is (--resume-anyway)")
    }
    return "\(text); it is gone on anyway"
  }

  /// The session's run, for the explorer.
  var course: RunCourse { RunCourse(branches: session.branches, position: session.position) }
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
