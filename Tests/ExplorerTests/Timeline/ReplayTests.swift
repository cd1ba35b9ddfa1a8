import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing
import Threads

/// Messages while a run is replayed to where it stood.
@Suite("A run that is gone on with") struct ReplayTests {
  @Test("says how far it is, on the way to where it stood")
  func progress() throws {
    var person = try Person([("examples", "60"), ("hidden", "4")], steps: 900)
    person.press("s")
    person.training.train(to: 1_000, points: 3)
    person.perform([])
    let session = person.state.session(folder: nil)
    var loaded = try Person.load(session.settings.experiment)
    loaded.course = RunCourse(
      branches: session.branches, curves: session.curves, position: session.position)
    let told = Guarded<[TimelineProgress]>([])
    let training = try SteeredTraining(
      loaded, replaying: { progress in told.withLock { $0.append(progress) } }, load: Person.load)
    let places = told.withLock { $0 }
    #expect(places.allSatisfy { $0.goal == 1_000 })
    #expect(places.map(\.step) == places.map(\.step).sorted())
    #expect(places.count > 10 && places.last?.step == 1_000)
    #expect(training.group.fingerprint == person.training.group.fingerprint)
  }

  @Test("lists a branch whose parent was removed as one that left it, not as the first one")
  func removedParent() throws {
    var person = try Person(
      [("examples", "60"), ("hidden", "4")], steps: 40, columns: 120, rows: 40)
    for step in ["20", "10"] {
      person.press("g")
      for scalar in step.unicodeScalars { person.press(.character(scalar)) }
      person.press(.enter, "s")
    }
    let parents = person.state.snapshot.timeline.branches.map(\.parent)
    #expect(parents == [nil, 1, 2])
    person.press("b", "k", "x", "x")
    #expect(person.state.snapshot.timeline.branches.map(\.number) == [1, 3])
    func rows(_ person: Person) -> [String] {
      Screen.draw(person.state).plainRows.filter {
        $0.contains("branch 1") || $0.contains("branch 3")
      }
    }
    #expect(rows(person).contains { $0.contains("left a removed one at step 10") })
    let session = person.state.session(folder: nil)
    var other = try Person.resumed(
      try Session(document: session.document, name: "test"), columns: 120, rows: 40)
    other.press("b")
    #expect(rows(other).contains { $0.contains("branch 3") && $0.contains("left a removed one") })
    #expect(rows(other).contains { $0.contains("branch 1") && $0.contains("the first one") })
  }
}
