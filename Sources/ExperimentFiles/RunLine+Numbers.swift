import DropoutEngine
import DropoutMeasure

/// Checks for numbers that no run can have, since a file may contain anything.
extension RunLine {
  /// The excess over a bound that rounding may cause.
  private static let slack = 1e-5
  /// A loss beyond every finite one: the square of the largest output is about 10^77.
  private static let largestLoss = 1e100
  /// More examples than any readable file can hold.
  private static let mostExamples = 1 << 31

  /// The difference between the number of steps and that of the run's settings; nil where they
  /// agree.
  ///
  /// The number of steps of an epoch depends on the data. With epochs, only an impossibly large
  /// number is refused.
  func stepDifference(_ settings: Settings) -> String? {
    let experiment = settings.experiment
    let isBuiltIn = BuiltInDataset(rawValue: experiment.data) != nil
    let most = settings.run.stepCount(
      examples: isBuiltIn ? experiment.examples : Self.mostExamples, batch: experiment.batch)
    if settings.run.epochs == nil {
      return steps == most ? nil : "run \(self.run) has \(steps) steps, not \(most)"
    }
    return (0...most).contains(steps)
      ? nil : "run \(self.run) has \(steps) steps, and there are 0 to \(most)"
  }

  /// The fault in the numbers of the line, as a predicate; nil where a run can have them.
  ///
  /// A number that is not finite is a valid result, but no loss is below 0 and no accuracy above 1.
  func numberProblem(
    _ values: [RunMetric: Double], isClassification: Bool
  ) -> String? {
    let points = ExperimentRun.curveSteps(steps).count
    guard curve.count == points else {
      return "has a curve of \(curve.count) points, and \(steps) steps have \(points)"
    }
    for metric in RunMetric.allCases {
      guard let value = values[metric] else { continue }
      let name = metric.fieldName(isClassification: isClassification)
      if let range = Self.refusal(of: value, metric, isClassification: isClassification) {
        return "has \(name) \(value), and it is \(range)"
      }
      if divergedAt != nil, !value.isNaN {
        return "has divergedAt, so nothing was measured, and yet \(name) is \(value)"
      }
    }
    for (point, value) in curve.enumerated() {
      guard let range = Self.refusal(ofLoss: value) else { continue }
      return "has a loss of \(value) at point \(point) of the curve, and it is \(range)"
    }
    if let divergedAt, !(0..<steps).contains(divergedAt) {
      return "has divergedAt \(divergedAt), and its steps are 0 to \(steps - 1)"
    }
    return nil
  }

  /// The values that a metric takes, if this is not one of them.
  ///
  /// NaN stands for a missing measurement.
  private static func refusal(
    of value: Double, _ metric: RunMetric, isClassification: Bool
  ) -> String? {
    switch metric {
    case .testScore, .trainScore:
      if isClassification { return value < 0 || value > 1 ? "0 to 1" : nil }
      return value > 1 + slack ? "at most 1" : nil
    case .calibrationError:
      return value < -slack || value > 1 + slack ? "0 to 1" : nil
    case .testLoss, .trainLoss: return refusal(ofLoss: value)
    case .outputDivergence, .outputRatio: return value < -slack ? "at least 0" : nil
    }
  }

  private static func refusal(ofLoss value: Double) -> String? {
    if value < -slack { return "at least 0" }
    return value.isFinite && value > largestLoss ? "at most \(largestLoss)" : nil
  }
}
