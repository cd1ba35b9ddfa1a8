import CLibrary

/// A value that one thread at a time reads or changes.
///
/// It stands on the lock of POSIX threads, not on `Mutex` of the standard library: that one sleeps
/// in the kernel in ways that the thread sanitizer does not see, so that it reports a race at each
/// use of what the mutex guards.
public final class Guarded<Value: ~Copyable>: @unchecked Sendable {
  // The system wants it to stay at its address, which a field of Swift does not promise.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  /// Creates a guard of a value that nothing else refers to.
  public init(_ value: consuming sending Value) {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    self.value = value
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Does some work on the value while no other thread can reach it.
  ///
  /// - Parameter work: The work; it must not use this guard again, as that would wait for ever.
  /// - Returns: The answer of the work.
  /// - Throws: The error of the work.
  public func withLock<Answer: ~Copyable, Failure: Error>(
    _ work: (inout sending Value) throws(Failure) -> sending Answer
  ) throws(Failure) -> sending Answer {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try work(&value)
  }
}
