import DropoutCore
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
    thread.send(.watch(offset: 3))
    let snapshot = try wait(for: thread) { $0.step == 20_000 && $0.watched.step == 20_000 }
    #expect(!snapshot.isRunning)
    let trainer = try Trainer(
      configuration: experiment.configuration, dataset: experiment.dataset)
    try trainer.advance(steps: 20_000)
    #expect(try trainer.evidence() == snapshot.watched.value.evidence)
    #expect(snapshot.watched.value.row == 3)
  }

  @Test(
    "A change while it runs takes effect, and what was measured before it is told from what comes after"
  )
  func changes() throws {
    let experiment = try Person.load(ExperimentConfiguration())
    let thread = try TrainingThread(
      experiment, kernels: .best, load: Person.load, wake: {})
    thread.start()
    defer { thread.stop() }
    thread.send(.run(true))
    _ = try wait(for: thread) { $0.step > 5 }
    thread.send(.change(.parameter(name: "keep", value: "0.8")))
    let changed = try wait(for: thread) { $0.generation == 1 }
    #expect(changed.configuration.keep == PerLayer(0.8))
    #expect(changed.watched.value.evidence.configuration.keep == PerLayer(0.8))
    let measured = try wait(for: thread) {
      $0.isCurrent($0.divergence) && $0.isCurrent($0.counterfactual)
    }
    #expect(abs(measured.divergence.value[1].ratio - 1.25) < 1e-5)
  }
}
