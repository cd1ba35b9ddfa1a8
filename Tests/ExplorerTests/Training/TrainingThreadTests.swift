import DropoutEngine
import DropoutMeasure
import Explorer
import Foundation
import Testing

@Suite("The training thread") struct TrainingThreadTests {
  /// Waits until a snapshot is as asked for; the limit is generous, since machines may be busy.
  private func wait(
    for thread: TrainingThread, until isReached: (TrainingSnapshot) -> Bool
  ) throws -> TrainingSnapshot {
    let deadline = Date().addingTimeInterval(60)
    while Date() < deadline {
      let snapshot = thread.snapshot
      if isReached(snapshot) { return snapshot }
      Thread.sleep(forTimeInterval: 0.005)
    }
    throw WaitedInVain(step: thread.snapshot.step)
  }

  private struct WaitedInVain: Error {
    var step: Int
  }

  @Test("At full speed, drawn and measured all the while, it trains the bits of a plain trainer")
  func bits() throws {
    let experiment = try Person.load(ExperimentConfiguration())
    let thread = try TrainingThread(
      experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.speed(.infinity))
    thread.send(.pauseAt(20_000))
    thread.send(.run(true))
    thread.send(.watch(offset: 3, of: 0))
    let snapshot = try wait(for: thread) { $0.step == 20_000 && $0.watched.step == 20_000 }
    #expect(!snapshot.isRunning)
    let trainer = try Trainer(
      configuration: experiment.configuration, dataset: experiment.dataset)
    try trainer.advance(steps: 20_000)
    #expect(try trainer.evidence() == snapshot.watched.value.evidence)
    #expect(snapshot.watched.value.row == 3)
  }

