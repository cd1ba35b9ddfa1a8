import CLibrary

/// Reads the bytes of a file, or of a pipe that somebody writes to.
///
/// It never waits for long and never reads without end.
enum FileBytes {
  /// The largest number of bytes to read.
  static let limit = 2 << 30
  /// The time that a pipe may be silent before its first byte, in milliseconds.
  static let patience: Int32 = 1000

  /// Reads a file to its end.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - memory: the bytes that are free for it.
  ///   - accepts: called with each piece; throws to stop reading. The first piece has at least 64
  ///     bytes, or the whole file.
  /// - Returns: all bytes, at least one.
  /// - Throws: ``DatasetFileError``.
  static func read(
    _ path: String, within memory: FreeMemory, accepts: (Piece) throws(DatasetFileError) -> Void
  ) throws(DatasetFileError) -> [UInt8] {
    // Opening must not wait for the writer of a pipe. What comes from standard input may take as
    // long as its program does.
    let isInput = path == DatasetFiles.standardInput
    let descriptor =
      isInput ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw missing(path, errno) }
    defer { close(descriptor) }
    guard !isInput || isatty(descriptor) == 0 else {
      throw DatasetFileError(path, .file(.terminal))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw missing(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw DatasetFileError(path, .file(.directory))
    }
    var bytes: [UInt8] = []
    let size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    var accepted = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      try waitForBytes(descriptor, path: path, isPatient: isInput || !bytes.isEmpty)
      let count = fill(&chunk, from: descriptor)
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw missing(path, errno)
      }
      if count == 0 { break }
      bytes += chunk[0..<count]
      if accepted > 0 || bytes.count >= 64 {
        let isFirst = accepted == 0
        try accepts(Piece(bytes: bytes, new: accepted..<bytes.count, size: size, isLast: false))
        accepted = bytes.count
        try memory.check(max(bytes.count, size ?? 0), for: path)
        // The first bytes were accepted, so the rest is worth its memory.
        if isFirst, let size, size <= limit { bytes.reserveCapacity(size + 1) }
      }
      guard max(bytes.count, size ?? 0) <= limit else {
        throw DatasetFileError(path, .byte(limit), .file(.tooLarge(limit: limit)))
      }
    }
    guard !bytes.isEmpty else {
      throw DatasetFileError(path, .file(.empty))
    }
    try accepts(Piece(bytes: bytes, new: accepted..<bytes.count, size: size, isLast: true))
    return bytes
  }

  /// The part of a file that has been read so far.
  struct Piece {
    /// All bytes so far.
    var bytes: [UInt8]
    /// The bytes that are new in this piece.
    var new: Range<Int>
    /// The size of a file; nil for a pipe or a device.
    var size: Int?
    /// Whether this is the end.
    var isLast: Bool
  }

  private static func waitForBytes(
    _ descriptor: Int32, path: String, isPatient: Bool
  ) throws(DatasetFileError) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = poll(&request, 1, isPatient ? -1 : patience)
      if ready < 0, errno == EINTR { continue }
      guard ready != 0 else {
        throw DatasetFileError(path, .file(.silentPipe(seconds: Int(patience) / 1000)))
      }
      return
    }
  }

  private static func missing(_ path: String, _ code: Int32) -> DatasetFileError {
    DatasetFileError(path, .file(.unreadable(reason: String(cString: strerror(code)))))
  }
}

/// One call of the system's `read`; within ``FileBytes`` a member of that name would hide it.
private func fill(_ chunk: inout [UInt8], from descriptor: Int32) -> Int {
  chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
}
