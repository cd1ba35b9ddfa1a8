/// A dataset that cannot be trained on.
public enum DatasetError: Error, Equatable, Sendable {
  /// All examples have the same class.
  case oneClassOnly(name: String)
  /// The training part would have no example.
  case noTrainingExamples(examples: Int, testFraction: Double)
}