  @Test(
    "The close views are measured beside it, of the evidence that is drawn, and change no bit",
    arguments: [
      MeasuredSubject.unit(Selection(layer: 1, unit: 3)),
      .ensemble(output: 1, enumeratedUnits: 20), .gradients(),
    ])
  func subjects(subject: MeasuredSubject) throws {
    let experiment = try Person.load(ExperimentConfiguration())
    let thread = try TrainingThread(experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.look(at: subject, of: 0))
    thread.send(.speed(.infinity))
    thread.send(.pauseAt(30_000))
    thread.send(.run(true))
    let snapshot = try wait(for: thread) { $0.close.subject?.step == 30_000 }
    #expect(snapshot.watched.step == 30_000)
    let trainer = try Trainer(
      configuration: experiment.configuration, dataset: experiment.dataset)
    try trainer.advance(steps: 30_000)
    #expect(try trainer.evidence() == snapshot.watched.value.evidence)
    let measurer = Measurer(dataset: experiment.dataset)
    let row = snapshot.watched.value.row
    switch snapshot.close.subject?.value {
    case let unit as UnitMeasurement:
      let evidence = try trainer.evidence()
      #expect(
        unit.sums == measurer.unitSums(trainer.state, of: evidence, row: row, layer: 1, unit: 3))
    case let watched as WatchedEnsemble:
      let example = try trainer.evidence().examples[row]
      #expect(
        watched.ensemble
          == measurer.ensemble(
            trainer.state, example: example, options: EnsembleOptions(output: 1)))
    case let moments as GradientMoments:
      #expect(moments == measurer.gradientMoments(trainer.state, of: try trainer.evidence()))
    default: Issue.record("nothing was measured")
    }
    thread.send(.look(at: .live, of: 0))
    thread.send(.run(false))
  }

  @Test(
    "The learners are trained beside the screen as without it, and the list of variants is measured"
  )
  func learners() throws {
    let experiment = try Person.load(
      try Settings(assignments: [("variant", "bagging"), ("learners", "3")]).experiment)
    let thread = try TrainingThread(experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.drawLearner(offset: -1, of: 0))
    thread.send(.look(at: .variants, of: 0))
    thread.send(.speed(.infinity))
    thread.send(.pauseAt(3_000))
    thread.send(.run(true))
    let snapshot = try wait(for: thread) {
      $0.variants?.step == 3_000 && $0.measured.counterfactual.step == 3_000
        && $0.measured.curves.last?.step == 3_000
    }
    let group = try LearnerGroup(
      configuration: experiment.configuration, dataset: experiment.dataset)
    try group.advance(steps: 3_000)
    let measurer = Measurer(dataset: experiment.dataset)
    #expect(snapshot.learner == 2)
    #expect(try group.learners[2].evidence() == snapshot.watched.value.evidence)
    #expect(snapshot.measured.counterfactual.value == measurer.counterfactual(group.states))
    #expect(
      snapshot.measured.curves.last?.learnerLosses
        == group.states.map { measurer.evaluate($0, on: .test).loss })
    #expect(
      snapshot.variants?.value.first { $0.variant == .classic }?.testLoss
        == measurer.evaluate(group.states[2].adopting(.classic), on: .test).loss)
    #expect(snapshot.close.subject == nil)
  }

  @Test("An enumeration that takes long makes way for what a key asks for") func superseded() throws
  {
    let experiment = try Person.load(
      try Settings(
        assignments: [
          ("hidden", "30"), ("activation", "sigmoid"), ("data", "glyphs"),
        ]
      ).experiment)
    let thread = try TrainingThread(experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.look(at: .ensemble(output: 0, enumeratedUnits: 30), of: 0))
    let working = try wait(for: thread) { $0.close.progress != nil }
    #expect(working.close.subject == nil)
    thread.send(.look(at: .unit(Selection(layer: 1, unit: 0)), of: 0))
    let next = try wait(for: thread) { $0.close.subject != nil }
    guard next.close.subject?.value is UnitMeasurement else {
      Issue.record("the enumeration went on")
      return
    }
    #expect(try wait(for: thread) { $0.close.progress == nil }.close.progress == nil)
  }

  @Test(
    """
    A change while it runs takes effect, and what was measured before it is told from what comes \
    after
    """
  )
  func changes() throws {
    let experiment = try Person.load(ExperimentConfiguration())
    let thread = try TrainingThread(
      experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.run(true))
    _ = try wait(for: thread) { $0.step > 5 }
    thread.send(.change(.parameter(name: "keep", value: "0.8"), of: 0))
    let changed = try wait(for: thread) { $0.generation == 1 }
    #expect(changed.configuration.keep == PerLayer(0.8))
    #expect(changed.watched.value.evidence.configuration.keep == PerLayer(0.8))
    let measured = try wait(for: thread) {
      $0.isCurrent($0.measured.divergence) && $0.isCurrent($0.measured.counterfactual)
    }
    #expect(abs(measured.measured.divergence.value[1].ratio - 1.25) < 1e-5)
  }

  @Test("A change during a long journey stops it where it is, and is in force there")
  func changeOnTheWay() throws {
    let experiment = try Person.load(ExperimentConfiguration())
    let thread = try TrainingThread(experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.travel(.step(99_999_999), of: 0))
    let onTheWay = try wait(for: thread) { $0.travel != nil }
    // The place of the journey is saved, and the moment that it began at is drawn.
    let place = try #require(onTheWay.placeOnTheWay)
    #expect(onTheWay.step == 0 && onTheWay.savedPlace == place)
    #expect(place.timeline.position.step > 0)
    let trainer = try LearnerGroup(
      configuration: experiment.configuration, dataset: experiment.dataset)
    try trainer.advance(steps: place.timeline.position.step)
    #expect(trainer.fingerprint == place.fingerprint)
    thread.send(.change(.parameter(name: "keep", value: "0.8"), of: 0))
    let changed = try wait(for: thread) { $0.handledCommands == 2 }
    #expect(changed.travel == nil && changed.placeOnTheWay == nil)
    #expect(changed.step > place.timeline.position.step && changed.step < 99_999_999)
    #expect(changed.journal.entries.map(\.step) == [changed.step])
    #expect(changed.notice?.text == "stopped on the way, at step \(changed.step)")
    #expect(changed.savedPlace.timeline.position.step == changed.step)
  }

  @Test("A journey that is called off before it begins does not begin")
  func calledOffAtOnce() throws {
    let experiment = try Person.load(ExperimentConfiguration())
    let thread = try TrainingThread(experiment, kernels: .best, load: Person.load, wake: {})
    // All of it lies in the mailbox when the thread looks into it.
    thread.send(.travel(.step(99_999_999), of: 0))
    thread.send(.callOff)
    thread.start()
    defer { thread.stop() }
    let snapshot = try wait(for: thread) { $0.handledCommands == 2 }
    #expect(snapshot.step < 99_999_999 && !snapshot.isRunning)
  }
}
