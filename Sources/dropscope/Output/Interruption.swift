import CLibrary
import Synchronization
import Threads

/// Watches SIGINT and SIGTERM, so that a run can end in order, with its last line and its file
/// written.
///
/// A second signal ends the process at once.
final class Interruption: Sendable {
  private let received = Atomic<Int32>(0)

  /// The signal that came; nil until one does.
  var signal: Int32? {
    let value = received.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// Starts to watch: blocks the signals in this thread and in all threads that it starts.
  func watch() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    WorkerThread.start { [self] in
      while true {
        var watched = sigset_t()
        sigemptyset(&watched)
        sigaddset(&watched, SIGINT)
        sigaddset(&watched, SIGTERM)
        var signal: Int32 = 0
        guard sigwait(&watched, &signal) == 0 else { continue }
        if received.exchange(signal, ordering: .relaxed) != 0 { _exit(128 + signal) }
      }
    }
  }
}
