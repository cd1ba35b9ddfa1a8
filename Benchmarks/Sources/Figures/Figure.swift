/// Several measurements of one thing, with their median and spread.
public struct Figure: Equatable, Sendable {
  /// The measurements in chronological order; at least one.
  public let samples: [Double]

  /// Creates a figure.
  ///
  /// - Precondition: there is at least one sample.
  public init(_ samples: [Double]) {
    precondition(!samples.isEmpty, "a figure needs at least one sample")
    self.samples = samples
  }

  /// The median; the mean of the two middle ones where their number is even.
  public var median: Double {
    let sorted = samples.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The least sample.
  public var lowest: Double { samples.reduce(.infinity, min) }

  /// The greatest sample.
  public var highest: Double { samples.reduce(-.infinity, max) }

  /// The quotients with another figure from the same rounds, round by round.
  ///
  /// A temporary slowdown of the machine affects both, so the quotient of one round is more
  /// reliable than that of two medians.
  ///
  /// - Parameter other: the other figure, with one sample for each round.
  /// - Returns: this divided by the other, in each round.
  public func ratios(to other: Figure) -> Figure {
    precondition(
      samples.count == other.samples.count,
      "\(samples.count) rounds cannot be compared with \(other.samples.count)")
    return Figure(zip(samples, other.samples).map { $0 / $1 })
  }

  /// The figure with all samples changed in the same way.
  public func map(_ change: (Double) -> Double) -> Figure { Figure(samples.map(change)) }
}
