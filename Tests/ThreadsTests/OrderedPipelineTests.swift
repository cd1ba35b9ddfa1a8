import Dispatch
import Testing
import Threads

@Suite("Pipelines") struct OrderedPipelineTests {
  private struct Refused: Error, Equatable {
    var value: Int
  }

  /// Numbers that several threads add to.
  private final class Record: Sendable {
    let numbers = Guarded<[Int]>([])
    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
  }

  @Test(
    "Results are delivered in the order of the values, whatever the threads and the room",
    arguments: [1, 2, 5], [1, 2, 7])
  func order(threads: Int, capacity: Int) throws {
    let delivered = Record()
    let pipeline = OrderedPipeline<Int, Int>(threads: threads, capacity: capacity) {
      { value in value * value }
    } deliver: { result, _ in
      delivered.add(result)
    }
    for value in 0..<500 { try pipeline.handOver(value) }
    try pipeline.finish()
    #expect(delivered.all == (0..<500).map { $0 * $0 })
  }

  @Test("A result waits for those before it, however long they take")
  func slowFirst() throws {
    let delivered = Record()
    let newest = Record()
    let hold = DispatchSemaphore(value: 0)
    let others = DispatchSemaphore(value: 0)
    let pipeline = OrderedPipeline<Int, Int>(threads: 2, capacity: 4) {
      { value in
        if value == 0 { hold.wait() } else { others.signal() }
        return value
      }
    } deliver: { result, isNewest in
      delivered.add(result)
      if isNewest { newest.add(result) }
    }
    for value in 0..<4 { try pipeline.handOver(value) }
    // The other thread has worked on all later values, but none of their results is delivered.
    for _ in 1..<4 { others.wait() }
    #expect(delivered.all == [])
    hold.signal()
    try pipeline.finish()
    #expect(delivered.all == [0, 1, 2, 3])
    #expect(newest.all.last == 3)
  }

  @Test("No more values are under way than there is room for", arguments: [1, 3])
  func room(capacity: Int) throws {
    let underWay = Guarded((now: 0, most: 0))
    let pipeline = OrderedPipeline<Int, Int>(threads: 2, capacity: capacity) {
      { $0 }
    } deliver: { _, _ in
      underWay.withLock { $0.now -= 1 }
    }
    for value in 0..<300 {
      try pipeline.handOver(value)
      // A value delivered meanwhile is counted when it is handed over, so the count may briefly be
      // below 0.
      underWay.withLock { count in
        count.now += 1
        count.most = max(count.most, count.now)
      }
    }
    try pipeline.finish()
    #expect(underWay.withLock { $0.now } == 0)
    #expect(underWay.withLock { $0.most } <= capacity)
  }

  @Test("A maker waits where nothing is delivered, and goes on when something is")
  func backPressure() throws {
    let gate = DispatchSemaphore(value: 0)
    let handedOver = Record()
    let oneMore = DispatchSemaphore(value: 0)
    let pipeline = OrderedPipeline<Int, Int>(threads: 1, capacity: 2) {
      { value in
        gate.wait()
        return value
      }
    } deliver: { _, _ in
    }
    WorkerThread.start {
      for value in 0..<3 {
        do {
          try pipeline.handOver(value)
          handedOver.add(value)
        } catch {
          Issue.record(error)
        }
        oneMore.signal()
      }
    }
    oneMore.wait()
    oneMore.wait()
    // The third one has no room until the first one is finished, however long it waits.
    #expect(oneMore.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
    #expect(handedOver.all == [0, 1])
    gate.signal()
    oneMore.wait()
    #expect(handedOver.all == [0, 1, 2])
    gate.signal()
    gate.signal()
    try pipeline.finish()
  }

  @Test("What delivery throws comes out where the next value is handed over, and at the end")
  func failure() throws {
    let delivered = Record()
    let pipeline = OrderedPipeline<Int, Int>(threads: 2, capacity: 3) {
      { $0 }
    } deliver: { result, _ in
      if result == 4 { throw Refused(value: result) }
      delivered.add(result)
    }
    for value in 0..<5 { try pipeline.handOver(value) }
    #expect(throws: Refused(value: 4)) { try pipeline.drain() }
    #expect(throws: Refused(value: 4)) { try pipeline.handOver(5) }
    #expect(throws: Refused(value: 4)) { try pipeline.finish() }
    #expect(delivered.all == [0, 1, 2, 3])
  }

  @Test("After a drain all results are there, and more can be handed over")
  func drain() throws {
    let delivered = Record()
    let pipeline = OrderedPipeline<Int, Int>(threads: 3, capacity: 3) {
      { $0 }
    } deliver: { result, _ in
      delivered.add(result)
    }
    for value in 0..<10 {
      try pipeline.handOver(value)
      try pipeline.drain()
      #expect(delivered.all.count == value + 1)
    }
    try pipeline.finish()
  }
}
