import Dispatch
import Synchronization

/// Turns values into results on threads of its own while the thread that makes the values goes on, and delivers the
/// results in the order of the values.
///
/// At most so many values are under way: a maker that is faster than the threads waits in ``handOver(_:)``, so memory
/// is bounded. The results are delivered one at a time, each as soon as it and all before it are there. Call
/// ``finish()`` at the end: it waits for the rest and ends the threads. One thread at a time makes values.
///
/// Waking a thread costs the maker some microseconds, which is more than many steps of a small training. So a thread
/// that runs out of work naps before it sleeps, a nap lets several values gather, and a second thread is woken only
/// where values pile up; a maker that waits for results wakes them all.
public final class OrderedPipeline<Value: Sendable, Result: Sendable>: Sendable {
  /// What a thread does with a value; it lives on that thread, so it may own what threads cannot share.
  public typealias Work = (Value) -> Result
  /// Takes a result; `isNewest` says that no later one is there yet.
  public typealias Delivery = @Sendable (_ result: Result, _ isNewest: Bool) throws -> Void

  /// How long a nap is, and after how many that brought nothing a thread goes to sleep.
  private static var nap: DispatchTimeInterval { .microseconds(400) }
  private static var napsBeforeSleep: Int { 4 }

  /// The values that wait for a thread, each at its number modulo the capacity, and who waits for whom.
  private struct Intake: Sendable {
    var values: [Value?]
    /// How many were handed over, taken by a thread, and delivered.
    var handedOver = 0
    var taken = 0
    var delivered = 0
    /// The threads that sleep and that nobody has woken yet.
    var sleeping = 0
    /// Whether a thread naps; where one does, others sleep.
    var isNapping = false
    /// How many values may be under way when the maker goes on; nil where it does not wait.
    var awaited: Int?
    var hasEnded = false
    var failure: (any Error)?

    var waiting: Int { handedOver - taken }
    var underWay: Int { handedOver - delivered }
  }

  /// The results that wait for those before them, each at its value's number modulo the capacity.
  private struct Outlet: Sendable {
    var results: [Result?]
    var next = 0
  }

  /// What a thread does next.
  private enum Turn {
    case take(number: Int, value: Value)
    case nap, sleep, end
  }

  private let capacity: Int
  private let threads: Int
  private let intake: Mutex<Intake>
  private let outlet: Mutex<Outlet>
  /// Wakes the maker.
  private let delivery = DispatchSemaphore(value: 0)
  /// Wakes a thread that sleeps: once for each that is no longer counted as sleeping.
  private let alarm = DispatchSemaphore(value: 0)
  /// Ends a nap early; once too often does no harm.
  private let call = DispatchSemaphore(value: 0)
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
    intake = Mutex(Intake(values: [Value?](repeating: nil, count: capacity)))
    outlet = Mutex(Outlet(results: [Result?](repeating: nil, count: capacity)))
    for _ in 0..<self.threads {
      WorkerThread.start { [self] in work(makeWork()) }
    }
  }

  /// Hands a value over; where there is no room it waits until half of it is free.
  ///
  /// - Throws: what `deliver` threw for an earlier one; the value is not taken then.
  public func handOver(_ value: Value) throws {
    try awaitDeliveries(whereUnderWay: capacity, until: capacity / 2)
    let wakesOne = intake.withLock { intake in
      intake.values[intake.handedOver % capacity] = value
      intake.handedOver += 1
      let allSleep = intake.sleeping == threads
      guard intake.sleeping > 0, allSleep || 2 * intake.waiting >= capacity else { return false }
      intake.sleeping -= 1
      return true
    }
    if wakesOne { alarm.signal() }
  }

  /// Waits until all results are delivered.
  ///
  /// - Throws: what `deliver` threw.
  public func drain() throws { try awaitDeliveries(whereUnderWay: 1, until: 0) }

  /// Waits until all results are delivered, and ends the threads; nothing can be handed over after it.
  ///
  /// - Throws: what `deliver` threw.
  public func finish() throws {
    defer {
      intake.withLock { $0.hasEnded = true }
      wakeAll()
    }
    try drain()
  }

  /// Waits, where at least `many` values are under way, until at most `few` are.
  private func awaitDeliveries(whereUnderWay many: Int, until few: Int) throws {
    let mustWait = intake.withLock { intake in
      guard intake.underWay >= many else { return false }
      intake.awaited = few
      return true
    }
    if mustWait {
      wakeAll()
      delivery.wait()
    }
    if let failure = intake.withLock({ $0.failure }) { throw failure }
  }

  private func wakeAll() {
    let (sleeping, isNapping) = intake.withLock { intake in
      defer { intake.sleeping = 0 }
      return (intake.sleeping, intake.isNapping)
    }
    for _ in 0..<sleeping { alarm.signal() }
    if isNapping { call.signal() }
  }

  private func work(_ work: Work) {
    while let (number, value) = takeValue() { put(work(value), number: number) }
  }

  /// Takes the next value, and waits for one where there is none; nil at the end.
  private func takeValue() -> (number: Int, value: Value)? {
    var naps = 0
    while true {
      let turn: Turn = intake.withLock { intake in
        if intake.waiting > 0 {
          let number = intake.taken
          guard let value = intake.values[number % capacity] else {
            preconditionFailure("value \(number) waits and is not there")
          }
          intake.values[number % capacity] = nil
          intake.taken += 1
          return .take(number: number, value: value)
        }
        if intake.hasEnded { return .end }
        if !intake.isNapping && naps < OrderedPipeline.napsBeforeSleep {
          intake.isNapping = true
          return .nap
        }
        intake.sleeping += 1
        return .sleep
      }
      switch turn {
      case .take(let number, let value): return (number, value)
      case .end: return nil
      case .nap:
        naps += 1
        _ = call.wait(timeout: .now() + OrderedPipeline.nap)
        intake.withLock { $0.isNapping = false }
      case .sleep:
        naps = 0
        alarm.wait()
      }
    }
  }

  /// Delivers a result, and those after it that had to wait for it.
  private func put(_ result: Result, number: Int) {
    outlet.withLock { outlet in
      outlet.results[number % capacity] = result
      while let result = outlet.results[outlet.next % capacity] {
        outlet.results[outlet.next % capacity] = nil
        outlet.next += 1
        var failure: (any Error)?
        if intake.withLock({ $0.failure == nil }) {
          do {
            try deliver(result, outlet.results[outlet.next % capacity] == nil)
          } catch {
            failure = error
          }
        }
        let wakesMaker = intake.withLock { intake in
          intake.delivered += 1
          if let failure { intake.failure = failure }
          guard let awaited = intake.awaited, intake.underWay <= awaited else { return false }
          intake.awaited = nil
          return true
        }
        if wakesMaker { delivery.signal() }
      }
    }
  }
}
