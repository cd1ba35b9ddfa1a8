import DropoutEngine
import DropoutMeasure
import Explorer
import Foundation
import TerminalCells
import Testing

@Suite("The race") struct RaceTests {
  private func dataset(_ configuration: ExperimentConfiguration) throws -> Dataset {
    try Person.load(configuration).dataset
  }

  /// The first race on the first experiment.
  private let first = RaceIdentity(experiment: .first, number: 1)

  private func race(
    _ entries: [RaceEntry], steps: Int = 0
  ) throws -> RaceTraining {
    let race = RaceTraining(of: .first, dataset: try dataset(entries[0].configuration))
    race.perform(.start(RaceStart(first, entries: entries)))
    race.train(to: steps, points: 4)
    return race
  }

  @Test("Every runner has the bits of a training of its own", arguments: RacePreset.allCases)
  func lockstep(preset: RacePreset) throws {
    let entries = preset.entries(for: ExperimentConfiguration())
    let race = try race(entries, steps: 120)
    let snapshot = race.snapshot
    #expect(snapshot.lanes.map(\.name) == entries.map(\.name) && entries.count <= 8)
    #expect(snapshot.step == 120 && snapshot.lanes.allSatisfy { $0.points.last?.step == 120 })
    for (index, entry) in entries.enumerated() where !entry.isTwin {
      let group = try LearnerGroup(
        configuration: entry.configuration, dataset: try dataset(entry.configuration))
      try group.advance(steps: 120)
      #expect(race.handover(of: index, in: first)?.checkpoints == group.checkpoints)
      let lane = snapshot.lanes[index]
      let measurer = Measurer(dataset: group.dataset)
      #expect(lane.test == measurer.evaluate(group.states, on: .test))
      #expect(lane.output == measurer.divergence(group.states[0]).last)
    }
  }

