import CLibrary

/// A bell that threads wait for: each ring wakes one waiter, and rings are kept until somebody
/// waits.
///
/// Waiting for some time goes by a clock that nobody sets. A semaphore of Dispatch goes by the time
/// of day on Linux, so that it waits for an hour where the time is set back by an hour.
public final class Bell: Sendable {
  // The system wants these to stay at their addresses, which fields of Swift do not promise. The
  // pointers never change, and what they lead to is changed by the system or under the mutex.
  private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private nonisolated(unsafe) let condition: UnsafeMutablePointer<pthread_cond_t>
  /// The rings that nobody has waited for; guarded by the mutex.
  private nonisolated(unsafe) let rings: UnsafeMutablePointer<Int>

  /// Creates a bell that has not rung.
  public init() {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    rings = .allocate(capacity: 1)
    rings.initialize(to: 0)
    pthread_mutex_init(mutex, nil)
    #if canImport(Darwin)
      pthread_cond_init(condition, nil)
    #else
      let attributes = UnsafeMutablePointer<pthread_condattr_t>.allocate(capacity: 1)
      defer { attributes.deallocate() }
      pthread_condattr_init(attributes)
      pthread_condattr_setclock(attributes, CLOCK_MONOTONIC)
      pthread_cond_init(condition, attributes)
      pthread_condattr_destroy(attributes)
    #endif
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
    rings.deallocate()
  }

  /// Rings it.
  public func ring() {
    pthread_mutex_lock(mutex)
    rings.pointee += 1
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until it rings, or has rung.
  public func wait() {
    pthread_mutex_lock(mutex)
    while rings.pointee == 0 { pthread_cond_wait(condition, mutex) }
    rings.pointee -= 1
    pthread_mutex_unlock(mutex)
  }

  /// Waits until it rings, or has rung, for at most some time.
  ///
  /// - Returns: whether it rang.
  @discardableResult public func wait(atMost duration: Duration) -> Bool {
    let end = ContinuousClock.now + duration
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while rings.pointee == 0 {
      let left = end - ContinuousClock.now
      guard left > .zero else { return false }
      wait(aMoment: left)
    }
    rings.pointee -= 1
    return true
  }

  /// Waits for a signal, which may come for nothing.
  private func wait(aMoment duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec()
    #if canImport(Darwin)
      time.tv_sec = .init(clamping: seconds)
      time.tv_nsec = .init(attoseconds / 1_000_000_000)
      pthread_cond_timedwait_relative_np(condition, mutex, &time)
    #else
      clock_gettime(CLOCK_MONOTONIC, &time)
      let nanoseconds = Int64(time.tv_nsec) + attoseconds / 1_000_000_000
      time.tv_sec += .init(clamping: min(seconds, 1 << 40) + nanoseconds / 1_000_000_000)
      time.tv_nsec = .init(nanoseconds % 1_000_000_000)
      pthread_cond_timedwait(condition, mutex, &time)
    #endif
  }
}
