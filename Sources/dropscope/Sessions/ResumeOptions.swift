import ArgumentParser
import DropoutEngine
import Sessions

/// The options that go on from a session.
struct ResumeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Go on from a saved session or an autosave: with its experiment, its changes and its place, \
      to the same bits. A name without a slash may be one that dropscope sessions lists. --steps \
      and --epochs count from there; their default is 0. The options of the experiment \
      are left out; --data, --labels, --test-data, --test-labels and --weights say where its \
      files are now.
      """,
      valueName: "FILE"),
    completion: .file(extensions: ["json", "jsonl"]))
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Go on from a share string, as --resume does from a file.", valueName: "STRING"))
  var share: String?

  @Flag(
    help: ArgumentHelp(
      "Go on also where the data or the weights are not those of the session, or it is damaged."))
  var resumeAnyway = false

  /// Whether there is a session to go on from.
  var isGiven: Bool { resume != nil || share != nil }

  func validate() throws {
    if resume != nil, share != nil {
      throw ValidationError("--resume and --share both name a session: give one of them.")
    }
    if resumeAnyway, !isGiven {
      throw ValidationError("--resume-anyway goes with --resume FILE or --share STRING.")
    }
  }

  /// Reads the data and the weights that options name, or the session's own.
  ///
  /// - Parameters:
  ///   - assignments: the options of the experiment.
  ///   - run: the options of its length.
  ///   - display: the options of the screen.
  ///   - purpose: what memory is needed for.
  ///   - saying: called before each task that takes time.
  /// - Returns: the experiment, and the session that it goes on with, if any.
  /// - Throws: a failure where they cannot be read, or do not fit each other.
  func load(
    _ assignments: [(name: String, value: String)], run: [(name: String, value: String)] = [],
    display: [(name: String, value: String)] = [], for purpose: MemoryNeed.Purpose = .training,
    saying: (String) -> Void
  ) throws(CommandFailure) -> (experiment: Experiment, resumed: ResumedSession?) {
    guard let session = try session() else {
      return (
        try Experiment(assignments: assignments + run + display, for: purpose, saying: saying), nil
      )
    }
    let settings = try session.settings(assignments, run: run, display: display)
    let experiment: Experiment
    do {
      experiment = try Experiment(
        settings, initial: session.session.initial, for: purpose, saying: saying)
    } catch {
      throw session.explained(error)
    }
    try session.checkData(of: experiment)
    try session.checkMemory(of: experiment, for: purpose)
    return (experiment, session)
  }

  /// The session; nil where the options name none.
  func session() throws(CommandFailure) -> ResumedSession? {
    do throws(SavedFileError) {
      if let share {
        return ResumedSession(
          // A terminal may have broken it into lines.
          session: try Session(share: share.filter { !$0.isWhitespace }), title: "share string",
          words: [("share", share)], remark: nil,
          goesOnAnyway: resumeAnyway)
      }
      guard let resume else { return nil }
      let stored = try SessionFile.read(
        ResumeOptions.path(of: resume, ThisProcess.environment), salvaging: resumeAnyway)
      return ResumedSession(
        session: stored.session, title: "session \(ForeignText.path(resume))",
        words: [("resume", resume)],
        remark: stored.remark, goesOnAnyway: resumeAnyway)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The path of a session: a name without a slash that is no file here may be an autosave.
  static func path(of name: String, _ environment: [String: String]) -> String {
    guard !name.contains("/"), !ThisProcess.hasFile(name),
      let entry = SessionFolder(environment)?.entry(named: name)
    else { return name }
    return entry.path
  }
}

extension CommandFailure {
  /// A session that cannot be used.
  init(_ error: SavedFileError) {
    switch error.problem {
    case .unreadable(_, let isMissing):
      self = isMissing ? .noInput(error.description) : .inputOutput(error.description)
    case .notRegular: self = .inputOutput(error.description)
    case .unwritable, .exists, .isFolder: self = .cannotCreate(error.description)
    default: self = .badData(error.description)
    }
  }
}
