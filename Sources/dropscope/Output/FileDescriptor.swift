import CLibrary

/// An open file.
///
/// Its bytes are read to the end and written to the last one, however many calls that takes.
struct FileDescriptor: Sendable {
  /// The system's number of the file.
  let number: Int32

  /// Writes all bytes.
  func writeAll(_ bytes: [UInt8]) throws(SystemFailure) {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        write(number, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemFailure(code: errno)
      }
      start += written
    }
  }

  /// The bytes from the current position to the end of the file, or up to a limit.
  ///
  /// - Parameters:
  ///   - most: the limit.
  ///   - accepts: called with each piece; throws to stop reading.
  /// - Returns: the bytes.
  /// - Throws: ``SystemFailure``, or the error of `accepts`.
  func readToEnd(
    most: Int = .max, accepts: (ArraySlice<UInt8>) throws -> Void = { _ in }
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < most {
      let room = min(chunk.count, most - bytes.count)
      let count = chunk.withUnsafeMutableBytes { read(number, $0.baseAddress, room) }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemFailure(code: errno)
      }
      if count == 0 { break }
      try accepts(chunk[..<count])
      bytes += chunk[..<count]
    }
    return bytes
  }
}

/// The system's reason for a failed call.
struct SystemFailure: Error, CustomStringConvertible {
  /// The number of the reason.
  let code: Int32

  var description: String { String(cString: strerror(code)) }
}
