/// The result of one training.
public struct RunResult: Equatable, Sendable {
  /// Whether targets are classes.
  ///
  /// If so, a score is an accuracy; otherwise it is R2.
  public var isClassification: Bool
  /// The loss over the test part in the test pass; NaN where there is none.
  public var testLoss: Double
  /// The loss over the training part in the test pass.
  public var trainLoss: Double
  /// The accuracy, 0 to 1, or R2 over the test part; NaN where there is none.
  public var testScore: Double
  /// The accuracy, 0 to 1, or R2 over the training part.
  public var trainScore: Double
  /// The expected divergence of the output layer; NaN where it is 0/0.
  public var outputDivergence: Double
  /// The ratio of the output layer; NaN where it is 0/0.
  public var outputRatio: Double
  /// The expected calibration error over the test part; NaN where the outputs are no probabilities.
  ///
  /// See ``Evaluation/calibrationError``.
  public var calibrationError: Double
  /// The test loss at each of ``ExperimentRun/curveSteps(_:)``; NaN from the point where the
  /// training is not finite.
  public var curve: [Double]
  /// The step that would have left a value that is not finite.
  ///
  /// Only the curve was measured then.
  public var divergedAt: Int?

  /// Creates a result from the figures in a file.
  public init(
    isClassification: Bool, values: [RunMetric: Double], curve: [Double], divergedAt: Int?
  ) {
    self.isClassification = isClassification
    testLoss = values[.testLoss] ?? .nan
    trainLoss = values[.trainLoss] ?? .nan
    testScore = values[.testScore] ?? .nan
    trainScore = values[.trainScore] ?? .nan
    outputDivergence = values[.outputDivergence] ?? .nan
    outputRatio = values[.outputRatio] ?? .nan
    calibrationError = values[.calibrationError] ?? .nan
    self.curve = curve
    self.divergedAt = divergedAt
  }

  /// The result of a training that became not finite.
  init(divergedAt step: Int, curve: [Double], isClassification: Bool) {
    self.init(
      isClassification: isClassification, values: [:], curve: curve, divergedAt: step)
  }

  /// The result of a training that went to its end.
  init(
    training: Evaluation, test: Evaluation?, output: LayerDivergence?, curve: [Double],
    isClassification: Bool
  ) {
    self.init(
      isClassification: isClassification,
      values: [
        .testLoss: test?.loss ?? .nan, .trainLoss: training.loss,
        .testScore: test.flatMap { $0.accuracy ?? $0.r2 } ?? .nan,
        .trainScore: training.accuracy ?? training.r2 ?? .nan,
        .outputDivergence: output?.expected ?? .nan, .outputRatio: output?.ratio ?? .nan,
        .calibrationError: test?.calibrationError ?? .nan,
      ], curve: curve, divergedAt: nil)
  }

  /// One of the numbers.
  public subscript(metric: RunMetric) -> Double {
    switch metric {
    case .testLoss: testLoss
    case .trainLoss: trainLoss
    case .testScore: testScore
    case .trainScore: trainScore
    case .outputDivergence: outputDivergence
    case .outputRatio: outputRatio
    case .calibrationError: calibrationError
    }
  }
}
