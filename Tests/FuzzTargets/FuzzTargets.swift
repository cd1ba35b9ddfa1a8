package import Fuzzing

/// Everything that reads bytes from outside, and the explorer.
package enum FuzzTargets {
  /// The targets, in the order in which they are run.
  package static let all: [FuzzTarget] = [
    .tables, .images, .gzip, .weights, .runs, .recordings, .sessions, .shares, .options,
    .preferences, .lessons, .progress, .json, .code, .terminal, .explorer,
  ]

  /// The target of a name; those that are broken on purpose have names too.
  package static func named(_ name: String) -> FuzzTarget? {
    (all + BrokenTargets.all).first { $0.name == name }
  }
}
