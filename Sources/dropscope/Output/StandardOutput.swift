import CLibrary
import DropoutEngine
import Sessions

/// Buffered bytes to a file descriptor, with every failure reported.
///
/// A closed pipe ends the process quietly by SIGPIPE, as other programs do.
struct OutputStream: ~Copyable {
  private let descriptor: FileDescriptor
  private let name: String
  private var buffer: [UInt8] = []

  /// The standard output.
  static func standardOutput() -> OutputStream {
    OutputStream(descriptor: FileDescriptor(number: STDOUT_FILENO), name: "the standard output")
  }

  /// Whether the standard output is a terminal.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  private init(descriptor: FileDescriptor, name: String) {
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

  /// Writes the buffer.
  mutating func flush() throws(CommandFailure) {
    do {
      try descriptor.writeAll(buffer)
    } catch {
      throw .inputOutput("cannot write to \(name): \(error)")
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Diagnostics and progress.
enum StandardError {
  /// Writes a line that may contain foreign text.
  static func writeLine(_ text: String) { write(ForeignText.line(text) + "\n") }

  /// Writes text unchanged.
  ///
  /// A failure is ignored, since there is nowhere to report it.
  static func write(_ text: String) {
    try? FileDescriptor(number: STDERR_FILENO).writeAll(Array(text.utf8))
  }

  /// Whether it is a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
