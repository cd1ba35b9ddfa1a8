public import DropoutEngine

/// A figure that is reported for each training and compared over seeds.
public enum RunMetric: String, NamedChoice {
  /// The loss over the test part.
  case testLoss
  /// The loss over the training part.
  case trainLoss
  /// Accuracy or R2 over the test part.
  case testScore
  /// Accuracy or R2 over the training part.
  case trainScore
  /// The divergence of the output layer.
  case outputDivergence
  /// The ratio of the output layer.
  case outputRatio
  /// The expected calibration error over the test part.
  case calibrationError

  /// The name of the field in files, which depends on the kind of score.
  public func fieldName(isClassification: Bool) -> String {
    switch self {
    case .testScore: isClassification ? "testAccuracy" : "testR2"
    case .trainScore: isClassification ? "trainAccuracy" : "trainR2"
    case .testLoss, .trainLoss, .outputDivergence, .outputRatio, .calibrationError: rawValue
    }
  }
}
