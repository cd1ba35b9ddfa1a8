import CLibrary

/// The lock on an autosave that says that a process writes it; the system releases it with the
/// process, however that ends.
enum SessionLock {
  /// Takes the lock of a file of our own; somebody who looks whether it is in use holds it only for
  /// a moment.
  static func take(_ file: Int32) {
    for _ in 0..<100 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return }
      usleep(1000)
    }
  }

  /// Does something while no process can write a file; nil where there is no file.
  static func whileLocked<Result>(
    _ path: String, _ body: () -> Result?, inUse: () -> Result
  ) -> Result? {
    // Over NFS only a file that is open for writing can be locked alone.
    var file = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
    if file < 0 { file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { return body() }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return inUse() }
    return body()
  }
}
