import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("Between one experiment and the next") struct FreshStartTests {
  private func question(on state: ExplorerState) -> RaceStart {
    RaceStart(
      RaceIdentity(experiment: state.snapshot.experiment, number: 1),
      entries: RacePreset.question.entries(for: state.configuration))
  }

  @Test("A race that is asked for before its data are there starts once they are, and on them")
  func awaited() throws {
    var person = try Person(steps: 3)
    let asked = person.state.update(.keyPressed("R"))
    #expect(person.state.update(.keyPressed("3")) == [])
    #expect(person.state.message.contains("starts once"))
    #expect(person.state.update(.keyPressed(" ")) == [])
    for case .train(let command) in asked { person.training.perform(command) }
    let effects = person.state.update(.snapshotArrived(person.training.snapshot))
    #expect(person.state.snapshot.experiment.start == 1)
    #expect(
      effects == [.race(.start(question(on: person.state))), .race(.speed(60)), .race(.run(true))])
    let race = RaceTraining(on: person.state.snapshot)
    for case .race(let command) in effects { race.perform(command) }
    _ = person.state.update(.raceArrived(race.snapshot))
    #expect(person.state.race?.lanes.count == 7)
    let handover = try #require(
      race.handover(of: 0, in: question(on: person.state).identity))
    person.perform(person.state.adopt(handover))
    #expect(person.training.group.checkpoints == handover.checkpoints)
  }

  @Test("A race whose data cannot be had does not start: the live view says why")
  func awaitedInVain() throws {
    var person = try Person(steps: 3)
    person.state.overlay = .palette(PaletteState(text: "data nowhere"))
    let asked = person.state.update(.keyPressed(.enter))
    _ = person.state.update(.keyPressed("3"))
    for case .train(let command) in asked { person.training.perform(command) }
    #expect(person.state.update(.snapshotArrived(person.training.snapshot)) == [])
    #expect(person.state.view == .live && person.state.message.contains("nowhere"))
    #expect(person.state.configuration == person.state.snapshot.configuration)
  }

  @Test("A runner of other data is refused with a sentence, and nothing is lost")
  func otherData() throws {
    var person = try Person(steps: 3)
    person.press("3")
    let race = RaceTraining(on: person.state.snapshot)
    let start = question(on: person.state)
    race.perform(.start(start))
    race.train(to: 5, points: 1)
    let handover = try #require(race.handover(of: 0, in: start.identity))
    person.press("1")
    person.type("seed 5")
    let before = person.training.group.checkpoints
    // The screen refuses it, and so does a training that is asked all the same.
    #expect(person.state.adopt(handover) == [])
    person.training.perform(.adopt(handover))
    #expect(person.training.snapshot.notice?.text.contains("other data") == true)
    #expect(person.training.group.checkpoints == before)
    #expect(person.training.snapshot.experiment == person.state.snapshot.experiment)
  }

  @Test("While another experiment is on its way, no runner is taken and no unit is changed")
  func onItsWay() throws {
    var person = try Person(steps: 3)
    person.press("3")
    let race = RaceTraining(on: person.state.snapshot)
    race.perform(.start(question(on: person.state)))
    _ = person.state.update(.raceArrived(race.snapshot))
    person.press("1")
    _ = person.state.update(.keyPressed("R"))
    person.state.overlay = .menu(line: 1)
    #expect(person.state.update(.keyPressed(.enter)) == [])
    #expect(person.state.message.contains("another experiment"))
    _ = person.state.update(.keyPressed("3"))
    #expect(person.state.update(.keyPressed(.enter)) == [])
    #expect(person.state.message.contains("another experiment"))
  }

  @Test("What was meant for the experiment before is not done to the next one")
  func meantForAnother() throws {
    let person = try Person(steps: 3)
    let training = person.training
    training.perform(.startAnew(person.state.configuration))
    let commands: [TrainingCommand] = [
      .change(.parameter(name: "keep", value: "0.9"), of: 0),
      .change(.unit(UnitAddress(layer: 0, unit: 0), .kill), of: 0), .watch(offset: 2, of: 0),
      .look(at: .gradients(), of: 0),
    ]
    for command in commands { training.perform(command) }
    training.measureSubject()
    let snapshot = training.snapshot
    #expect(snapshot.handledCommands == 5 && snapshot.journal.entries.isEmpty)
    #expect(snapshot.interventions.isEmpty && snapshot.watched.value.row == 0)
    #expect(snapshot.close.subject == nil && snapshot.configuration == person.state.configuration)
  }

  @Test("An output that the next data do not have is not looked at any more")
  func fewerOutputs() throws {
    var person = try Person([("data", "glyphs"), ("hidden", "4"), ("examples", "60")], steps: 3)
    person.press("4", "k", "k", "k", "k", "k")
    person.training.measureSubject()
    #expect(person.state.snapshot.shape.outputs > 5)
    person.state.overlay = .palette(PaletteState(text: "data circle"))
    for case .train(let command) in person.state.update(.keyPressed(.enter)) {
      person.training.perform(command)
      person.training.measureSubject()
    }
    #expect(person.training.snapshot.close.subject == nil)
    person.perform([])
    person.training.measureSubject()
    guard let ensemble = person.training.snapshot.close.subject?.value as? WatchedEnsemble else {
      Issue.record("the ensemble of the new data is not measured")
      return
    }
    #expect(ensemble.ensemble.arithmeticMean.count == 2)
  }

  @Test("A runner whose next step is not finite is refused, and the experiment goes on")
  func notFinite() throws {
    let person = try Person([("data", "plane")], steps: 3)
    let race = RaceTraining(on: person.state.snapshot)
    var start = question(on: person.state)
    start.entries[0].configuration.learningRate = PerLayer(1e30)
    start.entries[0].configuration.hidden = [3]
    race.perform(.start(start))
    var steps = 0
    while race.snapshot.lanes[0].notFinite == nil {
      steps += 1
      race.advance(steps: 1)
      race.measure()
    }
    #expect(steps > 0)
    let handover = try #require(race.handover(of: 0, in: start.identity))
    person.training.perform(.adopt(handover))
    #expect(person.training.snapshot.notice?.text.contains("is not taken") == true)
    #expect(
      person.training.snapshot.step == 3 && person.training.snapshot.shape.hidden == [12, 12])
  }

  @Test("The same epochs are another number of steps on other data") func epochs() throws {
    var person = try Person([("examples", "100"), ("batch", "10")])
    person.type("epochs 2")
    person.press(" ")
    person.type("examples 40")
    let examples = person.state.snapshot.dataset.trainingExamples.count
    person.training.advance(steps: 1000)
    #expect(person.training.group.step == (examples + 9) / 10 * 2)
  }

  @Test("A race that cannot start says why") func raceRefused() throws {
    var person = try Person(steps: 3)
    person.press("3")
    var start = question(on: person.state)
    start.entries[2].configuration.loss = .crossEntropy
    let plane = try Person([("data", "plane")])
    let race = RaceTraining(on: plane.state.snapshot)
    race.perform(.start(start))
    #expect(race.snapshot.lanes.isEmpty)
    _ = person.state.update(.raceArrived(race.snapshot))
    #expect(person.state.race == nil && person.state.message.contains("cross-entropy"))
    // On other data than its experiment has it is refused as well.
    person.press("1")
    person.type("seed 5")
    let other = RaceTraining(on: person.state.snapshot)
    other.perform(.start(start))
    #expect(other.snapshot.lanes.isEmpty && other.snapshot.notice != nil)
  }

  @Test(
    "What takes its time to make is named while it is waited for; what does not, never flashes",
    arguments: [
      ("examples 300000", "making 300000 examples"), ("examples 300", nil),
      ("data nowhere.csv", "reading the data"),
    ])
  func named(change: String, says: String?) throws {
    var person = try Person(steps: 3)
    person.state.overlay = .palette(PaletteState(text: change))
    let asked = person.state.update(.keyPressed(.enter))
    #expect(!asked.isEmpty)
    let title = Screen.draw(person.state).plainRows[0]
    #expect(title.contains("step 3") == (says == nil), "\(title)")
    if let says { #expect(title.contains(says), "\(title)") }
  }

  @Test("The learners of a fresh start are counted, on the experiment that is still there")
  func counted() throws {
    var person = try Person(steps: 3)
    let old = person.training.snapshot
    var told: [TrainingSnapshot] = []
    person.training.whilePreparing = { told.append($0) }
    person.state.overlay = .palette(PaletteState(text: "variant bagging"))
    let asked = person.state.update(.keyPressed(.enter))
    for case .train(let command) in asked { person.training.perform(command) }
    #expect(told.map { $0.preparing?.learner } == (1...10).map { $0 })
    for (index, snapshot) in told.enumerated() {
      #expect(snapshot.experiment == old.experiment)
      #expect(snapshot.handledCommands == old.handledCommands)
      _ = person.state.update(.snapshotArrived(snapshot))
      let title = Screen.draw(person.state).plainRows[0]
      #expect(title.contains("preparing learner \(index + 1) of 10"), "\(title)")
    }
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    #expect(person.state.snapshot.preparing == nil)
    #expect(Screen.draw(person.state).plainRows[0].contains("step 0"))
  }
}
