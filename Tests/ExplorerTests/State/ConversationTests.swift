import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("What a person asks for, the training does") struct ConversationTests {
  @Test("Off to classic changes no weight, and the test loss becomes the counterfactual's")
  func offToClassic() throws {
    var person = try Person(steps: 200)
    let before = person.state.snapshot
    let promised = try #require(before.measured.counterfactual.value.evaluations[.timesKeep])
    let parameters = person.training.group.learners[0].parameters
    person.press("s")
    let after = person.state.snapshot
    #expect(after.configuration.dropout.scaling == .classic)
    #expect(after.isCurrent(after.measured.counterfactual))
    #expect(after.ownEvaluation == promised)
    #expect(after.step == 200)
    #expect(person.training.group.learners[0].parameters == parameters)
    // Measured again, it is the same to the last bit.
    person.training.measure()
    #expect(person.training.snapshot.ownEvaluation == promised)
    let own = Measurer(dataset: after.dataset).evaluate(
      person.training.group.learners[0].state, on: .test)
    #expect(own == promised)
  }

  @Test("How a file was read is named at the start and shown by a key, and covers nothing before")
  func notes() throws {
    let made = try BuiltInDataset.moons.generate(ExperimentConfiguration())
    let dataset = Dataset(
      name: "mine.csv", inputNames: made.inputNames, values: made.values, targets: made.targets,
      classNames: made.classNames, outputNames: made.outputNames, image: nil,
      notes: ["cells are separated by semicolons"], trainingExamples: made.trainingExamples,
      testExamples: made.testExamples, normalization: .standard)
    let training = try SteeredTraining(
      LoadedExperiment(
        configuration: ExperimentConfiguration(), dataset: dataset, initial: nil),
      load: Person.load)
    var state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: 80, rows: 24))
    #expect(state.notesHint == "6 n tells how mine.csv was read")
    #expect(state.overlay == .none)
    _ = state.update(.keyPressed("6"))
    _ = state.update(.keyPressed("n"))
    #expect(PlainText.lines(state).contains("cells are separated by semicolons"))
    #expect(state.update(.keyPressed("s")).isEmpty == false)
    #expect(state.overlay == .none)
    // Data without notes have nothing to show.
    var plain = try Person().state
    #expect(plain.notesHint.isEmpty)
    _ = plain.update(.keyPressed("6"))
    _ = plain.update(.keyPressed("n"))
    #expect(plain.overlay == .none)
    #expect(plain.message == "nothing had to be decided to read circle")
  }

  @Test("Pasted text goes into a text field, and is never taken for keys") func pasting() throws {
    var person = try Person(steps: 10)
    _ = person.state.update(.pasted("quit\nq"))
    #expect(person.state.overlay == .none && person.state.message.contains("pasted text"))
    person.press(":")
    _ = person.state.update(.pasted("keep\n0.8\u{1B}[A"))
    guard case .palette(let palette) = person.state.overlay else {
      Issue.record("the palette is closed")
      return
    }
    #expect(palette.field.text == "keep 0.8[A")
    #expect(person.state.snapshot.configuration.keep == PerLayer(0.5))
  }

  @Test("Alt with a key does nothing, and says so; Ctrl-L draws everything again")
  func altAndRedraw() throws {
    var person = try Person(steps: 10)
    let before = person.state.settings
    #expect(person.press(.alt).isEmpty)
    #expect(person.state.message.contains("Alt with a key means nothing here"))
    #expect(person.state.settings == before && person.state.overlay == .none)
    #expect(person.press(.control("l")) == [.redraw])
  }

  @Test("Keys that some keyboards hide have a second form") func secondKeys() throws {
    let keys = KeyMap<KeyCommand>.standard
    for (hidden, plain) in [("[", "d"), ("]", "f"), ("{", "D"), ("}", "F")] as [(Key, Key)] {
      #expect(keys.command(for: hidden) == keys.command(for: plain))
      #expect(keys.command(for: plain) != nil)
    }
  }

  @Test("The evidence that is drawn is that of the step that is taken next, bit for bit")
  func evidence() throws {
    var person = try Person(steps: 40)
    person.press(".", ".", "e")
    let shown = person.state.snapshot.watched.value
    let settings = Settings()
    let trainer = try Trainer(
      configuration: settings.experiment, dataset: person.state.snapshot.dataset)
    try trainer.advance(steps: 42)
    #expect(try trainer.evidence() == shown.evidence)
    #expect(shown.row == 1)
  }

  @Test("The palette sets what takes effect at once, starts anew with the rest, and keeps errors")
  func palette() throws {
    var person = try Person(steps: 10)
    person.type("keep 0.8")
    #expect(person.state.overlay == .none)
    #expect(person.state.snapshot.configuration.keep == PerLayer(0.8))
    #expect(person.state.snapshot.step == 10)
    person.type("hidden 5,4,3")
    #expect(person.state.snapshot.step == 0)
    #expect(person.state.snapshot.shape.hidden == [5, 4, 3])
    #expect(person.state.snapshot.configuration.keep == PerLayer(0.8))
    person.type("keep 2")
    guard case .palette(let palette) = person.state.overlay else {
      Issue.record("the palette closed over an error")
      return
    }
    #expect(palette.error?.contains("'2'") == true)
    #expect(palette.field.text == "keep 2")
    person.press(.escape)
    person.type("kep 0.5")
    guard case .palette(let wrong) = person.state.overlay else {
      Issue.record("the palette closed over an error")
      return
    }
    #expect(wrong.error?.contains("did you mean 'keep'?") == true)
  }

  @Test("Every parameter of the table can be found, and says when it takes effect")
  func wholeTable() {
    for row in ParameterTable.all {
      let palette = PaletteState(text: row.name + " ")
      #expect(palette.definition?.name == row.name)
      #expect(!row.effect.words.isEmpty)
      #expect(PaletteState(text: row.name).suggestions.contains { $0.definition.name == row.name })
    }
    #expect(PaletteState().suggestions.count == ParameterTable.all.count)
  }

  @Test("Data that are not there are said, and the experiment goes on") func missingData() throws {
    var person = try Person(steps: 5)
    person.type("data nowhere.csv")
    #expect(person.state.message.contains("nowhere.csv"))
    #expect(person.state.snapshot.step == 5)
    #expect(person.state.configuration.data == "circle")
  }

  @Test("A killed unit is masked in each step, a pinned one in none, a released one as the others")
  func interventions() throws {
    var person = try Person(steps: 5)
    person.state.selection = Selection(layer: 0, unit: 2)
    person.press("m", .down, .enter)
    let address = UnitAddress(layer: 0, unit: 2)
    #expect(person.state.snapshot.interventions == [address: .kill])
    for _ in 0..<20 {
      let mask = person.state.snapshot.watched.value.evidence.layers[0].mask.forwardMask
      #expect((0..<mask.rows).allSatisfy { mask[$0, 2] == 0 })
      person.press(".")
    }
    person.press("m", .down, .enter)
    #expect(person.state.snapshot.interventions == [address: .pin])
    let mask = person.state.snapshot.watched.value.evidence.layers[0].mask.forwardMask
    #expect((0..<mask.rows).allSatisfy { mask[$0, 2] == 1 })
    person.press("m", .down, .down, .enter)
    #expect(person.state.snapshot.interventions.isEmpty)
  }

  @Test("Watching a unit keeps the sentence on it while others are selected") func watchUnit()
    throws
  {
    var person = try Person(steps: 5)
    person.state.selection = Selection(layer: 1, unit: 4)
    person.press("m", .enter, .down, .down)
    #expect(person.state.watchedUnit == Selection(layer: 1, unit: 4))
    #expect(person.state.selection.unit == 6)
    let words = Screen.draw(person.state).plainRows[1...2].joined().split(separator: " ")
    #expect(words.joined(separator: " ").contains("unit 5 averages"))
  }

  @Test("Changes stand on the curves and in the journal, and y tells both") func marks() throws {
    var person = try Person(steps: 7)
    person.press("s", "]", "y")
    #expect(person.state.snapshot.marks.map(\.step) == [7])
    guard case .message(_, let lines, _) = person.state.overlay else {
      Issue.record("y shows no text")
      return
    }
    #expect(lines.first == "dropscope")
    #expect(lines.contains("  before step 7: scaling classic"))
    #expect(lines.contains("  before step 7: keep 0.55"))
    #expect(lines.contains("dropscope --keep 0.55 --scaling classic"))
  }

  @Test("A value that is not finite pauses, is named, and a lower rate goes on") func notFinite()
    throws
  {
    var person = try Person([("learning-rate", "1e30"), ("data", "plane")])
    person.training.perform(.run(true))
    person.training.advance(steps: 50)
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    let error = try #require(person.state.snapshot.notFinite)
    #expect(!person.state.snapshot.isRunning)
    #expect(Screen.draw(person.state).plainRows[1].contains("step \(error.step)"))
  }

  @Test("A click selects the unit under it, the wheel moves on") func mouse() throws {
    var person = try Person(steps: 20)
    let map = Screen.hitMap(person.state)
    let region = try #require(
      map.regions.last { $0.target == .unit(Selection(layer: 1, unit: 7)) })
    _ = person.state.update(
      .mouseUsed(Mouse(x: region.area.x + 1, y: region.area.y, action: .press(button: 1))))
    #expect(person.state.selection == Selection(layer: 1, unit: 7))
    _ = person.state.update(
      .mouseUsed(Mouse(x: region.area.x + 1, y: region.area.y, action: .wheelDown)))
    #expect(person.state.selection == Selection(layer: 1, unit: 8))
  }

  @Test("The goal of a run pauses it") func goals() throws {
    var person = try Person(steps: 0)
    person.state.settings.run.untilLoss = 100
    person.training.train(to: 3, points: 1)
    person.state.isRunning = true
    person.training.perform(.run(true))
    person.state.sentCommands += 1
    let effects = person.state.update(.snapshotArrived(person.training.snapshot))
    #expect(effects == [.train(.run(false))])
    #expect(!person.state.isRunning)
  }
}
