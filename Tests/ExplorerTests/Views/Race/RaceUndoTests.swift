import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("Undo in the race") struct RaceUndoTests {
  private func race() throws -> RaceTraining {
    let settings = try Settings(assignments: [("examples", "120"), ("hidden", "6")])
    let person = try SteeredTraining(Person.load(settings.experiment), load: Person.load)
    let race = RaceTraining(on: person.snapshot)
    var other = settings.experiment
    other.learningRate = PerLayer(0.01)
    race.perform(
      .start(
        RaceStart(
          RaceIdentity(experiment: person.snapshot.experiment, number: 1),
          entries: [
            RaceEntry(name: "a", configuration: settings.experiment),
            RaceEntry(name: "b", configuration: other),
          ])))
    return race
  }

  private func change(_ race: RaceTraining, _ name: String, _ values: [Int: String]) throws {
    let identity = try #require(race.snapshot.identity)
    race.perform(
      .change(
        name: name,
        values: values.sorted { $0.key < $1.key }.map { RaceChange(lane: $0.key, value: $0.value) },
        of: identity))
  }

  @Test("goes back before the last change of all runners, and trains on without it")
  func undo() throws {
    let race = try race()
    race.advance(steps: 50)
    try change(race, "l2", [0: "0.1", 1: "0.1"])
    race.advance(steps: 50)
    race.measure()
    let with = race.snapshot.lanes.map(\.weightNorm)
    race.perform(.travel(.undo))
    #expect(race.snapshot.step == 50 && !race.snapshot.isRunning)
    #expect(race.snapshot.lanes.allSatisfy { $0.configuration.l2.values[0] == 0 })
    race.perform(.travel(.redo))
    #expect(race.snapshot.lanes.allSatisfy { $0.configuration.l2.values[0] == 0.1 })
    race.advance(steps: 50)
    race.measure()
    #expect(race.snapshot.lanes.map(\.weightNorm) == with)
    race.perform(.travel(.undo))
    race.advance(steps: 50)
    race.measure()
    let straight = try self.race()
    straight.advance(steps: 100)
    straight.measure()
    #expect(race.snapshot.lanes.map(\.weightNorm) == straight.snapshot.lanes.map(\.weightNorm))
    #expect(with != straight.snapshot.lanes.map(\.weightNorm))
  }

  @Test("takes changes back one by one, also several before one step and of one runner")
  func several() throws {
    let race = try race()
    race.perform(.travel(.undo))
    #expect(race.snapshot.notice?.text.contains("nothing to undo") == true)
    race.advance(steps: 10)
    try change(race, "l2", [0: "0.1"])
    try change(race, "l2", [0: "0.2", 1: "0.2"])
    race.advance(steps: 10)
    func l2() -> [Double] { race.snapshot.lanes.map { $0.configuration.l2.values[0] } }
    race.perform(.travel(.undo))
    #expect(l2() == [0.1, 0])
    race.perform(.travel(.undo))
    #expect(l2() == [0, 0] && race.snapshot.step == 10)
    race.perform(.travel(.undo))
    #expect(race.snapshot.notice?.text.contains("nothing to undo") == true)
    race.perform(.travel(.redo))
    race.perform(.travel(.redo))
    #expect(l2() == [0.2, 0.2])
    race.perform(.travel(.redo))
    #expect(race.snapshot.notice?.text.contains("nothing to do again") == true)
    race.advance(steps: 10)
    race.measure()
    #expect(l2() == [0.2, 0.2] && race.snapshot.step == 20)
  }

  /// Trains on by some steps and measures after each ten.
  private func train(_ race: RaceTraining, _ steps: Int) {
    for _ in 0..<(steps / 10) {
      race.advance(steps: 10)
      race.measure()
    }
  }

  @Test("A change in the past begins the runner's curve again there; the others keep theirs")
  func curves() throws {
    let race = try race()
    train(race, 100)
    let first = race.snapshot.lanes.map(\.points)
    race.perform(.travel(.step(40)))
    race.measure()
    #expect(race.snapshot.lanes.map(\.points) == first)
    try change(race, "l2", [0: "0.1"])
    let left = Array(first[0].prefix { $0.step <= 40 })
    #expect(race.snapshot.lanes.map(\.points) == [left, first[1]])
    train(race, 60)
    let straight = try self.race()
    train(straight, 40)
    try change(straight, "l2", [0: "0.1"])
    train(straight, 60)
    let other = straight.snapshot.lanes.map(\.points)
    #expect(race.snapshot.lanes.map(\.points) == other && other[0] != first[0])
    // Undone, the curve ahead stays until training goes on without the change.
    race.perform(.travel(.undo))
    #expect(race.snapshot.step == 40 && race.snapshot.lanes.map(\.points) == other)
    train(race, 60)
    #expect(race.snapshot.lanes.map(\.points) == first)
  }

  @Test("In the past each runner has the masked loss that it had there, and none at the start")
  func maskedLoss() throws {
    let race = try race()
    train(race, 40)
    let then = race.snapshot.lanes.map(\.minibatchLoss)
    train(race, 60)
    #expect(race.snapshot.lanes.map(\.minibatchLoss) != then)
    for (step, losses) in [(40, then), (0, [.nan, .nan])] {
      race.perform(.travel(.step(step)))
      race.measure()
      for (now, before) in zip(race.snapshot.lanes.map(\.minibatchLoss), losses) {
        let isSame = now == before || now.isNaN && before.isNaN
        #expect(isSame, "step \(step): \(now)")
      }
    }
  }
}
