/// The mean difference of two variants over the seeds that they share, with its interval of 95 %.
///
/// The seeds decide data, start and masks of both, so what varies with the seed alone cancels in each pair.
///
/// > Source: Student 1908, The Probable Error of a Mean.
public struct PairedDifference: Equatable, Sendable {
  /// How sure the interval is where the differences are normally distributed.
  public static let confidence = 0.95

  /// The pairs of which both values are finite.
  public let pairs: Int
  /// The mean of second minus first; NaN where there is no pair.
  public let mean: Double
  /// How far the interval reaches to each side; NaN for fewer than two pairs.
  public let halfWidth: Double
  /// Whether each pair has the same difference, to the last bit: then nothing varies that an interval could tell of.
  public let isConstant: Bool

  /// Compares values that belong together in pairs.
  ///
  /// - Parameters:
  ///   - values: of the variant, one a seed.
  ///   - reference: of the one that it is compared with, for the same seeds.
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
  /// Whether the interval contains 0: then the seeds do not tell the two apart.
  public var crossesZero: Bool { low <= 0 && high >= 0 }
}
