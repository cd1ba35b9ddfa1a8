import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("Where the loss leaves its range") struct DepartureStateTests {
  /// A person whose learning rate is far too high for a classification, which stays finite.
  private func broken() throws -> Person {
    var person = try Person(
      [("data", "spiral"), ("activation", "tanh"), ("examples", "120"), ("hidden", "8,8")],
      steps: 200, columns: 120, rows: 40)
    person.training.stopsOutOfRange = true
    person.type("learning-rate 300")
    person.train(2000)
    return person
  }

  @Test("Training stands at the last good step, and the screen says what led there")
  func stop() throws {
    var person = try broken()
    let departure = try #require(person.state.snapshot.departure)
    #expect(person.state.snapshot.step == departure.goodStep)
    #expect(!person.state.isRunning && person.state.snapshot.notFinite == nil)
    let screen = Screen.draw(person.state).plainRows.joined(separator: "\n")
    #expect(screen.contains("stopped at the last good step"))
    #expect(screen.contains("at step \(departure.goodStep)"))
    #expect(screen.contains("unit \((departure.course.growth?.unit ?? -1) + 1)"))
    // Undo goes back before what broke it, and there is nothing to be said there.
    person.press("u")
    #expect(person.state.snapshot.departure == nil)
    #expect(person.state.snapshot.configuration.learningRate.values[0] < 1)
  }

  @Test("Space goes on in spite of it, with the bits of a straight run")
  func goingOn() throws {
    var person = try broken()
    person.press(" ")
    #expect(person.state.snapshot.departure == nil && person.state.isRunning)
    person.train(1000)
    #expect(person.state.snapshot.departure == nil)
    let straight = try Person(
      [("data", "spiral"), ("activation", "tanh"), ("examples", "120"), ("hidden", "8,8")],
      steps: 200)
    var other = straight
    other.type("learning-rate 300")
    other.train(person.state.snapshot.step - 200)
    #expect(person.training.group.checkpoints == other.training.group.checkpoints)
  }

  @Test("It is stopped again where one goes back and trains on, and after a change")
  func again() throws {
    var person = try broken()
    let departure = try #require(person.state.snapshot.departure)
    person.press(" ")
    person.train(1000)
    person.go("before")
    #expect(person.state.snapshot.step == departure.goodStep)
    person.press(" ")
    person.train(1000)
    #expect(person.state.snapshot.departure == departure)
    person.go("first NaN")
    #expect(person.state.snapshot.step == departure.goodStep)
    person.type("learning-rate 0.01")
    person.train(1000)
    #expect(
      person.state.snapshot.departure == nil && person.state.snapshot.timeline.branches.count == 2)
  }

  @Test("A picture shows the step that it was asked for")
  func picture() throws {
    let person = try Person(
      [
        ("data", "spiral"), ("activation", "tanh"), ("examples", "120"), ("hidden", "8,8"),
        ("learning-rate", "300"),
      ], steps: 1000)
    #expect(person.state.snapshot.step == 1000 && person.state.snapshot.departure == nil)
  }
}
