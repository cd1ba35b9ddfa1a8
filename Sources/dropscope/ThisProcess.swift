import CLibrary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The surroundings of the process.
enum ThisProcess {
  /// The variables of its environment.
  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// The number of available processors.
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The folder in which it runs; nil where that was removed.
  static var folder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// Whether there is a file at a path, or a folder.
  static func hasFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Whether two paths lead to one file.
  static func isSameFile(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev
      && one.st_ino == two.st_ino
  }
}
