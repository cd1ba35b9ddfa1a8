/// Computes independent runs on several cores.
public enum ParallelRuns {
  /// Computes numbered runs, at most `jobs` of them at once, started in the given order.
  ///
  /// The result of a run must depend on its number alone. Then `jobs` decides only the order in
  /// which runs finish, not their results.
  ///
  /// - Parameters:
  ///   - numbers: the runs.
  ///   - jobs: the largest number of runs at once, at least 1; never more than there are cores.
  ///   - compute: computes one run, or nil where it was given up; called on several threads.
  ///   - finished: called with each result as soon as it is ready; never twice at once.
  /// - Throws: the first error of either closure. Runs that have not begun are left out; the others
  ///   see `Task.isCancelled`.
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
        // A run that was given up ends everything: waiting runs are not begun.
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
