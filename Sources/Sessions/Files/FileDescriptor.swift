import CLibrary

/// An open file.
///
/// Its bytes are read to the end and written to the last one, however many calls that takes.
package struct FileDescriptor: Sendable {
  /// The system's number of the file.
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// Writes all bytes.
  package func writeAll(_ bytes: [UInt8]) throws(SystemFailure) {
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
  package func readToEnd(
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
package struct SystemFailure: Error, Equatable, CustomStringConvertible {
  /// The number of the reason.
  package let code: Int32

  package init(code: Int32) { self.code = code }

  package var description: String { String(cString: strerror(code)) }
}
