import Foundation

/// The reason why something could not be measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The path, or the path with `.gz` if only that exists.
func existing(_ path: String) -> String {
  let files = FileManager.default
  return !files.fileExists(atPath: path) && files.fileExists(atPath: path + ".gz")
    ? path + ".gz" : path
}
