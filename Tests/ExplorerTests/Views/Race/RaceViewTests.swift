import DropoutEngine
import DropoutMeasure
import Explorer
import Foundation
import TerminalCells
import Testing

@Suite("The view of the race") struct RaceViewTests {
  @Test("3 opens the question and pauses the live training; 1 pauses the race") func keys() throws {
    var state = try Person(steps: 3).state
    state.isRunning = true
    let entries = RacePreset.question.entries(for: state.configuration)
    check(
      "3", on: state,
      effects: [
        .train(.run(false)), .race(.start(RaceStart(RaceFixture.first, entries: entries))),
        .race(.speed(60)),
        .race(.run(true)),
      ]
    ) {
      $0.view = .race
      $0.isRunning = false
      $0.isPausedForRace = true
      $0.sentCommands = 1
      $0.askedRace = RaceFixture.first
      $0.startedRaces = 1
    }
    state.isRunning = false
    _ = state.update(.keyPressed("3"))
    let race = try RaceFixture.race(entries, steps: 5)
    race.perform(.run(true))
    _ = state.update(.raceArrived(race.snapshot))
    check("1", on: state, effects: [.race(.run(false))]) { $0.view = .live }
    check(" ", on: state, effects: [.race(.run(false))]) { _ in }
    check(".", on: state, effects: [.race(.step)]) { _ in }
    check(
      "s", on: state,
      effects: [
        .race(
          .change(
            name: "scaling", values: [RaceChange(lane: 0, value: "classic")], of: RaceFixture.first)
        )
      ]
    ) { _ in }
    check("+", on: state, effects: [.train(.speed(120)), .race(.speed(120))]) {
      $0.settings.display.speed = 120
      $0.sentCommands += 1
    }
    check("a", on: state) {
      $0.raceTurnsAll = true
      $0.message = "the knobs turn all variants"
    }
    // The palette turns the selected one, too, and leaves the live training alone.
    state.overlay = .palette(PaletteState(text: "mask-sharing batch"))
    check(
      .enter, on: state,
      effects: [
        .race(
          .change(
            name: "mask-sharing", values: [RaceChange(lane: 0, value: "batch")],
            of: RaceFixture.first))
      ]
    ) { $0.overlay = .none }
    state.overlay = .palette(PaletteState(text: "hidden 5"))
    check(.enter, on: state) {
      $0.overlay = .none
      $0.message = "hidden starts anew: set it in the live view (1), then m starts a race"
    }
    state.overlay = .none
    check(
      .enter, on: state,
      effects: [.race(.run(false)), .takeFromRace(lane: 0, of: RaceFixture.first)]
    ) {
      $0.view = .live
    }
    _ = state.update(.keyPressed("j"))
    #expect(state.raceLine == 1)
    _ = state.update(.keyPressed("a"))
    let changes = (0..<7).map {
      RaceChange(lane: $0, value: $0 < 3 ? "0.0001" : ["0.003", "0.03", "0.3", "0.0001"][$0 - 3])
    }
    check(
      "}", on: state, effects: [.race(.change(name: "l2", values: changes, of: RaceFixture.first))]
    ) { _ in
    }
    state.view = .live
    check("a", on: state) { $0.message = "this key acts in view 3, the race" }
  }

  @Test("Enter goes on in the live view with the weights of the selected runner") func taking()
    throws
  {
    var person = try Person(steps: 3)
    let entries = RacePreset.question.entries(for: person.state.configuration)
    let race = try RaceFixture.race(entries, steps: 90)
    let handover = try #require(race.handover(of: 2, in: RaceFixture.first))
    for case .train(let command) in person.state.adopt(handover) {
      person.training.perform(command)
    }
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    #expect(person.state.snapshot.step == 90)
    // The message stays until a key is pressed, and not just until the new experiment is there.
    #expect(person.state.message == "taken from the race at step 90; space goes on")
    #expect(person.state.configuration.dropout.scaling == .inverted)
    #expect(person.training.group.checkpoints == handover.checkpoints)
    person.press(".")
    #expect(person.state.snapshot.step == 91)
  }