  @Test("The presets are what their names say") func presets() {
    let plain = ExperimentConfiguration()
    let question = RacePreset.question.entries(for: plain)
    #expect(
      question.map(\.configuration.variant) == [
        .unscaled, .classic, .inverted, .unscaledL2, .unscaledL2, .unscaledL2, .none,
      ])
    #expect(question[3...5].map(\.configuration.l2[0]) == [0.001, 0.01, 0.1])
    let bugs = RacePreset.bugs.entries(for: plain)
    #expect(bugs.map(\.configuration.keep[0]) == [0.8, 0.8, 0.8, 0.8, 0.2])
    #expect(bugs[1].configuration.dropout.scaling == .double)
  }

  @Test(
    "Classic and inverted under the exact map are one run: to the bit where p is a power of two")
  func twins() throws {
    for (keep, optimizer, largest) in [
      (0.5, Optimizer.sgd, 0.0), (0.25, .momentum, 0), (0.5, .adam, 0), (0.8, .sgd, 1e-4),
    ] {
      var configuration = ExperimentConfiguration()
      configuration.keep = PerLayer(keep)
      configuration.optimizer.kind = optimizer
      if optimizer == .adam { configuration.learningRate = PerLayer(0.015625) }
      configuration.l2 = PerLayer(0.0078125)
      let race = try race(RacePreset.twins.entries(for: configuration), steps: 200)
      let distance = try #require(race.snapshot.twinDistance)
      #expect(distance <= largest, "keep \(keep), \(optimizer.rawValue): \(distance)")
      let lanes = race.snapshot.lanes
      if largest == 0 { #expect(lanes[0].points == lanes[1].points) }
      // Once one of them is turned they are twins no more.
      race.perform(.change(name: "l2", values: [RaceChange(lane: 1, value: "0.5")], of: first))
      #expect(race.snapshot.twinDistance == nil)
    }
  }

  @Test("A change turns the runners that it names and no other; what cannot be is said")
  func changes()
    throws
  {
    let race = try race(RacePreset.question.entries(for: ExperimentConfiguration()), steps: 20)
    race.perform(
      .change(
        name: "keep",
        values: [RaceChange(lane: 1, value: "0.8"), RaceChange(lane: 2, value: "0.9")],
        of: first))
    let keeps = race.snapshot.lanes.map(\.configuration.keep[0])
    #expect(keeps == [0.5, 0.8, 0.9, 0.5, 0.5, 0.5, 0.5])
    race.perform(.change(name: "keep", values: [RaceChange(lane: 0, value: "2")], of: first))
    #expect(race.snapshot.notice?.text.contains("keep") == true)
    #expect(race.snapshot.lanes[0].configuration.keep[0] == 0.5)
  }

  @Test("A runner that is not finite stands still and says why; the others go on") func notFinite()
    throws
  {
    var entries = RacePreset.confusions.entries(for: ExperimentConfiguration())
    entries[1].configuration.learningRate = PerLayer(1e30)
    let race = try race(entries, steps: 50)
    #expect(
      race.snapshot.lanes.map { $0.notFinite == nil } == [
        true, false, true, true, true, true, true,
      ])
    #expect(race.snapshot.lanes[0].test.loss < 0.7)
  }

  @Test(
    "A training that goes on from a checkpoint has the bits of one that never stopped",
    arguments: Optimizer.allCases)
  func checkpoint(optimizer: Optimizer) throws {
    var configuration = ExperimentConfiguration()
    configuration.optimizer.kind = optimizer
    configuration.learningRate = PerLayer(0.01)
    let whole = try Trainer(
      configuration: configuration, dataset: try dataset(configuration))
    try whole.advance(steps: 33)
    try whole.apply(.unit(UnitAddress(layer: 0, unit: 2), .kill))
    let half = try Trainer(resuming: whole.checkpoint, dataset: whole.dataset)
    #expect(half.checkpoint == whole.checkpoint)
    try whole.advance(steps: 40)
    try half.advance(steps: 40)
    #expect(half.checkpoint == whole.checkpoint)
    #expect(try half.evidence() == whole.evidence())
  }

  @Test("3 opens the question and pauses the live training; 1 pauses the race") func keys() throws {
    var state = try Person(steps: 3).state
    state.isRunning = true
    let entries = RacePreset.question.entries(for: state.configuration)
    check(
      "3", on: state,
      effects: [
        .train(.run(false)), .race(.start(RaceStart(first, entries: entries))), .race(.speed(60)),
        .race(.run(true)),
      ]
    ) {
      $0.view = .race
      $0.isRunning = false
      $0.sentCommands = 1
      $0.askedRace = first
      $0.startedRaces = 1
      $0.message =
        "the question: nothing scaled, classic, inverted, three strengths of L2, no dropout"
    }
    state.isRunning = false
    _ = state.update(.keyPressed("3"))
    let race = try race(entries, steps: 5)
    race.perform(.run(true))
    _ = state.update(.raceArrived(race.snapshot))
    check("1", on: state, effects: [.race(.run(false))]) { $0.view = .live }
    check(" ", on: state, effects: [.race(.run(false))]) { _ in }
    check(".", on: state, effects: [.race(.step)]) { _ in }
    check(
      "s", on: state,
      effects: [
        .race(.change(name: "scaling", values: [RaceChange(lane: 0, value: "classic")], of: first))
      ]
    ) { _ in }
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
          .change(name: "mask-sharing", values: [RaceChange(lane: 0, value: "batch")], of: first))
      ]
    ) { $0.overlay = .none }
    state.overlay = .palette(PaletteState(text: "hidden 5"))
    check(.enter, on: state) {
      $0.overlay = .none
      $0.message = "hidden starts anew: set it in the live view (1), then m starts a race"
    }
    state.overlay = .none
    check(.enter, on: state, effects: [.race(.run(false)), .takeFromRace(lane: 0, of: first)]) {
      $0.view = .live
    }
    _ = state.update(.keyPressed("j"))
    #expect(state.raceLine == 1)
    _ = state.update(.keyPressed("a"))
    let changes = (0..<7).map {
      RaceChange(lane: $0, value: $0 < 3 ? "0.0001" : ["0.003", "0.03", "0.3", "0.0001"][$0 - 3])
    }
    check("}", on: state, effects: [.race(.change(name: "l2", values: changes, of: first))]) { _ in
    }
    state.view = .live
    check("a", on: state) { $0.message = "this key acts in view 3, the race" }
  }

  @Test("Enter goes on in the live view with the weights of the selected runner") func taking()
    throws
  {
    var person = try Person(steps: 3)
    let entries = RacePreset.question.entries(for: person.state.configuration)
    let race = try race(entries, steps: 90)
    let handover = try #require(race.handover(of: 2, in: first))
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
    let race = try race(RacePreset.twins.entries(for: state.configuration), steps: 40)
    _ = state.update(.raceArrived(race.snapshot))
    for case .race(let command) in state.update(.keyPressed("r")) { race.perform(command) }
    race.train(to: 60, points: 2)
    #expect(race.snapshot.twinDistance == 0)
    // A command for the previous race changes nothing in this one.
    race.perform(.change(name: "l2", values: [RaceChange(lane: 1, value: "0.5")], of: first))
    #expect(race.snapshot.twinDistance == 0 && race.handover(of: 0, in: first) == nil)
    let second = try #require(race.snapshot.identity)
    race.perform(.change(name: "l2", values: [RaceChange(lane: 1, value: "0.5")], of: second))
    _ = state.update(.raceArrived(race.snapshot))
    for case .race(let command) in state.update(.keyPressed("r")) { race.perform(command) }
    #expect(race.snapshot.twinDistance == nil && race.snapshot.lanes.count == 2)
  }

  @Test("A runner that stood still and goes on again catches up with the others") func catchingUp()
    throws
  {
    var entries = RacePreset.confusions.entries(for: ExperimentConfiguration())
    // The very first update would not be finite, so the weights stay what they were.
    entries[1].configuration.learningRate = PerLayer(1e38)
    entries[1].configuration.l2 = PerLayer(1000)
    let race = try race(entries, steps: 40)
    func step(_ lane: Int) -> Int? { race.handover(of: lane, in: first)?.checkpoints.first?.step }
    #expect(step(0) == 40 && step(1) == 0)
    race.perform(.change(name: "l2", values: [RaceChange(lane: 1, value: "0")], of: first))
    race.perform(
      .change(name: "learning-rate", values: [RaceChange(lane: 1, value: "0.1")], of: first))
    race.advance(steps: 5)
    #expect(step(0) == 45 && step(1) == 40, "eight times as many steps")
    race.advance(steps: 5)
    #expect(step(0) == 50 && step(1) == 50)
  }

  @Test("A runner that is not finite is not taken to the live view") func notTaken() throws {
    var state = try Person(steps: 3).state
    _ = state.update(.keyPressed("3"))
    var entries = RacePreset.question.entries(for: state.configuration)
    entries[0].configuration.learningRate = PerLayer(1e30)
    _ = state.update(.raceArrived(try race(entries, steps: 20).snapshot))
    check(.enter, on: state) {
      $0.message = "unscaled is not finite: change it here, then take it"
    }
  }

  @Test("A race of other data than the live view's is not shown") func otherData() throws {
    var person = try Person(steps: 3)
    person.press("3")
    let race = try race(RacePreset.question.entries(for: person.state.configuration), steps: 5)
    _ = person.state.update(.raceArrived(race.snapshot))
    person.press("1")
    person.type("hidden 5")
    #expect(person.state.race != nil, "the data are the same")
    person.type("data moons")
    #expect(person.state.race == nil)
    _ = person.state.update(.raceArrived(race.snapshot))
    #expect(person.state.race == nil)
  }

  @Test(
    """
    Runners that do not fit into memory are refused with both numbers, and so is what makes them \
    larger
    """
  )
  func memory() throws {
    let entries = RacePreset.question.entries(for: ExperimentConfiguration())
    let data = try dataset(entries[0].configuration)
    func race(_ allowed: Int) -> RaceTraining {
      let race = RaceTraining(of: .first, dataset: data, allowedMemory: allowed)
      race.perform(.start(RaceStart(first, entries: entries)))
      return race
    }
    let need = MemoryNeed(of: entries[0].configuration, dataset: data)
    // The largest of the runners, measured alone, beside the buffers of all.
    let enough = entries.count * (need.engine + 1) + need.measuring
    let started = race(enough)
    #expect(started.snapshot.lanes.count == 7 && started.snapshot.notice == nil)
    let refused = race(enough / 2)
    #expect(refused.snapshot.lanes.isEmpty)
    let text = refused.snapshot.notice?.text ?? ""
    #expect(text.hasPrefix("a race of 7 runners: this needs about "), "\(text)")
    started.perform(
      .change(
        name: "batch", values: [RaceChange(lane: 2, value: "250")], of: first))
    #expect(started.snapshot.notice?.text.contains("this needs about ") ?? false)
    #expect(started.handover(of: 2, in: first)?.checkpoints[0].configuration.batch == 10)
  }

  @Test("All runners start from given weights") func givenWeights() throws {
    let configuration = ExperimentConfiguration()
    let trained = try Trainer(configuration: configuration, dataset: try dataset(configuration))
    try trained.advance(steps: 70)
    let race = RaceTraining(
      of: .first, dataset: trained.dataset, initial: [trained.parameters])
    race.perform(
      .start(RaceStart(first, entries: RacePreset.question.entries(for: configuration))))
    for lane in 0..<7 {
      let handover = try #require(race.handover(of: lane, in: first))
      let group = try LearnerGroup(
        resuming: handover.checkpoints, dataset: trained.dataset)
      #expect(group.parameters == [trained.parameters])
      #expect(handover.initial == [trained.parameters])
    }
  }

  @Test("What was taken can be started anew, and its command told from what no command says")
  func reproducing() throws {
    var person = try Person(steps: 3)
    let race = try race(RacePreset.twins.entries(for: person.state.configuration), steps: 30)
    for lane in 0..<2 {
      let handover = try #require(race.handover(of: lane, in: first))
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
      let race = try race(preset.entries(for: state.configuration), steps: 300)
      _ = state.update(.raceArrived(race.snapshot))
      state.message = ""
      state.glyphs = .ascii
      state.raceLine = 1
      try ExpectedText.check(
        Screen.draw(state).plainRows, named: "race-\(preset.rawValue)-\(columns)x\(rows)")
      PanelSweepTests.sweep(state, panels: [.raceCurves, .raceTable, .raceNetwork])
    }
  }

  @Test("On its thread a race has the same bits as without one") func thread() throws {
    let entries = RacePreset.confusions.entries(for: ExperimentConfiguration())
    let thread = RaceThread(
      RaceTraining(of: .first, dataset: try dataset(entries[0].configuration)), wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.start(RaceStart(first, entries: entries)))
    thread.send(.speed(.infinity))
    thread.send(.run(true))
    while thread.snapshot.step < 2_000 { Thread.sleep(forTimeInterval: 0.005) }
    thread.send(.run(false))
    while thread.snapshot.isRunning { Thread.sleep(forTimeInterval: 0.005) }
    let checkpoint = try #require(thread.handover(of: 3, in: first)?.checkpoints.first)
    let trainer = try Trainer(
      configuration: entries[3].configuration, dataset: try dataset(entries[3].configuration))
    try trainer.advance(steps: checkpoint.step)
    #expect(checkpoint == trainer.checkpoint)
  }
}
