/// The mean difference of two variants over the seeds that they share, with its interval of 95 %.
///
/// The seed decides data, start and masks of both variants, so any variation due to the seed alone
/// cancels in each pair.
///
/// > Source: Student 1908, The Probable Error of a Mean.
public struct PairedDifference: Equatable, Sendable {
  /// The confidence of the interval where the differences are normally distributed.
  public static let confidence = 0.95

  /// The number of pairs with two finite values.
  public let pairs: Int
  /// The mean of second minus first; NaN where there is no pair.
  public let mean: Double
  /// The reach of the interval to each side; NaN for fewer than two pairs.
  public let halfWidth: Double
  /// Whether all pairs have the same difference, to the last bit.
  ///
  /// Then there is no variation to base an interval on.
  public let isConstant: Bool

  /// Compares values in pairs.
  ///
  /// - Parameters:
  ///   - values: the values of the variant, one for each seed.
  ///   - reference: the values of the reference variant, for the same seeds.
  public init(of values: [Double], from reference: [Double]) {
    precondition(
      values.count == reference.count,
      "\(values.count) values and \(reference.count) of the reference")
    let differences = SampleSummary(
      zip(values, reference).filter { $0.isFinite && $1.isFinite }.map { $0 - $1 })
    pairs = differences.count
    mean = differences.mean
    isConstant = pairs > 0 && differences.minimum == differences.maximum
    halfWidth =
      pairs < 2
      ? .nan
      : StudentDistribution.bound(confidence: Self.confidence, degrees: pairs - 1)
        * differences.deviation / Double(pairs).squareRoot()
  }

  /// The lower end of the interval.
  public var low: Double { mean - halfWidth }
  /// The upper end of the interval.
  public var high: Double { mean + halfWidth }
  /// Whether the interval contains 0: then the seeds do not tell the two variants apart.
  public var crossesZero: Bool { low <= 0 && high >= 0 }
}
