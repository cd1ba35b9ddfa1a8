import Dispatch
import Synchronization

/// Turns values into results on threads of its own while the thread that makes the values goes on, and delivers the
/// results in the order of the values.
///
/// At most so many values are under way: a maker that is faster than the threads waits in ``handOver(_:)``, so memory
/// is bounded. The results are delivered one at a time, each as soon as it and all before it are there. Call
/// ``finish()`` at the end: it waits for the rest and ends the threads.
public final class OrderedPipeline<Value: Sendable, Result: Sendable>: Sendable {
  /// What a thread does with a value; it lives on that thread, so it may own what threads cannot share.
  public typealias Work = (Value) -> Result
  /// Takes a result; `isNewest` says that no later one is there yet.
  public typealias Delivery = @Sendable (_ result: Result, _ isNewest: Bool) throws -> Void

  private struct Intake: Sendable {
    var values: [(number: Int, value: Value)] = []
    var count = 0
  }

  private struct Outlet: Sendable {
    var results: [Int: Result] = [:]
    var next = 0
    var failure: (any Error)?
  }

  private let capacity: Int
  private let threads: Int
  private let intake = Mutex(Intake())
  private let outlet = Mutex(Outlet())
  /// Counts the values that may still be taken in.
  private let room: DispatchSemaphore
  /// Counts the values that wait for a thread; one more than that ends a thread.
  private let waiting = DispatchSemaphore(value: 0)
  private let deliver: Delivery

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - threads: how many there are, at least 1; more than `capacity` are not started.
  ///   - capacity: how many values may be under way, at least 1.
  ///   - makeWork: called once on each thread.
  ///   - deliver: takes the results, never two at once; after it threw, it is not called again.
  public init(
    threads: Int, capacity: Int, makeWork: @escaping @Sendable () -> Work,
    deliver: @escaping Delivery
  ) {
    precondition(threads >= 1, "\(threads) threads are below 1")
    precondition(capacity >= 1, "a capacity of \(capacity) is below 1")
    self.capacity = capacity
    self.threads = min(threads, capacity)
    self.deliver = deliver
    // A semaphore must not have less than at its start when it goes, so it starts with none.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<capacity { room.signal() }
    for _ in 0..<self.threads {
      WorkerThread.start { [self] in work(makeWork()) }
    }
  }

  /// Hands a value over, and waits while there is no room.
  ///
  /// - Throws: what `deliver` threw for an earlier one; the value is not taken then.
  public func handOver(_ value: Value) throws {
    room.wait()
    if let failure = outlet.withLock({ $0.failure }) {
      room.signal()
      throw failure
    }
    intake.withLock { intake in
      intake.values.append((intake.count, value))
      intake.count += 1
    }
    waiting.signal()
  }

  /// Waits until all results are delivered.
  ///
  /// - Throws: what `deliver` threw.
  public func drain() throws {
    for _ in 0..<capacity { room.wait() }
    for _ in 0..<capacity { room.signal() }
    if let failure = outlet.withLock({ $0.failure }) { throw failure }
  }

  /// Waits until all results are delivered, and ends the threads; nothing can be handed over after it.
  ///
  /// - Throws: what `deliver` threw.
  public func finish() throws {
    defer { for _ in 0..<threads { waiting.signal() } }
    try drain()
  }

  private func work(_ work: Work) {
    while true {
      waiting.wait()
      let next = intake.withLock { intake in
        intake.values.isEmpty ? nil : intake.values.removeFirst()
      }
      guard let (number, value) = next else { return }
      put(work(value), number: number)
    }
  }

  /// Delivers a result, and those after it that had to wait for it.
  private func put(_ result: Result, number: Int) {
    outlet.withLock { outlet in
      outlet.results[number] = result
      while let result = outlet.results.removeValue(forKey: outlet.next) {
        outlet.next += 1
        if outlet.failure == nil {
          do {
            try deliver(result, outlet.results[outlet.next] == nil)
          } catch {
            outlet.failure = error
          }
        }
        room.signal()
      }
    }
  }
}
