import CLibrary

/// The file of reports, one on each line, which is complete even if the process ends right after
/// one.
struct Report: Sendable {
  private let file: Int32

  /// Standard error itself.
  static let standardError = Report(file: STDERR_FILENO)

  private init(file: Int32) { self.file = file }

  init?(path: String) {
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
  }

  func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.write(file, bytes, bytes.count)
  }
}
