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
    guard let status = FileStatus(path) else { return nil }
    (modified, bytes) = (status.modified, status.bytes)
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
