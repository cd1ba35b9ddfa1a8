import CLibrary
import Threads

/// Resources that the system may refuse to a process.
///
/// They are requested early, since a later refusal would be a crash.
enum SystemLimits {
  /// The number of files that the concurrency runtime opens.
  private static let runtimeFiles = 4

  /// Checks that this many threads can be started.
  static func checkThreads(_ count: Int) throws(CommandFailure) {
    guard WorkerThread.areAvailable(count) else {
      throw .noResources(
        "the system does not give \(count == 1 ? "another thread" : "\(count) threads"): raise the "
          + "limit of processes (ulimit -u), or that of memory (ulimit -v)")
    }
  }

  /// Checks that runs can be spread over cores, for which the runtime needs files of its own.
  static func checkConcurrency(jobs: Int) throws(CommandFailure) {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<runtimeFiles {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw .noResources(
          "\(SystemFailure(code: errno)): \(runtimeFiles) more are needed to spread runs over the "
            + "cores (ulimit -n)")
      }
      opened.append(descriptor)
    }
    // One more thread waits for signals, and one watches the others.
    try checkThreads(jobs + 2)
  }
}
