/// What came out of several measurements of one thing: the median, and how far they lie apart.
public struct Figure: Equatable, Sendable {
  /// The measurements, in the order in which they were made; at least one.
  public let samples: [Double]

  /// Creates a figure.
  ///
  /// - Precondition: there is at least one sample.
  public init(_ samples: [Double]) {
    precondition(!samples.isEmpty, "a figure needs at least one sample")
    self.samples = samples
  }

  /// The middle one in order of size; the mean of the two in the middle, where their number is even.
  public var median: Double {
    let sorted = samples.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The least sample.
  public var lowest: Double { samples.reduce(.infinity, min) }

  /// The greatest sample.
  public var highest: Double { samples.reduce(-.infinity, max) }

  /// The quotients with another thing that was measured in the same rounds, round by round.
  ///
  /// What slows a machine down for a while slows both down, so a quotient of one round says more than that of
  /// two medians.
  ///
  /// - Parameter other: as many samples, each of the same round as the one here.
  /// - Returns: this divided by the other, in each round.
  public func ratios(to other: Figure) -> Figure {
    precondition(
      samples.count == other.samples.count,
      "\(samples.count) rounds cannot be compared with \(other.samples.count)")
    return Figure(zip(samples, other.samples).map { $0 / $1 })
  }

  /// All samples changed alike.
  public func map(_ change: (Double) -> Double) -> Figure { Figure(samples.map(change)) }
}
