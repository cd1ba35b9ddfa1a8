/// One line of a comparison's picture: how a value went over the steps, and where it ended for each seed.
public struct ComparisonSeries: Equatable, Sendable {
  /// What is written beside the line.
  public var name: String
  /// The steps, rising.
  public var steps: [Double]
  /// The mean over the seeds at each step; a gap where it is not finite.
  public var mean: [Double]
  /// The standard deviation over the seeds at each step; no band where it is not finite.
  public var deviation: [Double]
  /// The last value of each seed; what is not finite is counted beside the dots.
  public var finals: [Double]

  /// Creates a series.
  ///
  /// - Precondition: there are as many means and deviations as steps.
  public init(
    name: String, steps: [Double], mean: [Double], deviation: [Double], finals: [Double]
  ) {
    precondition(
      mean.count == steps.count && deviation.count == steps.count,
      "\(steps.count) steps, \(mean.count) means, \(deviation.count) deviations")
    self.name = name
    self.steps = steps
    self.mean = mean
    self.deviation = deviation
    self.finals = finals
  }
}
