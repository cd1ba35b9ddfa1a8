import DropoutEngine
import SessionSamples
import Sessions
import Testing

@Suite("What a session says") struct SessionContentTests {
  /// The field and the fault of a session.
  private func fault(
    _ branches: [Branch], at position: TimelinePosition, hidden: String = "6,5"
  ) throws -> (field: String, text: String)? {
    let session = Session(
      program: "0.1.0", settings: try Settings(assignments: [("hidden", hidden)]),
      branches: branches, position: position, data: Fingerprint(), weights: Fingerprint())
    do throws(SavedFileError) {
      _ = try Session(document: session.document, name: "a")
      return nil
    } catch {
      #expect(error.line != nil && error.description.hasPrefix("a: line "))
      return (error.field, error.description)
    }
  }

  private let start = TimelinePosition(branch: 1, step: 0, changes: 0)

  private func branch(
    _ number: Int = 1, _ entries: [(Int, ExperimentChange)] = [], reached: Int = 100,
    parent: Int? = nil, origin: Int = 0
  ) -> Branch {
    Branch(
      number: number, parent: parent, origin: origin, journal: SessionSamples.journal(entries),
      reached: reached)
  }

  @Test("Changes that the parameter table refuses are refused, at the first one")
  func refusedChanges() throws {
    for (name, value) in [
      ("keep", "1.5"), ("keep", "0.5,0.5,0.5"), ("hidden", "4"), ("no-such", "1"),
      ("variant", "bagging"), ("test-pass", "no"), ("batch", "0"), ("data", "moons"),
    ] {
      let found = try fault(
        [
          branch(
            1,
            [(5, SessionSamples.change("l2", "0.1")), (7, SessionSamples.change(name, value))])
        ], at: start)
      #expect(found?.field == "branches[0].changes[1]", "\(name) \(value)")
    }
  }

  @Test("Changes of units that do not exist are refused")
  func refusedUnits() throws {
    for (layer, unit, isFine) in [
      (0, 5, true), (1, 4, true), (0, 6, false), (1, 5, false), (2, 0, false),
    ] {
      let change = ExperimentChange.unit(UnitAddress(layer: layer, unit: unit), .pin)
      let found = try fault([branch(1, [(5, change)])], at: start)
      #expect((found == nil) == isFine)
    }
    #expect(
      try fault(
        [branch(1, [(5, .unit(UnitAddress(layer: 0, unit: 0), .kill))])], at: start,
        hidden: "none")?.text.contains("there are 0") == true)
  }

  @Test("Steps of a journal go forward")
  func order() throws {
    let session = try SessionSamples.session()
    let text = String(decoding: session.document, as: UTF8.self)
      .replacing("{\"step\":120,\"parameter\"", with: "{\"step\":121,\"parameter\"")
    do throws(SavedFileError) {
      _ = try Session(document: Array(text.utf8), name: "a")
      Issue.record("a journal goes back")
    } catch {
      #expect(error.field == "branches[0].changes[2]")
      #expect(error.description.contains("step 120, behind one at step 121"))
    }
  }

  @Test("Branches have numbers of their own, and parents before them")
  func branches() throws {
    #expect(try fault([branch(), branch(1)], at: start)?.field == "branches[1].number")
    #expect(try fault([], at: start)?.field == "branches")
    let text = String(decoding: try SessionSamples.session().document, as: UTF8.self)
    for parent in ["2", "3", "7"] {
      let other = text.replacing("\"parent\": 1", with: "\"parent\": \(parent)")
      #expect(throws: SavedFileError.self) {
        try Session(document: Array(other.utf8), name: "a")
      }
    }
    // A branch whose parent was removed stands by itself.
    #expect(
      try fault([branch(2, parent: 1, origin: 50)], at: .init(branch: 2, step: 0, changes: 0))
        == nil)
    #expect(
      try fault([branch(), branch(2, reached: 40, parent: 1, origin: 41)], at: start)?.field
        == "branches[1].origin")
    #expect(
      try fault([branch(1, [(101, SessionSamples.change("l2", "0"))])], at: start)?.field
        == "branches[0].reached")
  }

  @Test("A position is on a branch, at a step that it reached, between its changes")
  func position() throws {
    let change = SessionSamples.change("l2", "0.1")
    let branches = [branch(1, [(10, change), (10, change), (20, change)])]
    for (step, changes, isFine) in [
      (0, 0, true), (10, 0, true), (10, 1, true), (10, 2, true), (11, 2, true), (20, 3, true),
      (100, 3, true), (0, 1, false), (11, 1, false), (10, 3, false), (100, 2, false),
      (101, 3, false),
    ] {
      let found = try fault(
        branches, at: TimelinePosition(branch: 1, step: step, changes: changes))
      #expect((found == nil) == isFine, "step \(step), \(changes) changes")
      if !isFine { #expect(found?.field == "position") }
    }
    #expect(
      try fault(branches, at: TimelinePosition(branch: 2, step: 0, changes: 0))?.text
        .contains("on branch 2, and there is none") == true)
  }

  @Test("A resumed timeline has the bits of the one that was saved", arguments: Variant.allCases)
  func resumed(variant: Variant) throws {
    let settings = try Settings(assignments: [
      ("variant", variant.rawValue), ("learners", "3"), ("hidden", "6,6"), ("examples", "120"),
      ("learning-rate", "0.02"),
    ])
    let dataset = try BuiltInDataset.circle.generate(settings.experiment)
    let timeline = try SessionSamples.played(settings, dataset: dataset)
    let saved = SessionSamples.session(timeline, settings: settings)
    for session in [
      try Session(document: saved.document, name: "a"), try Session(share: saved.shareText()),
    ] {
      let configuration = session.settings.experiment
      let again = Timeline(
        try LearnerGroup(configuration: configuration, dataset: dataset), from: configuration,
        initial: nil, branches: session.branches, current: session.position.branch)
      #expect(again.travel(to: session.position) == .arrived)
      #expect(again.group.checkpoints == timeline.group.checkpoints)
      #expect(again.group.fingerprint == session.weights)
      #expect(again.travel(to: 100) == .arrived)
      #expect(again.group.fingerprint != session.weights)
    }
  }
}
