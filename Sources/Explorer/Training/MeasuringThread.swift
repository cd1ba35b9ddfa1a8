import Threads

/// A thread that measures beside the training: it takes a request when it is idle, works on it, and
/// then rests as long as it worked, half a second at most.
///
/// Requests are values, copies of what they need, so training never waits for a measurement.
final class MeasuringThread<Request: Sendable>: Sendable {
  /// Measures what a request asks for; it lives on the thread, so it may own what threads cannot
  /// share.
  ///
  /// The closure that it is given says whether another request waits, so that a long measurement
  /// can make way.
  typealias Work = (Request, _ isSuperseded: () -> Bool) -> Void

  private struct Desk: Sendable {
    var request: Request?
    var isBusy = false
    var isResting = false
    var isStopped = false
  }

  private let desk = Guarded(Desk())
  private let bell = Bell()
  private let makeWork: @Sendable () -> Work

  /// Creates a thread; `makeWork` is called on it, once.
  init(makeWork: @escaping @Sendable () -> Work) {
    self.makeWork = makeWork
  }

  /// Whether a request that can wait would be taken at once.
  var isIdle: Bool { desk.withLock { !$0.isBusy && !$0.isResting && $0.request == nil } }

  /// Asks for something to be measured, in place of what waits; a rest is cut short.
  func measure(_ request: Request) {
    desk.withLock { $0.request = request }
    bell.ring()
  }

  /// Starts the thread.
  func start() {
    WorkerThread.start { [self] in run(makeWork()) }
  }

  /// Ends the thread after its present work.
  func stop() {
    desk.withLock { $0.isStopped = true }
    bell.ring()
  }

  private func run(_ work: Work) {
    let clock = ContinuousClock()
    while true {
      let (request, isStopped) = desk.withLock { desk in
        defer { desk.request = nil }
        desk.isBusy = desk.request != nil
        return (desk.request, desk.isStopped)
      }
      if isStopped { return }
      guard let request else {
        bell.wait()
        continue
      }
      let start = clock.now
      work(request) { desk.withLock { $0.request != nil || $0.isStopped } }
      let worked = (clock.now - start) / .seconds(1)
      desk.withLock { desk in
        desk.isBusy = false
        desk.isResting = true
      }
      rest(seconds: min(0.5, max(0.02, worked)))
      desk.withLock { $0.isResting = false }
    }
  }

  /// Rests, unless there is a request.
  private func rest(seconds: Double) {
    let end = ContinuousClock.now + .seconds(seconds)
    while desk.withLock({ $0.request == nil && !$0.isStopped }) {
      // The bell may still ring for a request that was taken up already.
      guard bell.wait(atMost: end - ContinuousClock.now) else { return }
    }
  }
}
