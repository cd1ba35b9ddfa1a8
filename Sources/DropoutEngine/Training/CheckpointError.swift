/// The reason why training cannot continue from a checkpoint on this dataset, with the evidence.
///
/// ``description`` names the remedy.
public enum CheckpointError: Error, Equatable, Sendable {
  /// The configuration in force does not fit the dataset, or a unit changed by hand does not exist.
  case configuration(ConfigurationError)
  /// The dataset needs a network of another shape.
  case shape(expected: NetworkShape, actual: NetworkShape)
  /// The dataset has another number of training examples.
  case trainingExamples(expected: Int, actual: Int)
  /// The position in the epoch, as the number of examples used, lies outside the dataset.
  case position(expected: Range<Int>, actual: Int)
  /// The number of parameters and optimizer's state values is not the one that the configuration
  /// needs.
  case blocks(expected: Int, actual: Int)
  /// The configuration has no learner with this number, counted from 0.
  case learner(expected: Range<Int>, actual: Int)
  /// The checkpoints are for more or fewer learners than the configuration has.
  case learners(expected: Int, actual: Int)
  /// The learners are at different steps.
  case step(expected: Int, actual: Int)
}

extension CheckpointError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    let what =
      switch self {
      case .configuration(let error): error.description
      case .shape(let expected, let actual):
        "its network is \(actual.description), but the data need \(expected.description)"
      case .trainingExamples(let expected, let actual):
        "it was trained on \(actual) examples, but the data have \(expected)"
      case .position(let expected, let actual):
        "it stands behind \(actual) examples of an epoch, but the data have "
          + "\(expected.upperBound)"
      case .blocks(let expected, let actual):
        "it has \(actual) numbers, but the network and its optimizer have \(expected)"
      case .learner(let expected, let actual):
        "it is learner \(actual + 1), but the configuration has \(expected.upperBound)"
      case .learners(let expected, let actual):
        "it has \(actual) learners, but the configuration has \(expected)"
      case .step(let expected, let actual):
        "one of its learners stands at step \(actual), the first one at \(expected)"
      }
    return
      "the training cannot go on from there: \(what); it goes on with the data that it was trained "
      + "on only"
  }
}
