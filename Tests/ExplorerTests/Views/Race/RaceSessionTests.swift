import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing

/// A race is part of the session: what was changed in it comes back, bit for bit.
@Suite("Races in sessions") struct RaceSessionTests {
  /// A person at an explorer and the race that it asked for.
  private struct Racer {
    var person: Person
    var race: RaceTraining

    init(_ person: Person, _ effects: [Effect]) {
      (self.person, race) = (person, RaceTraining(on: person.state.snapshot))
      perform(effects)
    }

    mutating func perform(_ effects: [Effect]) {
      for case .race(let command) in effects { race.perform(command) }
      race.measure()
      _ = person.state.update(.raceArrived(race.snapshot))
    }

    mutating func press(_ keys: Key...) {
      for key in keys { perform(person.press(key)) }
    }

    mutating func train(_ steps: Int) {
      race.advance(steps: steps)
      perform([])
    }

    /// Saves, reads what was saved, and goes on with it in another explorer.
    func resumed() throws -> Racer {
      let session = person.state.session(folder: nil)
      let read = try Session(document: session.document, name: "test")
      #expect(read == session)
      var other = try Person.resumed(read)
      let saved = try #require(read.race)
      let effects = other.state.goOn(with: saved)
      return Racer(other, effects)
    }
  }

  private func changed(_ preset: RacePreset, _ assignments: [(String, String)]) throws -> Racer {
    var person = try Person(assignments, steps: 30)
    let effects = person.press("3")
    var racer = Racer(person, effects)
    if let line = RacePreset.allCases.firstIndex(of: preset), line > 0 {
      racer.press("m")
      for _ in 0..<line { racer.press(.down) }
      racer.press(.enter)
    }
    racer.train(40)
    racer.press("]")
    racer.train(25)
    // All runners, then the second one alone, twice before one step.
    racer.press("a", ")")
    racer.press("a", .down, "]")
    racer.train(25)
    return racer
  }

  private static let experiments: [[(String, String)]] = [
    [("examples", "120"), ("hidden", "6,5")],
    [("examples", "120"), ("hidden", "6"), ("optimizer", "adam"), ("learning-rate", "0.01")],
    [("examples", "120"), ("hidden", "6"), ("optimizer", "momentum"), ("keep-input", "0.8")],
    [("examples", "120"), ("hidden", "6"), ("optimizer", "rmsprop"), ("learning-rate", "0.01")],
  ]

  @Test(
    "A race comes back from a session where it stood, and goes on to the same bits",
    arguments: zip(RacePreset.allCases, experiments))
  func comesBack(_ preset: RacePreset, _ assignments: [(String, String)]) throws {
    var racer = try changed(preset, assignments)
    let course = try #require(racer.race.snapshot.course)
    #expect(course.place.step == 90 && !course.changes.isEmpty)
    var other = try racer.resumed()
    #expect(other.race.snapshot.course == course)
    #expect(other.race.snapshot.notice?.text.contains("the same weights") == true)
    for (lane, before) in zip(other.race.snapshot.lanes, racer.race.snapshot.lanes) {
      #expect(lane.points.count > 40 && lane.points.last == before.points.last)
      for point in before.points {
        let same = lane.points.filter { $0.step == point.step }
        #expect(same.allSatisfy { $0 == point })
      }
    }
    #expect(
      other.person.state.session(folder: nil).race
        == racer.person.state.session(folder: nil).race)
    racer.train(60)
    other.train(60)
    #expect(other.race.snapshot.course == racer.race.snapshot.course)
    #expect(other.race.snapshot.course != course)
  }

  @Test("What was undone in a race is undone after it came back, and can be done again")
  func undone() throws {
    var racer = try changed(.question, RaceSessionTests.experiments[0])
    racer.press("u", "u")
    var other = try racer.resumed()
    #expect(other.race.snapshot.course == racer.race.snapshot.course)
    // Its curves go on ahead of where it stands.
    let step = other.race.snapshot.step
    for (lane, before) in zip(other.race.snapshot.lanes, racer.race.snapshot.lanes) {
      #expect(lane.points.last == before.points.last && lane.points.contains { $0.step > step })
    }
    for key: Key in ["U", "U", "u"] {
      racer.press(key)
      other.press(key)
      #expect(other.race.snapshot.notice?.text == racer.race.snapshot.notice?.text)
      #expect(other.race.snapshot.course == racer.race.snapshot.course)
    }
    racer.train(20)
    other.train(20)
    #expect(other.race.snapshot.course == racer.race.snapshot.course)
  }

  @Test("A change in the past of a race takes the place of those behind it, for its runner")
  func past() throws {
    var racer = try changed(.question, RaceSessionTests.experiments[0])
    racer.perform([.race(.travel(.step(50)))])
    racer.press("[")
    racer.train(60)
    racer.press("u")
    #expect(racer.race.snapshot.step == 65)
    let other = try racer.resumed()
    #expect(other.race.snapshot.course == racer.race.snapshot.course)
  }

  @Test("A race keeps its own network where the experiment began anew with another one")
  func anew() throws {
    var racer = try changed(.question, RaceSessionTests.experiments[0])
    racer.press("1")
    racer.perform(racer.person.type("init-seed 99"))
    let session = racer.person.state.session(folder: nil)
    let runners = try #require(session.race).runners
    #expect(runners.allSatisfy { $0.parameters.contains { $0.name == "init-seed" } })
    let other = try racer.resumed()
    #expect(other.race.snapshot.course?.place == racer.race.snapshot.course?.place)
  }

  @Test("A race in which something was changed makes room for another one in a file of its own")
  func replaced() throws {
    var racer = try changed(.question, RaceSessionTests.experiments[0])
    #expect(racer.person.state.replacedRaces == 0)
    #expect(racer.person.state.session(folder: nil).isMade)
    racer.press("r")
    #expect(racer.person.state.replacedRaces == 1)
    racer.press("r")
    #expect(racer.person.state.replacedRaces == 1)
  }
}
