#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes of a file, or of a pipe that somebody writes to; never waits for long, never reads without end.
enum FileBytes {
  /// The most that is read of anything.
  static let limit = 2 << 30
  /// How long a pipe may be silent before its first byte, in milliseconds.
  static let patience: Int32 = 1000

  /// Reads a file to its end; `acceptsStart` is shown the first bytes, and throws where nothing more should be
  /// read.
  static func read(
    _ path: String, acceptsStart: (ArraySlice<UInt8>) throws(DatasetFileError) -> Void
  ) throws(DatasetFileError) -> [UInt8] {
    // Opening must not wait for a writer of a pipe.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw missing(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw missing(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw DatasetFileError(
        path, "is a directory; a .csv file or an IDX file is needed", isMissing: true)
    }
    var bytes: [UInt8] = []
    if status.st_mode & S_IFMT == S_IFREG {
      bytes.reserveCapacity(min(limit, Int(status.st_size)) + 1)
    }
    var isStartAccepted = false
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      try waitForBytes(descriptor, path: path, hasSome: !bytes.isEmpty)
      let count = fill(&chunk, from: descriptor)
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw missing(path, errno)
      }
      if count == 0 { break }
      bytes += chunk[0..<count]
      if !isStartAccepted, bytes.count >= 64 {
        try acceptsStart(bytes[...])
        isStartAccepted = true
      }
      guard bytes.count <= limit else {
        throw DatasetFileError(
          path, .byte(limit), "there is more than \(limit >> 20) MiB; use a smaller file")
      }
    }
    guard !bytes.isEmpty else {
      throw DatasetFileError(path, "is empty; a .csv file or an IDX file is needed")
    }
    if !isStartAccepted { try acceptsStart(bytes[...]) }
    return bytes
  }

  private static func waitForBytes(
    _ descriptor: Int32, path: String, hasSome: Bool
  ) throws(DatasetFileError) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = poll(&request, 1, hasSome ? -1 : patience)
      if ready < 0, errno == EINTR { continue }
      guard ready != 0 else {
        throw DatasetFileError(
          path, "nobody wrote to this pipe for \(patience / 1000) s; start its writer first",
          isMissing: true)
      }
      return
    }
  }

  private static func missing(_ path: String, _ code: Int32) -> DatasetFileError {
    DatasetFileError(path, "cannot be read: \(String(cString: strerror(code)))", isMissing: true)
  }
}

/// One call of the system's `read`, which a member of that name would hide inside of ``FileBytes``.
private func fill(_ chunk: inout [UInt8], from descriptor: Int32) -> Int {
  chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
}
