import CLibrary

/// The bytes of a recording: a file that may grow, or a pipe, whose bytes go into a nameless file
/// so that earlier looks can be read again.
///
/// It never waits.
final class RecordingInput {
  /// The outcome of a call of ``read(_:)``.
  enum Outcome {
    case bytes(Int)
    case nothingYet
    case ended
  }

  /// Whether it is a file, which may grow at any time.
  let isFile: Bool
  private let descriptor: Int32
  /// The file that earlier bytes are read from.
  private let kept: Int32
  /// The bytes that were read.
  private(set) var count = 0

  /// Opens a file, a pipe or a device.
  init(path: String) throws(RecordingProblem) {
    guard !path.utf8.contains(0) else { throw .unreadable(reason: "a name has no NUL in it") }
    // Opening must not wait for the writer of a pipe.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw RecordingInput.refusal() }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = RecordingInput.refusal()
      close(descriptor)
      throw reason
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw .folder
    }
    isFile = status.st_mode & S_IFMT == S_IFREG
    self.descriptor = descriptor
    do {
      kept = isFile ? descriptor : try RecordingInput.nameless()
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Takes the standard input.
  init() throws(RecordingProblem) {
    isFile = false
    descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw RecordingInput.refusal() }
    do {
      kept = try RecordingInput.nameless()
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    if kept != descriptor { close(kept) }
    close(descriptor)
  }

  /// The size of the file; nil for a pipe.
  var size: Int? {
    var status = stat()
    guard isFile, fstat(descriptor, &status) == 0 else { return nil }
    return Int(status.st_size)
  }

  /// The second in which the file was last written, since 1970; nil for a pipe.
  var written: Int? {
    var status = stat()
    guard isFile, fstat(descriptor, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec
    #else
      return status.st_mtim.tv_sec
    #endif
  }

  /// Whether a training writes the file: it holds a lock on it for so long.
  ///
  /// A lock of the system ends with its process, however that ends.
  var isHeld: Bool {
    guard isFile else { return false }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 {
      _ = flock(descriptor, LOCK_UN)
      return false
    }
    return errno == EWOULDBLOCK
  }

  /// The fate of the file's name since it was opened; nil where it still names this file.
  func departure(of path: String) -> RecordingDeparture? {
    var (own, named) = (stat(), stat())
    guard isFile, fstat(descriptor, &own) == 0 else { return nil }
    guard stat(path, &named) == 0 else { return errno == ENOENT ? .removed : nil }
    return own.st_ino == named.st_ino && own.st_dev == named.st_dev ? nil : .replaced
  }

  /// Waits until there is something to read, or its end; false where nothing came in time.
  func wait(milliseconds: Int32) -> Bool {
    if isFile { return true }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) != 0
  }

  /// Reads what comes next into a buffer, as much as fits.
  func read(_ buffer: inout [UInt8]) throws(RecordingProblem) -> Outcome {
    if isFile {
      let got = buffer.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(count))
      }
      guard got >= 0 else {
        if errno == EINTR { return .nothingYet }
        throw RecordingInput.refusal()
      }
      if got == 0, let size, size < count { throw .shrunk(read: count, size: size) }
      count += got
      return got == 0 ? .nothingYet : .bytes(got)
    }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, 0) > 0 else { return .nothingYet }
    let got = buffer.withUnsafeMutableBytes { fill($0, from: descriptor) }
    guard got >= 0 else {
      if errno == EINTR || errno == EAGAIN { return .nothingYet }
      throw RecordingInput.refusal()
    }
    guard got > 0 else { return .ended }
    try keep(buffer[..<got])
    count += got
    return .bytes(got)
  }

  private func keep(_ bytes: ArraySlice<UInt8>) throws(RecordingProblem) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        pwrite(kept, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(count + done))
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .notKept(reason: String(cString: strerror(errno))) }
      done += written
    }
  }

  /// Reads earlier bytes again; fewer where the file became shorter.
  func bytes(_ range: Range<Int>) throws(RecordingProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < bytes.count {
      let got = bytes.withUnsafeMutableBytes { bytes in
        pread(
          kept, bytes.baseAddress.map { $0 + done }, bytes.count - done,
          off_t(range.lowerBound + done))
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw RecordingInput.refusal() }
      guard got > 0 else { throw .shrunk(read: count, size: range.lowerBound + done) }
      done += got
    }
    return bytes
  }

  private static func refusal() -> RecordingProblem {
    .unreadable(reason: String(cString: strerror(errno)))
  }

  /// A file without a name, which is gone with its descriptor.
  private static func nameless() throws(RecordingProblem) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var name = Array(((folder.isEmpty ? P_tmpdir : folder) + "/dropscope-XXXXXX").utf8CString)
    let descriptor = name.withUnsafeMutableBufferPointer { name in
      name.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw .notKept(reason: String(cString: strerror(errno))) }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}

/// One call of the system's `read`; within ``RecordingInput`` a member of that name would hide it.
private func fill(_ bytes: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
  read(descriptor, bytes.baseAddress, bytes.count)
}