  @Test("Twins that start anew are twins again; turned ones are not") func twinsAgain() throws {
    var state = try Person(steps: 3).state
    _ = state.update(.keyPressed("3"))
    let race = try RaceFixture.race(RacePreset.twins.entries(for: state.configuration), steps: 40)
    _ = state.update(.raceArrived(race.snapshot))
    for case .race(let command) in state.update(.keyPressed("r")) { race.perform(command) }
    race.train(to: 60, points: 2)
    #expect(race.snapshot.twinDistance == 0)
    // A command for the previous race changes nothing in this one.
    race.perform(
      .change(name: "l2", values: [RaceChange(lane: 1, value: "0.5")], of: RaceFixture.first))
    #expect(race.snapshot.twinDistance == 0 && race.handover(of: 0, in: RaceFixture.first) == nil)
    let second = try #require(race.snapshot.identity)
    race.perform(.change(name: "l2", values: [RaceChange(lane: 1, value: "0.5")], of: second))
    _ = state.update(.raceArrived(race.snapshot))
    for case .race(let command) in state.update(.keyPressed("r")) { race.perform(command) }
    #expect(race.snapshot.twinDistance == nil && race.snapshot.lanes.count == 2)
  }

  @Test("A panel that was focused is left with its view, however the view is left")
  func focus() throws {
    var person = try Person(steps: 3)
    person.press("3")
    let entries = RacePreset.question.entries(for: person.state.configuration)
    let race = try RaceFixture.race(entries, steps: 5)
    _ = person.state.update(.raceArrived(race.snapshot))
    person.press(.tab, "z")
    #expect(person.state.focus == .raceTable || person.state.focus == .raceCurves)
    #expect(person.state.zoomed == person.state.focus)
    _ = person.state.update(.keyPressed(.enter))
    #expect(person.state.view == .live)
    #expect(person.state.focus == nil && person.state.zoomed == nil)
  }

  @Test("A runner that is not finite is not taken to the live view") func notTaken() throws {
    var state = try Person(steps: 3).state
    _ = state.update(.keyPressed("3"))
    var entries = RacePreset.question.entries(for: state.configuration)
    entries[0].configuration.learningRate = PerLayer(1e30)
    _ = state.update(.raceArrived(try RaceFixture.race(entries, steps: 20).snapshot))
    check(.enter, on: state) {
      $0.message = "unscaled is not finite: change it here, then take it"
    }
  }

  @Test("A race of other data than the live view's is not shown") func otherData() throws {
    var person = try Person(steps: 3)
    person.press("3")
    let race = try RaceFixture.race(
      RacePreset.question.entries(for: person.state.configuration), steps: 5)
    _ = person.state.update(.raceArrived(race.snapshot))
    person.press("1")
    person.type("hidden 5")
    #expect(person.state.race != nil, "the data are the same")
    person.type("data moons")
    #expect(person.state.race == nil)
    _ = person.state.update(.raceArrived(race.snapshot))
    #expect(person.state.race == nil)
  }

