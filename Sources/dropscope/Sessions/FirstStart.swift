import Explorer
import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The line for a person who starts the explorer for the first time.
enum FirstStart {
  /// The line; nil where an earlier run left something behind, or nothing can be left.
  static func hint(_ keys: KeyMap<KeyCommand>) -> String? {
    let environment = ThisProcess.environment
    guard let state = XDGFolder.state(environment),
      !FileManager.default.fileExists(atPath: state),
      !(XDGFolder.configuration(environment).map(FileManager.default.fileExists) ?? false)
    else { return nil }
    return "\(keys[.lessons]) teaches what this shows, step by step; \(keys[.help]) lists all keys"
  }
}
