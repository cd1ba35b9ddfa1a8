import CLibrary
import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Error {
  /// The reason why a file could not be written, in the system's words where the system refused.
  var fileFailure: String {
    guard let system = (self as? CocoaError)?.underlying as? POSIXError else { return "\(self)" }
    return SystemFailure(code: system.code.rawValue).description
  }
}
