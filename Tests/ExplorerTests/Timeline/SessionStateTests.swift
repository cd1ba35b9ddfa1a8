import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing

@Suite("What is saved of an explorer") struct SessionStateTests {
  @Test(
    "It goes on to the same weights, the same branches and the same screen",
    arguments: [[], [("variant", "bagging"), ("learners", "3")]])
  func roundTrip(_ more: [(name: String, value: String)]) throws {
    var person = try Person([("examples", "200"), ("optimizer", "adam")] + more, steps: 90)
    person.type("l2 0.01")
    person.train(40)
    person.go("60")
    person.type("learning-rate 0.02")
    person.train(100)
    person.go("110")
    person.press("b", "n", "x", .enter, .escape, "e", "o", "l")
    if !more.isEmpty { person.press("L", "L") }
    person.training.measure()
    person.perform([])
    let session = person.state.session(folder: nil)
    let read = try Session(document: session.document, name: "test")
    #expect(read == session)
    let other = try Person.resumed(read)
    #expect(other.training.group.fingerprint == person.training.group.fingerprint)
    #expect(other.state.snapshot.timeline.branches == person.state.snapshot.timeline.branches)
    #expect(other.state.snapshot.timeline.position == person.state.snapshot.timeline.position)
    #expect(other.state.selection == person.state.selection)
    #expect(other.state.snapshot.learner == person.state.snapshot.learner)
    #expect(
      other.state.snapshot.watched.value.row == person.state.snapshot.watched.value.row)
    #expect(
      other.state.snapshot.watched.value.evidence == person.state.snapshot.watched.value.evidence)
    #expect(other.state.logAxis)
    // The curves are measured again on the way, at the same moments.
    let (before, after) = (person.state.snapshot.measured, other.state.snapshot.measured)
    #expect("\(after.curves)" == "\(before.curves)")
    #expect("\(after.otherCurves)" == "\(before.otherCurves)")
    #expect(
      Screen.draw(other.state).plainRows.dropLast()
        == Screen.draw(person.state).plainRows.dropLast())
    #expect(other.state.session(folder: nil) == session)
  }

  @Test("The views come back as they were looked at: panel, zoom, output and phase")
  func looks() throws {
    var person = try Person([("examples", "200")], steps: 40)
    for keys: [Key] in [["2", .tab, "z"], ["4", .down, .tab], ["5", "n", "n", .tab, .tab]] {
      person.press(keys)
      let values = person.state.viewValues
      let other = try Person.resumed(person.state.session(folder: nil))
      #expect(other.state.viewValues == values)
      #expect(other.state.view == person.state.view && other.state.focus == person.state.focus)
      #expect(other.state.zoomed == person.state.zoomed && other.state.phase == person.state.phase)
      #expect(other.state.chosenOutput == person.state.chosenOutput)
    }
    // All that has to be measured for it is asked for at once.
    var fresh = try Person([("examples", "200")], steps: 40)
    let effects = fresh.state.look(as: person.state.viewValues)
    #expect(
      effects.contains { if case .train(.look) = $0 { true } else { false } }
        && fresh.state.update(.told("here")).isEmpty)
    // A panel of another view, and what is not there, are left alone.
    let values = person.state.viewValues.merging(
      ["zoomed": .text("race curves"), "phase": .number(99), "chosen output": .number(9)]
    ) { $1 }
    _ = person.state.look(as: values)
    #expect(person.state.zoomed == nil && person.state.phase == nil)
    #expect(person.state.chosenOutput == nil)
  }

  @Test("Where an experiment starts anew, it says that the run before is kept, if it is")
  func startingAnew() throws {
    func message(savesItself: Bool, _ keys: Key..., failure: String? = nil) throws -> String {
      var person = try Person([("examples", "200")], steps: 20)
      person.state.savesItself = savesItself
      if let failure { _ = person.state.update(.autosaved(failure: failure)) }
      person.press(keys)
      person.press("r")
      return person.state.message
    }
    #expect(try message(savesItself: true, "]").contains("the run before is kept"))
    #expect(try message(savesItself: true) == "")
    #expect(try message(savesItself: false, "]") == "")
    #expect(try message(savesItself: true, "]", failure: "no space") == "")
  }

  @Test("The second form of a run under the exact map is saved with its own weights and rates")
  func mapped() throws {
    var person = try Person([("examples", "200")], steps: 0)
    let race = RaceTraining(on: person.state.snapshot)
    let identity = RaceIdentity(experiment: .first, number: 1)
    race.perform(
      .start(
        RaceStart(identity, entries: RacePreset.twins.entries(for: person.state.configuration))))
    race.train(to: 50, points: 2)
    let handover = try #require(race.handover(of: 1, in: identity))
    person.perform(person.state.adopt(handover))
    person.train(20)
    let session = person.state.session(folder: nil)
    #expect(session.initial != nil)
    let other = try Person.resumed(try Session(document: session.document, name: "test"))
    #expect(other.training.group.fingerprint == person.training.group.fingerprint)
  }

  @Test("Where nothing can be saved by itself, the title says so as long as it lasts")
  func notSaved() throws {
    var person = try Person(steps: 3)
    _ = person.state.update(.autosaved(failure: "no space left: /there"))
    #expect(person.state.message == "not saved by itself: no space left: /there")
    person.press("o")
    #expect(Screen.draw(person.state).plainRows[0].contains("NOT SAVED"))
    _ = person.state.update(.autosaved(failure: nil))
    #expect(person.state.message == "saved by itself again")
    #expect(!Screen.draw(person.state).plainRows[0].contains("NOT SAVED"))
  }

  @Test("S asks for a name once, never replaces a file unasked, and keeps the name on a failure")
  func saving() throws {
    var person = try Person(steps: 12)
    person.press("S")
    guard case .saveAs(let form) = person.state.overlay else {
      Issue.record("no name is asked for")
      return
    }
    #expect(form.field.text == "circle-12.session.json")
    #expect(
      person.press(.enter).contains(.save(path: "circle-12.session.json", replacing: false)))
    _ = person.state.update(.saved(.exists(path: "circle-12.session.json")))
    #expect(person.press(.enter).contains(.save(path: "circle-12.session.json", replacing: true)))
    _ = person.state.update(.saved(.exists(path: "circle-12.session.json")))
    // Another name replaces nothing.
    #expect(
      person.press("x", .enter).contains(.save(path: "circle-12.session.jsonx", replacing: false)))
    _ = person.state.update(.saved(.failed(path: "/none/x", reason: "no such folder")))
    guard case .saveAs(let again) = person.state.overlay else {
      Issue.record("the name is lost")
      return
    }
    #expect(again.field.text == "/none/x" && again.error == "no such folder")
    _ = person.press(.escape)
    _ = person.state.update(.saved(.saved(path: "here.json")))
    #expect(person.press("S") == [.save(path: "here.json", replacing: true)])
  }
}