  @Test("What was taken can be started anew, and its command told from what no command says")
  func reproducing() throws {
    var person = try Person(steps: 3)
    let race = try RaceFixture.race(
      RacePreset.twins.entries(for: person.state.configuration), steps: 30)
    for lane in 0..<2 {
      let handover = try #require(race.handover(of: lane, in: RaceFixture.first))
      for case .train(let command) in person.state.adopt(handover) {
        person.training.perform(command)
      }
      _ = person.state.update(.snapshotArrived(person.training.snapshot))
      person.press("y")
      let lines = PlainText.lines(person.state).joined(separator: " ")
      #expect(
        lines.contains("--scaling \(lane == 0 ? "classic" : "inverted")")
          || lines.contains("--variant \(lane == 0 ? "classic" : "inverted")"))
      #expect(lines.contains("exact map") == (lane == 1))
      person.press(.escape, "r")
      for _ in 0..<30 { person.press(".") }
      #expect(person.training.group.checkpoints == handover.checkpoints)
    }
  }

  @Test("The whole screen of each race, and of one before its first step") func screens() throws {
    for (preset, columns, rows) in [
      (RacePreset.question, 80, 24), (.bugs, 120, 40), (.twins, 80, 24),
    ] {
      var state = try Person(steps: 3, columns: columns, rows: rows).state
      _ = state.update(.keyPressed("3"))
      let race = try RaceFixture.race(preset.entries(for: state.configuration), steps: 300)
      _ = state.update(.raceArrived(race.snapshot))
      state.message = ""
      state.glyphs = .ascii
      state.raceLine = 1
      try ExpectedText.check(
        Screen.draw(state).plainRows, named: "race-\(preset.rawValue)-\(columns)x\(rows)")
      PanelSweepTests.sweep(state, panels: [.raceCurves, .raceTable, .raceNetwork])
    }
  }

  @Test("The sentence tells the contest from its references, and says when it is early")
  func sentences() throws {
    var state = try Person(steps: 3, columns: 120, rows: 40).state
    _ = state.update(.keyPressed("3"))
    let entries = RacePreset.question.entries(for: state.configuration)
    for (steps, isEarly) in [(73, true), (600, false)] {
      let race = try RaceFixture.race(entries, steps: steps)
      _ = state.update(.raceArrived(race.snapshot))
      let lanes = race.snapshot.lanes
      for selected in lanes.indices {
        state.raceLine = selected
        let text = Screen.draw(state).plainRows[1...3].joined(separator: " ")
        #expect(text.contains("too early to judge") == isEarly)
        let loss = lanes[0].test.loss - lanes[1].test.loss
        #expect(text.contains(NumberText.fixed(loss.magnitude, decimals: 2)))
        #expect(!text.contains("a unscaled"))
        #expect(text.contains("none, a reference,") == (selected == 6 && !isEarly) || isEarly)
      }
    }
  }

  @Test("Who comes back from the race is told that the training was paused for it, once")
  func pause() throws {
    for back in [Key.character("1"), .character("5"), .escape] {
      var person = try Person(steps: 3)
      person.press(" ", "3", back)
      #expect(!person.state.isRunning)
      #expect(
        person.state.message == "paused while the race was shown: space goes on", "\(back)")
      person.press("3", "1")
      #expect(person.state.message.isEmpty)
    }
    var person = try Person(steps: 3)
    person.press("3", "1")
    #expect(person.state.message.isEmpty)
  }

  @Test("Where colours are few, each line has the letter that its name has") func letters() throws {
    var state = try Person(steps: 3, columns: 120, rows: 40).state
    _ = state.update(.keyPressed("3"))
    let entries = RacePreset.question.entries(for: state.configuration)
    _ = state.update(.raceArrived(try RaceFixture.race(entries, steps: 200).snapshot))
    for (depth, hasLetters) in [
      (ColorDepth.colors256, false), (.colors8, true), (.none, true),
    ] {
      state.theme = Theme(depth: depth)
      let plot = Screen.draw(state).plainRows[5...25].joined(separator: "\n")
      for letter in ["a", "b", "c"] {
        #expect(plot.contains(letter + "\u{2501} ") == hasLetters, "\(depth) \(letter)")
      }
    }
  }

  @Test("Each runner has its name at its line's end, none on another's, and its own colour")
  func names() throws {
    var state = try Person(steps: 3, columns: 80, rows: 24).state
    _ = state.update(.keyPressed("3"))
    let entries = RacePreset.question.entries(for: state.configuration)
    _ = state.update(.raceArrived(try RaceFixture.race(entries, steps: 200).snapshot))
    let drawn = Screen.draw(state)
    let plot = drawn.plainRows[5...11].joined(separator: "\n")
    for name in ["unscaled", "classic", "inverted", "L2 0.001", "L2 0.01", "L2 0.1", "none"] {
      #expect(plot.contains(name), "\(name)")
    }
    let text = drawn.plainRows.joined(separator: "\n")
    // The first one's settings are those in which others differ from it.
    #expect(text.contains("unscaled: keep 0.5, scaling off, L2 0\n"))
    #expect(text.contains("CONTEST") && text.contains("REFERENCES"))
    #expect(!text.contains("\u{2026}") && text.contains("? help"))
  }
}
