import CLibrary

/// A thread that runs a closure once and ends with it.
public final class WorkerThread: Sendable {
  /// The bytes of a stack: enough for training and measuring, and no more, since a process may have
  /// many threads.
  public static let stackSize = 4 << 20

  /// The bytes of the stack on which a crash is reported: the thread's own may be the one that
  /// overflowed.
  private static let signalStackSize = 128 << 10

  private let body: @Sendable () -> Void

  private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Runs the closure, with a stack for signal handlers.
  fileprivate func runBody() {
    var present = stack_t()
    // A sanitizer gives each thread one.
    guard sigaltstack(nil, &present) == 0, present.ss_flags & .init(SS_DISABLE) != 0 else {
      return body()
    }
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Self.signalStackSize, alignment: MemoryLayout<Int>.alignment)
    var stack = stack_t()
    stack.ss_sp = memory
    stack.ss_size = .init(Self.signalStackSize)
    sigaltstack(&stack, nil)
    body()
    stack.ss_flags = .init(SS_DISABLE)
    sigaltstack(&stack, nil)
    memory.deallocate()
  }

  /// Starts a thread; it blocks the signals that the calling thread blocks.
  ///
  /// - Precondition: the system has a thread left.
  public static func start(_ body: @escaping @Sendable () -> Void) {
    let status = tryStart(body)
    precondition(status == 0, "the system starts no thread: error \(status)")
  }

  /// Starts a thread; returns 0, or the number of the system's reason where it refuses.
  static func tryStart(_ body: @escaping @Sendable () -> Void) -> Int32 {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    defer { pthread_attr_destroy(attributes) }
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(attributes, stackSize)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    // The thread takes over the reference.
    let given = Unmanaged.passRetained(WorkerThread(body)).toOpaque()
    let status = pthread_create(&thread, attributes, run, given)
    if status != 0 { Unmanaged<WorkerThread>.fromOpaque(given).release() }
    return status
  }
}

#if canImport(Darwin)
  private func run(_ given: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<WorkerThread>.fromOpaque(given).takeRetainedValue().runBody()
    return nil
  }
#else
  private func run(_ given: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let given else { preconditionFailure("a thread was given nothing to run") }
    Unmanaged<WorkerThread>.fromOpaque(given).takeRetainedValue().runBody()
    return nil
  }
#endif
