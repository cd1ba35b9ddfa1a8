/// A training cannot go on from a checkpoint on this dataset, with the evidence; ``description`` says what would be
/// right.
public enum CheckpointError: Error, Equatable, Sendable {
  /// The configuration in force does not fit the dataset, or a unit that was changed by hand does not exist.
  case configuration(ConfigurationError)
  /// The dataset needs a network of another shape.
  case shape(expected: NetworkShape, actual: NetworkShape)
  /// The dataset has another number of training examples.
  case trainingExamples(expected: Int, actual: Int)
  /// The minibatch to go on from, as the examples of its epoch that were used, is not one of the dataset.
  case position(expected: Range<Int>, actual: Int)
  /// The numbers of the network and of the optimizer's state are not as many as the configuration needs.
  case blocks(expected: Int, actual: Int)
  /// The configuration has no learner of this number, counted from 0.
  case learner(expected: Range<Int>, actual: Int)
  /// The checkpoints are those of more or fewer learners than the configuration has.
  case learners(expected: Int, actual: Int)
  /// The learners do not stand at one step.
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
      "the training cannot go on from there: \(what); it goes on with the data that it was trained on only"
  }
}
