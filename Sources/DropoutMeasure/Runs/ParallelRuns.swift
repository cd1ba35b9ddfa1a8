/// Computes independent runs on several cores.
public enum ParallelRuns {
  /// Computes each of some numbered runs, at most `jobs` of them at once, started in the order given.
  ///
  /// What a run computes must depend on its number alone; then the results do not depend on `jobs`, and only the order
  /// in which they finish does.
  ///
  /// - Parameters:
  ///   - numbers: the runs.
  ///   - jobs: how many may be computed at once, at least 1; no more than there are cores ever are.
  ///   - compute: one run; nil where it was given up. It is called on several threads.
  ///   - finished: is told each result as soon as it is there; never two at once.
  /// - Throws: the first error of either; runs that have not begun are left out, others see `Task.isCancelled`.
  public static func forEach<Value: Sendable>(
    _ numbers: [Int], jobs: Int, compute: @escaping @Sendable (Int) throws -> Value?,
    finished: (Int, Value) throws -> Void
  ) async throws {
    precondition(jobs >= 1, "\(jobs) jobs are below 1")
    try await withThrowingTaskGroup(of: (number: Int, value: Value?).self) { group in
      var waiting = numbers[...]
      func startNext() {
        guard let number = waiting.popFirst() else { return }
        group.addTask { (number, try compute(number)) }
      }
      for _ in 0..<min(jobs, numbers.count) { startNext() }
      while let (number, value) = try await group.next() {
        // A run that was given up ends the whole: what waits is not begun.
        guard let value else {
          waiting = []
          continue
        }
        try finished(number, value)
        startNext()
      }
    }
  }
}
