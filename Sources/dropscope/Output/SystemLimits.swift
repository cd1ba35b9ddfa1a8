import Threads

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system may refuse to a process, asked before anything depends on it: later it would be a crash.
enum SystemLimits {
  /// The files that the runtime of concurrency opens for itself.
  private static let runtimeFiles = 4

  /// Checks that so many threads can be started.
  static func checkThreads(_ count: Int) throws(CommandFailure) {
    guard WorkerThread.areAvailable(count) else {
      throw .noResources(
        "the system does not give \(count == 1 ? "another thread" : "\(count) threads"): raise the limit of processes (ulimit -u), or that of memory (ulimit -v)"
      )
    }
  }

  /// Checks that runs can be spread over cores: the runtime that does it needs files of its own.
  static func checkConcurrency(jobs: Int) throws(CommandFailure) {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<runtimeFiles {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw .noResources(
          "\(SystemFailure(code: errno)): \(runtimeFiles) more are needed to spread runs over the cores (ulimit -n)"
        )
      }
      opened.append(descriptor)
    }
    // One waits for signals, and one watches the others.
    try checkThreads(jobs + 2)
  }
}
