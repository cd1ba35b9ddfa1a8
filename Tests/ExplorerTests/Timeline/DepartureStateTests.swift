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
    let departure = try #require(person.state.snapshot.breakdown?.departure)
    #expect(person.state.snapshot.step == departure.goodStep)
    #expect(!person.state.isRunning && person.state.snapshot.notFinite == nil)
    let screen = Screen.draw(person.state).plainRows.joined(separator: "\n")
    #expect(screen.contains("stopped at the last good step"))
    #expect(screen.contains("at step \(departure.goodStep)"))
    #expect(screen.contains("unit \((departure.course.growth?.unit ?? -1) + 1)"))
    // Undo goes back before what broke it, and there is nothing to be said there.
    person.press("u")
    #expect(person.state.snapshot.breakdown == nil)
    #expect(person.state.snapshot.configuration.learningRate.values[0] < 1)
  }

  @Test("Space goes on in spite of it, with the bits of a straight run")
  func goingOn() throws {
    var person = try broken()
    person.press(" ")
    #expect(person.state.snapshot.breakdown == nil && person.state.isRunning)
    person.train(1000)
    #expect(person.state.snapshot.breakdown == nil)
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
    let departure = try #require(person.state.snapshot.breakdown?.departure)
    person.press(" ")
    person.train(1000)
    person.go("before")
    #expect(person.state.snapshot.step == departure.goodStep)
    person.press(" ")
    person.train(1000)
    #expect(person.state.snapshot.breakdown == .leftRange(departure))
    person.go("first NaN")
    #expect(person.state.snapshot.step == departure.goodStep)
    person.type("learning-rate 0.01")
    person.train(1000)
    #expect(
      person.state.snapshot.breakdown == nil && person.state.snapshot.timeline.branches.count == 2)
  }

  @Test("Before a value that is not finite it stands at the last good step too, and says which")
  func notFinite() throws {
    var person = try Person(
      [("data", "plane"), ("learning-rate", "2"), ("variant", "none")], columns: 80, rows: 24)
    person.training.stopsOutOfRange = true
    person.train(100)
    guard case .notFinite(let error) = person.state.snapshot.breakdown else {
      Issue.record("\(String(describing: person.state.snapshot.breakdown))")
      return
    }
    #expect(person.state.snapshot.step == error.calmStep && error.calmStep < error.step)
    #expect(person.state.snapshot.notFinite == nil && !person.state.isRunning)
    let screen = Screen.draw(person.state).plainRows.joined(separator: " ").split(separator: " ")
      .joined(separator: " ")
    #expect(screen.contains("topped at the last good step, \(error.calmStep)"))
    #expect(screen.contains(error.place), "\(screen)")
    // Who goes on sees the very step; one step back leads to the last good one again.
    person.press(" ")
    person.train(100)
    #expect(person.state.snapshot.step == error.step && person.state.snapshot.notFinite == error)
    person.press(",")
    #expect(person.state.snapshot.step == error.calmStep)
    person.go("\(error.step - 1)")
    person.go("first NaN")
    #expect(person.state.snapshot.step == error.calmStep)
    #expect(person.state.message.hasPrefix("the last good step: \(error.place)"))
    // A journey that meets it ends there as well.
    person.go("5000")
    #expect(person.state.snapshot.step == error.calmStep)
    #expect(person.state.snapshot.breakdown == .notFinite(error))
  }

  @Test("A broken step that is only to be drawn stops training at the last good one as well")
  func drawn() throws {
    var person = try Person([("data", "plane"), ("learning-rate", "2"), ("variant", "none")])
    person.training.stopsOutOfRange = true
    person.press(" ")
    // One step for each frame, as at a low speed.
    var frames = 0
    while person.training.snapshot.isRunning, frames < 100 {
      person.training.advance(steps: 1)
      person.training.showNextStep()
      frames += 1
    }
    guard case .notFinite(let error) = person.training.snapshot.breakdown else {
      Issue.record("\(String(describing: person.training.snapshot.notFinite))")
      return
    }
    #expect(person.training.group.step == error.calmStep && error.calmStep < error.step)
    #expect(person.training.snapshot.step == error.calmStep)
    #expect(person.training.snapshot.notFinite == nil)
  }

  @Test("On a small screen a badly scaled table leaves room for the unit and the cure")
  func scale() throws {
    var person = try Person([("data", "plane"), ("learning-rate", "2"), ("variant", "none")])
    person.training.stopsOutOfRange = true
    person.train(100)
    var snapshot = person.training.snapshot
    guard case .notFinite(var error) = snapshot.breakdown else {
      Issue.record("\(String(describing: snapshot.breakdown))")
      return
    }
    error.cause = .targets(largest: 435_960)
    snapshot.breakdown = .notFinite(error)
    _ = person.state.update(.snapshotArrived(snapshot))
    let rows = Screen.draw(person.state).plainRows[1...3].map { $0.split(separator: " ") }
    let words = rows.flatMap(\.self).joined(separator: " ")
    #expect(words.contains("\(error.place) is \(error.valueText)"), "\(words)")
    #expect(words.contains(": normalize-target standard starts anew with scaled ones"), "\(words)")
  }

  @Test("On a small screen the loss that left its range names the quantity that grew")
  func quantity() throws {
    var person = try broken()
    _ = person.state.update(.resized(ScreenSize(columns: 80, rows: 24)))
    let growth = try #require(person.state.snapshot.breakdown?.departure?.course.growth)
    let rows = Screen.draw(person.state).plainRows[1...2].map { $0.split(separator: " ") }
    #expect(
      rows.flatMap(\.self).joined(separator: " ").contains("the weights into \(growth.place)"))
  }

  @Test("A picture shows the step that it was asked for")
  func picture() throws {
    let person = try Person(
      [
        ("data", "spiral"), ("activation", "tanh"), ("examples", "120"), ("hidden", "8,8"),
        ("learning-rate", "300"),
      ], steps: 1000)
    #expect(person.state.snapshot.step == 1000 && person.state.snapshot.breakdown == nil)
  }
}
