import CLibrary

/// An autosave in its folder.
public struct SessionFolderEntry: Equatable, Sendable {
  /// The name of the file.
  public let name: String
  /// The path of the file.
  public let path: String
  /// The time of the last change, in nanoseconds since 1970.
  public let modified: Int
  /// Its length.
  public let bytes: Int

  init?(folder: String, name: String) {
    (self.name, path) = (name, "\(folder)/\(name)")
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

  /// The machine that wrote it, as its name says.
  var host: String {
    let stem = name.dropLast(SessionFolder.suffix.count)
    guard let at = stem.lastIndex(of: "@") else { return "" }
    return String(stem[stem.index(after: at)...].prefix { $0 != "+" })
  }

  /// Whether a process that lives writes it.
  public var isInUse: Bool {
    SessionLock.whileLocked(path) {
      false
    } inUse: {
      true
    } ?? false
  }
}
