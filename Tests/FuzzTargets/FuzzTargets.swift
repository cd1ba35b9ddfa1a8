package import Fuzzing

/// Everything that reads bytes from outside, and the explorer.
package enum FuzzTargets {
  /// The targets, in the order in which they are run.
  package static let all: [FuzzTarget] = [
    .tables, .images, .gzip, .weights, .runs, .recordings, .sessions, .shares, .options,
    .preferences, .lessons, .progress, .json, .code, .terminal, .explorer,
  ]
}
