/// One number that a law is about, as the engine gave it, beside what the law says it is.
public struct LawMeasurement: Equatable, Sendable {
  /// The draws behind a measured value, and how far they scatter it.
  public struct Sampling: Equatable, Sendable {
    /// The standard deviation of the measured value.
    public let sigma: Double
    /// The number of draws.
    public let samples: Int
  }

  /// How the measured value stands to the expected one.
  public enum Relation: String, Sendable {
    /// They are the same.
    case equal = "="
    /// The expected value is an upper bound.
    case atMost = "<="
    /// The expected value is a lower bound.
    case atLeast = ">="
  }

  /// What was measured, such as `keep 0.8, unit 2: variance`.
  public let quantity: String
  /// The value that the engine gave.
  public let measured: Double
  /// How it should stand to ``expected``.
  public let relation: Relation
  /// The value that the closed form gives; of an inequality its bound.
  public let expected: Double
  /// How far the two are apart; of an inequality how far the bound is overstepped, 0 where it is kept.
  public let error: Double
  /// The largest error that does not count against the law.
  public let tolerance: Double
  /// The draws, where the value was sampled; nil where every mask was gone through.
  public let sampling: Sampling?

  /// Whether the error is within the tolerance; an error that is not a number never is.
  public var holds: Bool { error <= tolerance }

  /// The error in tolerances: above 1 the law is broken.
  var severity: Double {
    if error.isNaN || tolerance.isNaN { return .infinity }
    return error == 0 ? 0 : error / tolerance
  }

  /// The rounding that is allowed where no chance is involved, relative to the size of the numbers: sums of
  /// Floats of a few dozen terms stay well below it.
  public static let rounding = 1e-5

  /// The standard deviations that are allowed where masks are sampled.
  ///
  /// A normal value lies further out once in 1.2 * 10^10 draws. Fewer than 1,000 values are sampled, so a right
  /// engine fails by chance at less than one seed in 10^7; that leaves a factor of ten for tails that are not
  /// quite normal.
  public static let sigmas = 6.5

  private init(
    _ quantity: String, _ measured: Double, _ relation: Relation, _ expected: Double,
    tolerance: Double, sampling: Sampling? = nil
  ) {
    self.quantity = quantity
    self.measured = measured
    self.relation = relation
    self.expected = expected
    self.tolerance = tolerance
    self.sampling = sampling
    // A difference that is not a number stays one: nothing is kept by what is no number.
    let difference = measured - expected
    error =
      switch relation {
      case .equal: abs(difference)
      case .atMost: difference < 0 ? 0 : difference
      case .atLeast: difference > 0 ? 0 : -difference
      }
  }

  /// Two values that agree up to rounding.
  ///
  /// - Parameters:
  ///   - quantity: what is measured.
  ///   - measured: the engine's value.
  ///   - expected: the value of the closed form.
  ///   - scale: the size of the numbers that went into them, where that is more than `expected`.
  /// - Returns: the measurement; its tolerance is ``rounding`` of the size.
  public static func equal(
    _ quantity: String, _ measured: Double, _ expected: Double, scale: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .equal, expected, tolerance: tolerance(of: expected, scale: scale))
  }

  /// Two values that are the same bits.
  public static func identical(
    _ quantity: String, _ measured: Double, _ expected: Double
  ) -> LawMeasurement {
    LawMeasurement(quantity, measured, .equal, expected, tolerance: 0)
  }

  /// The rounding of numbers of a size.
  private static func tolerance(of value: Double, scale: Double = 0) -> Double {
    rounding * max(abs(value), scale, 1e-3)
  }

  /// A value that is the closed form's on average over draws.
  ///
  /// - Parameters:
  ///   - quantity: what is measured.
  ///   - measured: the engine's value.
  ///   - expected: the value of the closed form.
  ///   - sigma: the standard deviation of the measured value.
  ///   - samples: the number of draws.
  ///   - bias: how far the closed form may be off, where it holds in a limit only.
  /// - Returns: the measurement; its tolerance is ``sigmas`` times sigma, and the bias.
  public static func sampled(
    _ quantity: String, _ measured: Double, _ expected: Double, sigma: Double, samples: Int,
    bias: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .equal, expected,
      tolerance: sigmas * sigma + bias + tolerance(of: expected),
      sampling: Sampling(sigma: sigma, samples: samples))
  }

  /// A value that is not above a bound, but for rounding.
  public static func atMost(
    _ quantity: String, _ measured: Double, _ bound: Double, scale: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .atMost, bound, tolerance: tolerance(of: bound, scale: scale))
  }

  /// A value that is not below a bound, but for rounding.
  public static func atLeast(
    _ quantity: String, _ measured: Double, _ bound: Double, scale: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .atLeast, bound, tolerance: tolerance(of: bound, scale: scale))
  }

  /// Of two lists that agree up to rounding, relative to their largest value, the pair that is furthest apart.
  ///
  /// - Precondition: the lists are equally long and not empty.
  static func farthest(
    _ quantity: String, _ measured: [Double], _ expected: [Double], scale: Double = 0
  ) -> LawMeasurement {
    precondition(
      measured.count == expected.count && !measured.isEmpty,
      "\(quantity): \(measured.count) values are held against \(expected.count)")
    let size = max(scale, expected.map { abs($0) }.max() ?? 0)
    let pairs = zip(measured, expected).map { equal(quantity, $0, $1, scale: size) }
    return pairs.dropFirst().reduce(pairs[0]) { $1.severity > $0.severity ? $1 : $0 }
  }

}
