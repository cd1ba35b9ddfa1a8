import Foundation

/// Buffered bytes to a file descriptor, with every failure reported.
///
/// A closed pipe ends the process quietly by SIGPIPE, as other programs do.
struct OutputStream: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []

  /// The standard output.
  static func standardOutput() -> OutputStream {
    OutputStream(descriptor: STDOUT_FILENO, name: "the standard output")
  }

  private init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// Appends bytes; they are written when the buffer is large.
  mutating func write(_ bytes: some Sequence<UInt8>) throws(CommandFailure) {
    buffer.append(contentsOf: bytes)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Appends a line.
  mutating func writeLine(_ text: String) throws(CommandFailure) {
    try write(text.utf8)
    try write(CollectionOfOne(UInt8(ascii: "\n")))
  }

  /// Writes what is buffered.
  mutating func flush() throws(CommandFailure) {
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .inputOutput("cannot write to \(name): \(String(cString: strerror(errno)))")
      }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Diagnostics and progress.
enum StandardError {
  /// Writes text; a standard error that cannot be written to has nobody to be told.
  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Whether a person sees it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
