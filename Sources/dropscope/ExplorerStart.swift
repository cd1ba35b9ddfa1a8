import DropoutEngine
import Explorer
import Sessions
import Threads

/// Makes the explorer's experiment on a thread of its own, so that the screen can open, and be
/// left, meanwhile.
final class ExplorerStart: Sendable {
  /// The experiment, and its training.
  typealias Made = (experiment: Experiment, training: TrainingThread, sentences: [String])

  private struct State: Sendable {
    var activity = ""
    var result: Result<Made, any Error>?
  }

  private let state = Guarded(State())
  private let finished = Bell()

  /// Starts making it.
  ///
  /// `wake` is called when ``activity`` or ``made`` changes, and when the training has a snapshot.
  init(
    _ start: StartingPoint, kernels: KernelPath, wake: @escaping @Sendable () -> Void
  ) {
    WorkerThread.start { [self] in
      let result = Result {
        try ExplorerStart.make(start, kernels: kernels, wake: wake) { [self] text in
          state.withLock { $0.activity = text }
          wake()
        }
      }
      state.withLock { $0.result = result }
      finished.ring()
      wake()
    }
  }

  /// The least time between two activities that are shown of one journey.
  private static let frame = Duration.milliseconds(100)

  private static func make(
    _ start: StartingPoint, kernels: KernelPath, wake: @escaping @Sendable () -> Void,
    saying: @escaping @Sendable (String) -> Void
  ) throws -> Made {
    let experiment = try start.load(saying: saying)
    let learners = experiment.settings.experiment.learnerCount
    saying(learners == 1 ? "preparing the network" : "preparing \(learners) learners")
    if let session = start.resumed?.session {
      saying(ReplayBar.text(TimelineProgress(step: 0, goal: session.position.step)))
    }
    let told = Guarded(ContinuousClock.now)
    do {
      let training = try TrainingThread(
        start.loaded(experiment), kernels: kernels,
        replaying: { progress in
          let isDue = told.withLock { told in
            let now = ContinuousClock.now
            guard now - told >= ExplorerStart.frame else { return false }
            told = now
            return true
          }
          if isDue { saying(ReplayBar.text(progress)) }
        }, load: Experiment.loader, wake: wake)
      return (experiment, training, try start.sentences(experiment, training.snapshot))
    } catch {
      throw Experiment.failure(error)
    }
  }

  /// The current activity, in words.
  var activity: String { state.withLock { $0.activity } }

  /// The finished experiment; nil until it is ready.
  ///
  /// - Throws: the reason why it cannot be made.
  var made: Made? { get throws { try state.withLock { $0.result }?.get() } }

  /// Waits a while for the experiment; nil where it takes longer.
  ///
  /// - Throws: the reason why it cannot be made.
  func wait(_ time: Duration) throws -> Made? {
    let milliseconds = Int(nearest: time / .milliseconds(1), in: 0...60_000)
    finished.wait(atMost: .milliseconds(milliseconds))
    return try made
  }
}
