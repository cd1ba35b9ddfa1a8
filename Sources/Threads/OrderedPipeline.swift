import Dispatch

/// Turns values into results on its own threads while the maker of the values continues, and
/// delivers the results in the order of the values.
///
/// The number of values under way is limited: a maker that is faster than the threads waits in
/// ``handOver(_:)``, so memory is bounded. Results are delivered one at a time, each as soon as it
/// and all before it are ready. Call ``finish()`` at the end: it waits for the rest and ends the
/// threads. Only one thread at a time may make values.
///
/// Waking a thread costs the maker some microseconds, which is more than many steps of a small
/// training. So a thread that runs out of work naps before it sleeps, and several values gather
/// during a nap. A second thread is woken only where values pile up. A maker that waits for results
/// wakes all threads.
public final class OrderedPipeline<Value: Sendable, Result: Sendable>: Sendable {
  /// The work of a thread on a value.
  ///
  /// It lives on that thread, so it may own things that threads cannot share.
  public typealias Work = (Value) -> Result
  /// Takes a result; `isNewest` tells that no later one is ready yet.
  public typealias Delivery = @Sendable (_ result: Result, _ isNewest: Bool) throws -> Void

  /// The length of a nap, and the number of fruitless naps after which a thread goes to sleep.
  private static var nap: Duration { .microseconds(400) }
  private static var napsBeforeSleep: Int { 4 }

  /// The values that wait for a thread, each at its number modulo the capacity, and the state of
  /// waiting threads.
  private struct Intake: Sendable {
    var values: [Value?]
    /// The numbers of values handed over, taken by a thread, and delivered.
    var handedOver = 0
    var taken = 0
    var delivered = 0
    /// The number of threads that sleep and that nobody has woken yet.
    var sleeping = 0
    /// Whether a thread naps; all others without work sleep.
    var isNapping = false
    /// The number of values under way at which the maker continues; nil where it does not wait.
    var awaited: Int?
    var hasEnded = false
    var failure: (any Error)?

    var waiting: Int { handedOver - taken }
    var underWay: Int { handedOver - delivered }
  }

  /// The results that wait for earlier ones, each at its value's number modulo the capacity.
  private struct Outlet: Sendable {
    var results: [Result?]
    var next = 0
  }

  /// The next action of a thread.
  private enum Turn {
    case take(number: Int, value: Value)
    case nap, sleep, end
  }

  private let capacity: Int
  private let threads: Int
  private let intake: Guarded<Intake>
  private let outlet: Guarded<Outlet>
  /// Wakes the maker.
  private let delivery = DispatchSemaphore(value: 0)
  /// Wakes a sleeping thread: once for each that no longer counts as sleeping.
  private let alarm = DispatchSemaphore(value: 0)
  /// Ends a nap early; an extra call does no harm.
  private let call = Bell()
  private let deliver: Delivery

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - threads: the number of threads, at least 1; at most `capacity` are started.
  ///   - capacity: the largest number of values under way, at least 1.
  ///   - makeWork: called once on each thread.
  ///   - deliver: takes the results, never two at once; it is not called again after it throws.
  public init(
    threads: Int, capacity: Int, makeWork: @escaping @Sendable () -> Work,
    deliver: @escaping Delivery
  ) {
    precondition(threads >= 1, "\(threads) threads are below 1")
    precondition(capacity >= 1, "a capacity of \(capacity) is below 1")
    self.capacity = capacity
    self.threads = min(threads, capacity)
    self.deliver = deliver
    intake = Guarded(Intake(values: [Value?](repeating: nil, count: capacity)))
    outlet = Guarded(Outlet(results: [Result?](repeating: nil, count: capacity)))
    for _ in 0..<self.threads {
      WorkerThread.start { [self] in work(makeWork()) }
    }
  }

  /// Hands a value over; where there is no room it waits until half of the room is free.
  ///
  /// - Throws: the error of `deliver` for an earlier value; this one is not taken then.
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
  /// - Throws: the error of `deliver`.
  public func drain() throws { try awaitDeliveries(whereUnderWay: 1, until: 0) }

  /// Waits until all results are delivered, and ends the threads; nothing can be handed over after
  /// it.
  ///
  /// - Throws: the error of `deliver`.
  public func finish() throws {
    defer {
      intake.withLock { $0.hasEnded = true }
      wakeAll()
    }
    try drain()
  }

  /// If at least `many` values are under way, waits until at most `few` are.
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
    if isNapping { call.ring() }
  }

  private func work(_ work: Work) {
    while let (number, value) = takeValue() { put(work(value), number: number) }
  }

  /// Takes the next value, or waits for one; nil at the end.
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
        call.wait(atMost: OrderedPipeline.nap)
        intake.withLock { $0.isNapping = false }
      case .sleep:
        naps = 0
        alarm.wait()
      }
    }
  }

  /// Delivers a result, followed by later ones that had to wait for it.
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
