/// A run with its number of steps and its result.
public struct FinishedRun: Equatable, Sendable {
  /// The number of updates that it was to take.
  public let steps: Int
  /// Which data it was trained on, where they come from files; "built-in" otherwise.
  public let data: String
  /// What came out.
  public let result: RunResult

  /// Creates a finished run.
  public init(steps: Int, data: String, result: RunResult) {
    self.steps = steps
    self.data = data
    self.result = result
  }
}
