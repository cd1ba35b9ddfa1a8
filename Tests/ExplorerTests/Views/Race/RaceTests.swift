import DropoutEngine
import DropoutMeasure
import Explorer
import Foundation
import TerminalCells
import Testing

@Suite("The race") struct RaceTests {
  @Test("Every runner has the bits of a training of its own", arguments: RacePreset.allCases)
  func lockstep(preset: RacePreset) throws {
    let entries = preset.entries(for: ExperimentConfiguration())
    let race = try RaceFixture.race(entries, steps: 120)
    let snapshot = race.snapshot
    #expect(snapshot.lanes.map(\.name) == entries.map(\.name) && entries.count <= 8)
    #expect(snapshot.step == 120 && snapshot.lanes.allSatisfy { $0.points.last?.step == 120 })
    for (index, entry) in entries.enumerated() where !entry.isTwin {
      let group = try LearnerGroup(
        configuration: entry.configuration, dataset: try RaceFixture.dataset(entry.configuration))
      try group.advance(steps: 120)
      #expect(race.handover(of: index, in: RaceFixture.first)?.checkpoints == group.checkpoints)
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
      let race = try RaceFixture.race(RacePreset.twins.entries(for: configuration), steps: 200)
      let distance = try #require(race.snapshot.twinDistance)
      #expect(distance <= largest, "keep \(keep), \(optimizer.rawValue): \(distance)")
      let lanes = race.snapshot.lanes
      if largest == 0 { #expect(lanes[0].points == lanes[1].points) }
      // Once one of them is turned they are twins no more.
      race.perform(
        .change(name: "l2", values: [RaceChange(lane: 1, value: "0.5")], of: RaceFixture.first))
      #expect(race.snapshot.twinDistance == nil)
    }
  }

  @Test("A change turns the runners that it names and no other; what cannot be is said")
  func changes()
    throws
  {
    let race = try RaceFixture.race(
      RacePreset.question.entries(for: ExperimentConfiguration()), steps: 20)
    race.perform(
      .change(
        name: "keep",
        values: [RaceChange(lane: 1, value: "0.8"), RaceChange(lane: 2, value: "0.9")],
        of: RaceFixture.first))
    let keeps = race.snapshot.lanes.map(\.configuration.keep[0])
    #expect(keeps == [0.5, 0.8, 0.9, 0.5, 0.5, 0.5, 0.5])
    race.perform(
      .change(name: "keep", values: [RaceChange(lane: 0, value: "2")], of: RaceFixture.first))
    #expect(race.snapshot.notice?.text.contains("keep") == true)
    #expect(race.snapshot.lanes[0].configuration.keep[0] == 0.5)
  }

  @Test("A runner that is not finite stands still and says why; the others go on") func notFinite()
    throws
  {
    var entries = RacePreset.confusions.entries(for: ExperimentConfiguration())
    entries[1].configuration.learningRate = PerLayer(1e30)
    let race = try RaceFixture.race(entries, steps: 50)
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
      configuration: configuration, dataset: try RaceFixture.dataset(configuration))
    try whole.advance(steps: 33)
    try whole.apply(.unit(UnitAddress(layer: 0, unit: 2), .kill))
    let half = try Trainer(resuming: whole.checkpoint, dataset: whole.dataset)
    #expect(half.checkpoint == whole.checkpoint)
    try whole.advance(steps: 40)
    try half.advance(steps: 40)
    #expect(half.checkpoint == whole.checkpoint)
    #expect(try half.evidence() == whole.evidence())
  }

  @Test("A runner that stood still and goes on again catches up with the others") func catchingUp()
    throws
  {
    var entries = RacePreset.confusions.entries(for: ExperimentConfiguration())
    // The very first update would not be finite, so the weights stay what they were.
    entries[1].configuration.learningRate = PerLayer(1e38)
    entries[1].configuration.l2 = PerLayer(1000)
    let race = try RaceFixture.race(entries, steps: 40)
    func step(_ lane: Int) -> Int? {
      race.handover(of: lane, in: RaceFixture.first)?.checkpoints.first?.step
    }
    #expect(step(0) == 40 && step(1) == 0)
    race.perform(
      .change(name: "l2", values: [RaceChange(lane: 1, value: "0")], of: RaceFixture.first))
    race.perform(
      .change(
        name: "learning-rate", values: [RaceChange(lane: 1, value: "0.1")], of: RaceFixture.first))
    race.advance(steps: 5)
    #expect(step(0) == 45 && step(1) == 40, "eight times as many steps")
    race.advance(steps: 5)
    #expect(step(0) == 50 && step(1) == 50)
  }

  @Test(
    """
    Runners that do not fit into memory are refused with both numbers, and so is what makes them \
    larger
    """
  )
  func memory() throws {
    let entries = RacePreset.question.entries(for: ExperimentConfiguration())
    let data = try RaceFixture.dataset(entries[0].configuration)
    func race(_ allowed: Int) -> RaceTraining {
      let race = RaceTraining(of: .first, dataset: data, allowedMemory: allowed)
      race.perform(.start(RaceStart(RaceFixture.first, entries: entries)))
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
        name: "batch", values: [RaceChange(lane: 2, value: "250")], of: RaceFixture.first))
    #expect(started.snapshot.notice?.text.contains("this needs about ") ?? false)
    #expect(
      started.handover(of: 2, in: RaceFixture.first)?.checkpoints[0].configuration.batch == 10)
  }

  @Test("All runners start from given weights") func givenWeights() throws {
    let configuration = ExperimentConfiguration()
    let trained = try Trainer(
      configuration: configuration, dataset: try RaceFixture.dataset(configuration))
    try trained.advance(steps: 70)
    let race = RaceTraining(
      of: .first, dataset: trained.dataset, initial: [trained.parameters])
    race.perform(
      .start(RaceStart(RaceFixture.first, entries: RacePreset.question.entries(for: configuration)))
    )
    for lane in 0..<7 {
      let handover = try #require(race.handover(of: lane, in: RaceFixture.first))
      let group = try LearnerGroup(
        resuming: handover.checkpoints, dataset: trained.dataset)
      #expect(group.parameters == [trained.parameters])
      #expect(handover.initial == [trained.parameters])
    }
  }

  @Test("On its thread a race has the same bits as without one") func thread() throws {
    let entries = RacePreset.confusions.entries(for: ExperimentConfiguration())
    let thread = RaceThread(
      RaceTraining(of: .first, dataset: try RaceFixture.dataset(entries[0].configuration)), wake: {}
    )
    thread.start()
    defer { thread.stop() }
    thread.send(.start(RaceStart(RaceFixture.first, entries: entries)))
    thread.send(.speed(.infinity))
    thread.send(.run(true))
    while thread.snapshot.step < 2_000 { Thread.sleep(forTimeInterval: 0.005) }
    thread.send(.run(false))
    while thread.snapshot.isRunning { Thread.sleep(forTimeInterval: 0.005) }
    let checkpoint = try #require(thread.handover(of: 3, in: RaceFixture.first)?.checkpoints.first)
    let trainer = try Trainer(
      configuration: entries[3].configuration,
      dataset: try RaceFixture.dataset(entries[3].configuration))
    try trainer.advance(steps: checkpoint.step)
    #expect(checkpoint == trainer.checkpoint)
  }
}
