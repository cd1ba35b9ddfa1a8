import DropoutEngine
import Foundation
import SessionSamples
import Sessions
import Testing

/// Races in documents and in autosaves.
@Suite("Saved races") struct SavedRaceTests {
  private typealias Standing = SavedRace.Place.Standing

  /// Two runners: one that repeats a branch, and the second form of it.
  private func race(
    _ start: SavedRace.Start = .experiment, step: Int = 700
  ) throws -> SavedRace {
    let session = try SessionSamples.session().settings.experiment
    var second = session
    second.adopt(.unscaledL2)
    second.l2 = PerLayer(0.02)
    second.weightRateFactor = PerLayer(values: [2, 1, 0.5])
    let given = SessionSamples.journal([(120, SessionSamples.change("keep", "0.9"))])
    let made = SessionSamples.journal([
      (120, SessionSamples.change("keep", "0.9")), (650, SessionSamples.change("l2", "0.1")),
    ])
    return SavedRace(
      start: start,
      runners: [
        SavedRace.Runner(
          name: "branch \"1\"", isTwin: false, configuration: session, beside: session,
          given: given, journal: made),
        SavedRace.Runner(
          name: "mapped", isTwin: true, configuration: second, beside: session, given: Journal(),
          journal: Journal()),
      ],
      changes: [
        SavedRace.Change(
          name: "l2", step: 650, takers: [SavedRace.Change.Taker(runner: 0, index: 1)])
      ],
      place: SavedRace.Place(
        step: step, reached: 900,
        runners: [Standing(step: step, changes: 2), Standing(step: 12, changes: 0)],
        weights: SessionSamples.fingerprint("race")))
  }

  private func session(_ race: SavedRace?) throws -> Session {
    let session = try SessionSamples.session()
    return Session(
      program: session.program, folder: session.folder, settings: session.settings,
      branches: session.branches, position: session.position, data: session.data,
      weights: session.weights, view: session.view, race: race)
  }

  private func text(_ session: Session) -> String {
    String(decoding: session.document, as: UTF8.self)
  }

  private func read(_ text: String) throws -> Session {
    try Session(document: Array(text.utf8), name: "test")
  }

  @Test("A race is read as it was written; a session without one has no field for it")
  func roundTrip() throws {
    let network = NetworkParameters(layers: [
      LayerParameters(
        weights: Matrix(rows: 1, columns: 2, elements: [0.5, -.leastNonzeroMagnitude]),
        biases: [1])
    ])
    for start: SavedRace.Start in [.experiment, .drawn, .given([network])] {
      let session = try session(race(start))
      #expect(try read(text(session)) == session)
    }
    #expect(!text(try session(nil)).contains("race"))
    let runner = try race().runners[1]
    let configuration = try SessionSamples.session().settings.experiment
    #expect(try runner.configuration(beside: configuration).variant == .unscaledL2)
    #expect(try runner.configuration(beside: configuration).l2 == PerLayer(0.02))
    #expect(
      try runner.configuration(beside: configuration).weightRateFactor
        == PerLayer(values: [2, 1, 0.5]))
  }

  @Test("Where only its place is another one, an autosave gets that alone")
  func lines() throws {
    let (none, first) = (try session(nil), try session(race()))
    let moved = try session(race(step: 800))
    func line(_ old: Session, _ new: Session) throws -> String {
      let lines = new.logLines(after: old).map { String(decoding: $0, as: UTF8.self) }
      try #require(lines.count == 1)
      return lines[0]
    }
    #expect(try line(none, first).hasPrefix("{\"race\":{\"initialWeights\":\"experiment\""))
    #expect(try line(first, moved).hasPrefix("{\"raceAt\":{\"step\":800,"))
    #expect(try line(moved, none) == "{\"race\":null}\n")
    #expect(first.logLines(after: first).isEmpty)
    let whole = [none.logLine] + first.logLines(after: none) + moved.logLines(after: first)
    let stored = try SessionLogReader(name: "test", salvaging: false).read(Array(whole.joined()))
    #expect(stored.session == moved)
    let wrong = [none.logLine] + moved.logLines(after: first)
    #expect(throws: SavedFileError.self) {
      try SessionLogReader(name: "test", salvaging: false).read(Array(wrong.joined()))
    }
  }

  @Test("A change in a race is something that a person made; a race alone is not")
  func isMade() throws {
    let settings = try Settings(assignments: [])
    func session(_ race: SavedRace?) -> Session {
      Session(
        program: "0", settings: settings,
        branches: [Branch(number: 1, journal: Journal(), reached: 0)],
        position: TimelinePosition(branch: 1, step: 0, changes: 0),
        data: Fingerprint(), weights: Fingerprint(), race: race)
    }
    var race = try race()
    #expect(session(race).isMade)
    race.changes = []
    #expect(!session(race).isMade && !session(nil).isMade)
  }

  @Test(
    "A race that cannot be is refused, with the place of the fault",
    arguments: [
      ("\"isTwin\": false", "\"isTwin\": true", "race.runners[0].isTwin"),
      ("\"isTwin\": true", "\"isTwin\": 1", "race.runners[1].isTwin"),
      ("\"l2\":\"0.02\"", "\"l2\":\"-1\"", "race.runners[1].parameters"),
      ("\"l2\":\"0.02\"", "\"data\":\"moons\"", "race.runners[1].parameters"),
      ("\"l2\":\"0.02\"", "\"lambda\":\"1\"", "race.runners[1].parameters"),
      ("[2.0,1.0,0.5]", "[2.0,1.0]", "race.runners[1].weightRateFactor"),
      ("\"initialWeights\": \"experiment\"", "\"initialWeights\": \"none\"", "race.initialWeights"),
      ("\"initialWeights\": \"experiment\"", "\"initialWeights\": 1", "race.initialWeights"),
      (
        "\"reached\": 900,\n      \"runners\"", "\"reached\": 9,\n      \"runners\"",
        "race.place.step"
      ),
      ("\"step\":12,\"changes\":0", "\"step\":12,\"changes\":1", "race.place.runners[1]"),
      ("\"step\":12,\"changes\":0", "\"step\":701,\"changes\":0", "race.place.runners[1]"),
      ("\"runner\":0,\"change\":1", "\"runner\":2,\"change\":1", "race.changes[0]"),
    ])
  func refused(_ found: String, _ put: String, _ field: String) throws {
    let whole = text(try session(race()))
    let race = try #require(whole.firstRange(of: "\"race\""))
    let (head, tail) = (whole[..<race.lowerBound], whole[race.lowerBound...])
    let at = try #require(tail.firstRange(of: found), "\(tail)")
    let damaged = head + tail.replacingCharacters(in: at, with: put)
    let error = try #require(throws: SavedFileError.self) { try read(String(damaged)) }
    #expect(error.field.hasPrefix(field), "\(error)")
  }

  @Test("Each field of a race has to be there, and no other one")
  func fields() throws {
    let whole = text(try session(race()))
    let race = try #require(whole.firstRange(of: "\"race\""))
    let (head, tail) = (String(whole[..<race.lowerBound]), String(whole[race.upperBound...]))
    for name in [
      "initialWeights", "runners", "changes", "place", "name", "isTwin", "parameters", "given",
      "weightRateFactor", "weightEpsilonFactor", "takers", "runner", "change", "reached", "weights",
    ] {
      let at = try #require(tail.firstRange(of: "\"\(name)\""), "\(name)")
      let damaged = head + "\"race\"" + tail.replacingCharacters(in: at, with: "\"no\(name)\"")
      #expect(throws: SavedFileError.self, "\(name)") { try read(damaged) }
    }
  }
}
