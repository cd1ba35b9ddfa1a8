#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Error {
  /// Why a file could not be written, in the words of the system where it was the system that refused.
  var fileFailure: String {
    guard let system = (self as? CocoaError)?.underlying as? POSIXError else { return "\(self)" }
    return SystemFailure(code: system.code.rawValue).description
  }
}
