/// A run with its number of steps and its result.
public struct FinishedRun: Equatable, Sendable {
  /// The number of planned updates.
  public let steps: Int
  /// The identity of the data if they come from files; "built-in" otherwise.
  public let data: String
  /// The result.
  public let result: RunResult

  /// Creates a finished run.
  public init(steps: Int, data: String, result: RunResult) {
    self.steps = steps
    self.data = data
    self.result = result
  }
}
