import Dispatch

/// Computes independent runs on several threads.
public enum ParallelRuns {
  /// Computes numbered runs, at most `jobs` of them at once, started in the given order.
  ///
  /// The result of a run must depend on its number alone. Then `jobs` decides only the order in
  /// which runs finish, not their results. Where the system gives fewer threads, fewer runs are
  /// computed at once; where it gives none, the calling thread computes them.
  ///
  /// - Parameters:
  ///   - numbers: the runs.
  ///   - jobs: the largest number of runs at once, at least 1.
  ///   - compute: computes one run, or nil where it was given up; called on several threads. Its
  ///     second argument is true once all runs are to be given up.
  ///   - finished: called on the calling thread with each result as soon as it is ready.
  /// - Throws: the first error of either closure. Runs that have not begun are left out.
  public static func forEach<Value: Sendable>(
    _ numbers: [Int], jobs: Int,
    compute: @escaping @Sendable (Int, _ isEnded: @Sendable () -> Bool) throws -> Value?,
    finished: (Int, Value) throws -> Void
  ) throws {
    precondition(jobs >= 1, "\(jobs) jobs are below 1")
    let board = Board(numbers, compute: compute)
    var workers = 0
    while workers < min(jobs, numbers.count), WorkerThread.tryStart({ board.work() }) == 0 {
      workers += 1
    }
    var failure: (any Error)?
    func take(_ outcome: Outcome<Value>) {
      switch outcome {
      case .finished(let number, let value):
        guard failure == nil else { return }
        do {
          try finished(number, value)
        } catch {
          failure = error
          board.cancel()
        }
      case .failed(let error): failure = failure ?? error
      case .idle: workers -= 1
      }
    }
    if workers == 0 {
      while let outcome = board.computeNext() { take(outcome) }
    }
    while workers > 0 { take(board.next()) }
    if let failure { throw failure }
  }

  /// The end of a run, or of a thread's work.
  private enum Outcome<Value: Sendable>: Sendable {
    case finished(Int, Value)
    case failed(any Error)
    case idle
  }

  /// The runs that wait, and the outcomes that nobody has taken yet.
  private final class Board<Value: Sendable>: Sendable {
    private struct State: Sendable {
      var waiting: ArraySlice<Int>
      var outcomes: [Outcome<Value>] = []
      var isCancelled = false
    }

    private let state: Guarded<State>
    private let arrived = DispatchSemaphore(value: 0)
    private let compute: @Sendable (Int, _ isEnded: @Sendable () -> Bool) throws -> Value?

    init(
      _ numbers: [Int],
      compute: @escaping @Sendable (Int, _ isEnded: @Sendable () -> Bool) throws -> Value?
    ) {
      state = Guarded(State(waiting: numbers[...]))
      self.compute = compute
    }

    /// Computes runs until none waits.
    func work() {
      while let outcome = computeNext() { post(outcome) }
      post(.idle)
    }

    /// Computes the next run; nil where none waits, or where it was given up.
    func computeNext() -> Outcome<Value>? {
      guard let number = state.withLock({ $0.waiting.popFirst() }) else { return nil }
      do {
        let value = try compute(number) { self.state.withLock { $0.isCancelled } }
        if let value { return .finished(number, value) }
        // A run that was given up ends everything: waiting runs are not begun.
        state.withLock { $0.waiting = [] }
        return nil
      } catch {
        cancel()
        return .failed(error)
      }
    }

    /// Gives up all runs.
    func cancel() {
      state.withLock {
        $0.isCancelled = true
        $0.waiting = []
      }
    }

    /// The next outcome, once there is one.
    func next() -> Outcome<Value> {
      arrived.wait()
      return state.withLock { $0.outcomes.removeFirst() }
    }

    private func post(_ outcome: Outcome<Value>) {
      state.withLock { $0.outcomes.append(outcome) }
      arrived.signal()
    }
  }
}
