import Synchronization
import Testing
import Threads

@Suite("Runs on several threads") struct ParallelRunsTests {
  private struct Failure: Error {}

  @Test("Each run is computed once, however many at once", arguments: [1, 2, 5, 100])
  func once(jobs: Int) throws {
    let begun = Guarded<[Int]>([])
    var results: [Int: Int] = [:]
    try ParallelRuns.forEach(Array(0..<40), jobs: jobs) { number, _ in
      begun.withLock { $0.append(number) }
      return number * number
    } finished: { number, result in
      #expect(results[number] == nil)
      results[number] = result
    }
    #expect(results == Dictionary(uniqueKeysWithValues: (0..<40).map { ($0, $0 * $0) }))
    #expect(begun.withLock { $0.sorted() } == Array(0..<40))
    if jobs == 1 { #expect(begun.withLock { $0 } == Array(0..<40)) }
  }

  @Test("The first error ends all runs: those under way are told, the others never begin")
  func error() {
    let begun = Atomic(0)
    let told = Atomic(0)
    #expect(throws: Failure.self) {
      try ParallelRuns.forEach(Array(0..<50), jobs: 2) { number, isEnded -> Int? in
        begun.add(1, ordering: .relaxed)
        if number == 3 { throw Failure() }
        // This run lasts until it is told to end.
        while number == 2, !isEnded() {}
        if number == 2 { told.add(1, ordering: .relaxed) }
        return number
      } finished: { _, _ in
      }
    }
    #expect(told.load(ordering: .relaxed) == 1)
    #expect(begun.load(ordering: .relaxed) < 50)
  }

  @Test("An error of whoever takes the results ends all runs too") func errorOfTaker() {
    var taken = 0
    #expect(throws: Failure.self) {
      try ParallelRuns.forEach(Array(0..<50), jobs: 3) { number, _ in
        number
      } finished: { _, _ in
        taken += 1
        throw Failure()
      }
    }
    #expect(taken == 1)
  }

  @Test("A run that is given up ends the waiting ones, and is no error") func givenUp() throws {
    var finished: [Int] = []
    try ParallelRuns.forEach(Array(0..<50), jobs: 1) { number, _ in
      number < 4 ? number : nil
    } finished: { number, _ in
      finished.append(number)
    }
    #expect(finished == [0, 1, 2, 3])
  }

  @Test("No runs are no work") func none() throws {
    try ParallelRuns.forEach([], jobs: 4) { number, _ in
      number
    } finished: { _, _ in
      Issue.record("nothing was to be computed")
    }
  }
}
