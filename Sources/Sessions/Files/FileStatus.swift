import CLibrary

/// The time and the length of a regular file.
public struct FileStatus: Equatable, Sendable {
  /// The time of the last change, in nanoseconds since 1970.
  public let modified: Int
  /// The length in bytes.
  public let bytes: Int

  /// Asks the system; nil where there is no regular file, or its time is out of range.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    let (nanoseconds, isTooLarge) = time.tv_sec.multipliedReportingOverflow(by: 1_000_000_000)
    guard !isTooLarge else { return nil }
    modified = nanoseconds + time.tv_nsec
    bytes = Int(status.st_size)
  }
}
