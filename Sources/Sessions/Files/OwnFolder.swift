import CLibrary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder of the program's own files, which nobody else can read.
package enum OwnFolder {
  /// Makes it, with the folders that it is in; one that is there stays.
  package static func make(_ path: String) throws(SavedFileError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw SavedFileError(
        name: path, problem: .unwritable(reason: "the folder cannot be made: \(error.reason)"))
    }
  }
}

extension Error {
  /// The system's words where the system refused.
  fileprivate var reason: String {
    guard let system = (self as? CocoaError)?.underlying as? POSIXError else { return "\(self)" }
    return SystemFailure(code: system.code.rawValue).description
  }
}
