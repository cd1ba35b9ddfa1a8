import Foundation

/// Why something could not be measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The path as it is, or with `.gz` where only that is there.
func existing(_ path: String) -> String {
  let files = FileManager.default
  return !files.fileExists(atPath: path) && files.fileExists(atPath: path + ".gz")
    ? path + ".gz" : path
}
