/// A dataset in figures: the ranges of its inputs, its classes or targets, its parts.
///
/// The figures of inputs are those before scaling, over the training part only, which also decides
/// the scaling.
public struct DatasetSummary: Equatable, Sendable {
  /// The figures of one input or one target over a set of examples.
  public struct Range: Equatable, Sendable {
    /// The name of the input or output.
    public let name: String
    /// The lowest value.
    public let minimum: Double
    /// The highest value.
    public let maximum: Double
    /// The mean.
    public let mean: Double
    /// The standard deviation, with n in the denominator; 0 for a constant.
    public let standardDeviation: Double

    /// Whether all values are the same.
    public var isConstant: Bool { minimum == maximum }
  }

  /// The frequency of a class.
  public struct ClassCount: Equatable, Sendable {
    /// The name of the class.
    public let name: String
    /// Its examples in the training part.
    public let training: Int
    /// Its examples in the test part.
    public let test: Int
  }

  /// The figures of each input over the training part.
  public let inputs: [Range]
  /// The examples of each class; empty for regression.
  public let classes: [ClassCount]
  /// The figures of each target over the training part; empty for classes.
  public let targets: [Range]
  /// The figures of each target over the test part; empty for classes and where there is no test
  /// part.
  public let testTargets: [Range]
  /// The number of training examples.
  public let trainingCount: Int
  /// The number of test examples.
  public let testCount: Int

  /// Measures a dataset.
  ///
  /// - Complexity: O(examples * inputs).
  public init(of dataset: Dataset) {
    trainingCount = dataset.trainingExamples.count
    testCount = dataset.testExamples.count
    inputs = Self.ranges(names: dataset.inputNames, examples: dataset.trainingExamples) {
      dataset.rawInput($1, of: $0)
    }
    switch dataset.targets {
    case .classes(let labels):
      classes = Self.counts(of: labels, in: dataset)
      targets = []
      testTargets = []
    case .values(let values):
      classes = []
      targets = Self.ranges(names: dataset.outputNames, examples: dataset.trainingExamples) {
        dataset.own(Double(values[$0, $1]), output: $1)
      }
      testTargets =
        dataset.testExamples.isEmpty
        ? []
        : Self.ranges(names: dataset.outputNames, examples: dataset.testExamples) {
          dataset.own(Double(values[$0, $1]), output: $1)
        }
    }
  }

  private static func counts(of labels: [Int], in dataset: Dataset) -> [ClassCount] {
    var training = [Int](repeating: 0, count: dataset.classNames.count)
    var test = training
    for example in dataset.trainingExamples { training[labels[example]] += 1 }
    for example in dataset.testExamples { test[labels[example]] += 1 }
    return dataset.classNames.indices.map { label in
      ClassCount(name: dataset.classNames[label], training: training[label], test: test[label])
    }
  }

  /// The figures of each column: first the means, then the deviations from them, so that no digits
  /// cancel.
  private static func ranges(
    names: [String], examples: [Int], value: (_ example: Int, _ column: Int) -> Double
  ) -> [Range] {
    var lowest = [Double](repeating: .infinity, count: names.count)
    var highest = [Double](repeating: -.infinity, count: names.count)
    var sums = [Double](repeating: 0, count: names.count)
    for example in examples {
      for column in names.indices {
        let number = value(example, column)
        lowest[column] = min(lowest[column], number)
        highest[column] = max(highest[column], number)
        sums[column] += number
      }
    }
    let means = sums.map { $0 / Double(examples.count) }
    var squares = [Double](repeating: 0, count: names.count)
    for example in examples {
      for column in names.indices {
        let difference = value(example, column) - means[column]
        squares[column] += difference * difference
      }
    }
    return names.indices.map { column in
      let constant = lowest[column] == highest[column]
      return Range(
        name: names[column], minimum: lowest[column], maximum: highest[column],
        mean: constant ? Double(lowest[column]) : means[column],
        standardDeviation: constant
          ? 0 : (squares[column] / Double(examples.count)).squareRoot())
    }
  }
}
