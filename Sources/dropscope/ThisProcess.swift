#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the process is told from outside.
enum ThisProcess {
  /// The variables of its environment.
  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// The number of processors that it may use.
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }
}
