/// One line of a comparison's picture: the course of a value over the steps, and its last value for
/// each seed.
public struct ComparisonSeries: Equatable, Sendable {
  /// The name beside the line.
  public var name: String
  /// The steps, in ascending order.
  public var steps: [Double]
  /// The mean over the seeds at each step; a gap where it is not finite.
  public var mean: [Double]
  /// The standard deviation over the seeds at each step; no band where it is not finite.
  public var deviation: [Double]
  /// The last value of each seed; values that are not finite are counted beside the dots.
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
