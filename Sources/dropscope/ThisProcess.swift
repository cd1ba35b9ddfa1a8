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
}
