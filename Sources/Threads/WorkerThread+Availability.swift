import CLibrary
import Dispatch

extension WorkerThread {
  /// Whether the system allows this many threads at once.
  ///
  /// They are started to find out, and end again.
  ///
  /// Limits of processes and of memory differ from system to system, and no call returns the rest.
  public static func areAvailable(_ count: Int) -> Bool {
    let release = DispatchSemaphore(value: 0)
    let ended = DispatchGroup()
    var started = 0
    defer {
      for _ in 0..<started { release.signal() }
      ended.wait()
    }
    for _ in 0..<count {
      ended.enter()
      guard
        tryStart({
          release.wait()
          ended.leave()
        }) == 0
      else {
        ended.leave()
        return false
      }
      started += 1
    }
    return true
  }
}
