import DropoutEngine
import Explorer

/// The race of an explorer, on a thread of its own as soon as one was started.
struct ExplorerRace {
  private let allowedMemory: Int?
  private let kernels: KernelPath
  private let wake: @Sendable () -> Void
  private var thread: RaceThread?

  /// Prepares for a race; `wake` is called when it has something new.
  init(allowedMemory: Int?, kernels: KernelPath, wake: @escaping @Sendable () -> Void) {
    (self.allowedMemory, self.kernels, self.wake) = (allowedMemory, kernels, wake)
  }

  /// The newest that it published; nil before the first start.
  var snapshot: RaceSnapshot? { thread?.snapshot }

  /// Carries out a command; a start takes the place of the race that there is.
  mutating func perform(_ command: RaceCommand, on snapshot: TrainingSnapshot) {
    if case .start = command {
      stop()
      thread = RaceThread(
        RaceTraining(on: snapshot, allowedMemory: allowedMemory, kernels: kernels), wake: wake)
      thread?.start()
    }
    thread?.send(command)
  }

  /// A runner as it stands; nil where another race stands by now.
  func handover(of lane: Int, in identity: RaceIdentity) -> TrainingHandover? {
    thread?.handover(of: lane, in: identity)
  }

  /// Pauses it, and waits a while until all that was asked of it is done.
  func settle(within patience: Duration) {
    guard let thread else { return }
    thread.send(.run(false))
    thread.settle(within: patience)
  }

  /// Ends its thread.
  func stop() { thread?.stop() }
}
