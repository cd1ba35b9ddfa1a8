import Threads

/// Resources that the system may refuse to a process.
///
/// They are requested early, since a later refusal would be a crash.
enum SystemLimits {
  /// Checks that this many threads can be started.
  static func checkThreads(_ count: Int) throws(CommandFailure) {
    guard WorkerThread.areAvailable(count) else {
      throw .noResources(
        "the system does not give \(count == 1 ? "another thread" : "\(count) threads"): raise the "
          + "limit of processes (ulimit -u), or that of memory (ulimit -v)")
    }
  }
}
