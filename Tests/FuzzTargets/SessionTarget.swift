import DropoutEngine
import Explorer
import ExplorerPlay
import Fuzzing
import RepeatableRandom
import SessionSamples
import Sessions
import TerminalCells

extension FuzzTarget {
  /// Saved sessions and autosaves.
  static let sessions = FuzzTarget("sessions", "saved sessions and autosaves") { _ in
    let samples = try SavedSamples.documents() + SavedSamples.logs()
    return FuzzReader(samples: samples, make: { SavedSamples.make(samples, &$0) }) { bytes in
      let input = PartedInput(bytes)
      do {
        let stored = try SessionLogReader(
          name: "a.session", salvaging: input.value("salvage") != nil
        ).read(input.parts[0])
        if let remark = stored.remark { try RefusalLine.check(remark) }
        try SavedSamples.check(stored.session, isUsed: input.value("use") == "go")
        return .accepted
      } catch let error as SavedFileError {
        return .refused(error.description)
      }
    }
  }

  /// Share strings, with checksums that fit or do not.
  static let shares = FuzzTarget("shares", "share strings") { _ in
    let samples = try SavedSamples.shares()
    return FuzzReader(samples: samples, make: { ShareInput.make(samples, &$0) }) { bytes in
      let input = PartedInput(bytes)
      do {
        let session = try Session(share: String(decoding: input.parts[0], as: UTF8.self))
        try SavedSamples.check(session, isUsed: input.value("use") == "go")
        return .accepted
      } catch let error as SavedFileError {
        return .refused(error.description)
      }
    }
  }
}

/// Sessions of small trainings, and what is done with one that was accepted.
enum SavedSamples {
  private static let settings: [[(name: String, value: String)]] = [
    [("examples", "40"), ("hidden", "4"), ("batch", "5")],
    [
      ("examples", "40"), ("hidden", "3,2"), ("variant", "bagging"), ("learners", "2"),
      ("data", "moons"),
    ],
    [
      ("examples", "30"), ("hidden", "3"), ("variant", "inverted"), ("keep", "0.8"),
      ("data", "plane"), ("optimizer", "adam"),
    ],
  ]

  private static func sessions() throws -> [Session] {
    var sessions = [try SessionSamples.session()]
    for assignments in settings {
      let settings = try Settings(assignments: assignments)
      let loaded = try BuiltInExperiments.load(settings.experiment)
      let timeline = try SessionSamples.played(settings, dataset: loaded.dataset)
      sessions.append(SessionSamples.session(timeline, settings: settings, view: ["view": "sums"]))
    }
    return sessions
  }

  static func documents() throws -> [[UInt8]] { try sessions().map(\.document) }

  /// Autosaves: a session, then the lines that lead to another one.
  static func logs() throws -> [[UInt8]] {
    try sessions().map { session in
      let first = SessionSamples.merelyTrained(session)
      return first.logLine + session.logLines(after: first).joined()
    }
  }

  static func shares() throws -> [[UInt8]] {
    try sessions().map { Array(try $0.shareText().utf8) }
  }

  private static let mutator = Mutator(
    words: [
      "dropscopeSession", "program", "folder", "settings", "initial", "branches", "curve", "number",
      "name", "parent", "origin", "changes", "reached", "step", "parameter", "value", "layer",
      "unit", "intervention", "kill", "pin", "release", "position", "branch", "data", "weights",
      "view", "race", "runners", "null", "[]", "{}", "\"\"", "true", "keep", "hidden", "variant",
      "learning-rate", "\\u0000", "\\ud800", "\u{1B}[0m", "4294967295", "circle", "glyphs", "place",
      "initialWeights", "experiment", "drawn", "\n", "}\n{", "0123456789abcdef", "moments",
    ], most: 60_000)

  static func make(_ samples: [[UInt8]], _ random: inout Generator) -> [UInt8] {
    var settings: [(name: String, value: String)] = []
    if random.int(below: 4) == 0 { settings.append(("salvage", "yes")) }
    if random.int(below: 8) == 0 { settings.append(("use", "go")) }
    return PartedInput(settings: settings, parts: [mutator.mutated(samples, &random)]).bytes
  }

  /// The promises about an accepted session: written again it is the same, and a small one can be
  /// gone on with.
  static func check(_ session: Session, isUsed: Bool) throws {
    let again: Session
    do {
      again = try Session(document: session.document, name: "again")
    } catch {
      throw FuzzFault("a session that is written is read", "\(error)")
    }
    try FuzzFault.unless(again == session, "a session that is written is read as the same")
    guard isUsed else { return }
    let experiment = session.settings.experiment
    guard let builtIn = BuiltInDataset(rawValue: experiment.data), experiment.weights == nil,
      builtIn.memoryNeed(experiment, for: .evidence).total < 80 << 20, experiment.examples <= 500,
      experiment.learnerCount <= 4, experiment.hidden.reduce(0, +) <= 40,
      session.branches.allSatisfy({ max($0.reached, $0.origin) <= 400 }),
      session.position.step <= 400
    else { return }
    try goOn(with: session)
  }

  private static func goOn(with session: Session) throws {
    do {
      var loaded = try BuiltInExperiments.load(session.settings.experiment)
      loaded.initial = session.initial
      loaded.course = RunCourse(
        branches: session.branches, curves: session.curves, position: session.position)
      let training = try SteeredTraining(loaded, load: BuiltInExperiments.load)
      var state = ExplorerState(
        snapshot: training.snapshot, size: ScreenSize(columns: 80, rows: 24),
        display: session.settings.display)
      for case .train(let command) in state.look(as: session.view) { training.perform(command) }
      _ = state.update(.snapshotArrived(training.snapshot))
      _ = Screen.draw(state)
    } catch is ConfigurationError {
      return
    } catch is NotFiniteError {
      return
    } catch is ExperimentLoadError {
      return
    }
  }
}
