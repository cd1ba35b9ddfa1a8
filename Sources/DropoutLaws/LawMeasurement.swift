/// One number of a law: the engine's value beside the expected one.
public struct LawMeasurement: Equatable, Sendable {
  /// The draws behind a measured value, and its standard deviation.
  public struct Sampling: Equatable, Sendable {
    /// The standard deviation of the measured value.
    public let sigma: Double
    /// The number of draws.
    public let samples: Int
  }

  /// The relation between the measured and the expected value.
  public enum Relation: String, Sendable {
    /// They are equal.
    case equal = "="
    /// The expected value is an upper bound.
    case atMost = "<="
    /// The expected value is a lower bound.
    case atLeast = ">="
  }

  /// The measured quantity, such as `keep 0.8, unit 2: variance`.
  public let quantity: String
  /// The value from the engine.
  public let measured: Double
  /// Its relation to ``expected``.
  public let relation: Relation
  /// The value of the closed form; for an inequality, the bound.
  public let expected: Double
  /// The distance between the two.
  ///
  /// For an inequality it is the excess over the bound, 0 where the bound holds.
  public let error: Double
  /// The largest error with which the law holds.
  public let tolerance: Double
  /// The draws, where the value was sampled; nil where every mask was enumerated.
  public let sampling: Sampling?

  /// Whether the error is within the tolerance; NaN never is.
  public var holds: Bool { error <= tolerance }

  /// The error in units of the tolerance: above 1 the law is broken.
  var severity: Double {
    if error.isNaN || tolerance.isNaN { return .infinity }
    return error == 0 ? 0 : error / tolerance
  }

  /// The rounding allowed where chance plays no part, relative to the size of the numbers.
  ///
  /// Sums of Floats of a few dozen terms stay well below it.
  public static let rounding = 1e-5

  /// The number of standard deviations allowed where masks are sampled.
  ///
  /// A normal value lies further out once in 1.2 * 10^10 draws. Fewer than 1,000 values are
  /// sampled, so a right engine fails by chance at less than one seed in 10^7. That leaves a factor
  /// of ten for tails that are not quite normal.
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
    // A difference of NaN stays NaN, so that no inequality counts as kept.
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
  ///   - quantity: the measured quantity.
  ///   - measured: the engine's value.
  ///   - expected: the value of the closed form.
  ///   - scale: the size of the numbers behind them, where that is more than `expected`.
  /// - Returns: the measurement; its tolerance is ``rounding`` of the size.
  public static func equal(
    _ quantity: String, _ measured: Double, _ expected: Double, scale: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .equal, expected, tolerance: tolerance(of: expected, scale: scale))
  }

  /// Two values with the same bits.
  public static func identical(
    _ quantity: String, _ measured: Double, _ expected: Double
  ) -> LawMeasurement {
    LawMeasurement(quantity, measured, .equal, expected, tolerance: 0)
  }

  /// The rounding of numbers of a size.
  private static func tolerance(of value: Double, scale: Double = 0) -> Double {
    rounding * max(abs(value), scale, 1e-3)
  }

  /// A value whose average over draws is that of the closed form.
  ///
  /// - Parameters:
  ///   - quantity: the measured quantity.
  ///   - measured: the engine's value.
  ///   - expected: the value of the closed form.
  ///   - sigma: the standard deviation of the measured value.
  ///   - samples: the number of draws.
  ///   - bias: the error of the closed form, where it holds only in a limit.
  /// - Returns: the measurement; its tolerance is ``sigmas`` times sigma, plus the bias.
  public static func sampled(
    _ quantity: String, _ measured: Double, _ expected: Double, sigma: Double, samples: Int,
    bias: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .equal, expected,
      tolerance: sigmas * sigma + bias + tolerance(of: expected),
      sampling: Sampling(sigma: sigma, samples: samples))
  }

  /// A value that is at most a bound, up to rounding.
  public static func atMost(
    _ quantity: String, _ measured: Double, _ bound: Double, scale: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .atMost, bound, tolerance: tolerance(of: bound, scale: scale))
  }

  /// A value that is at least a bound, up to rounding.
  public static func atLeast(
    _ quantity: String, _ measured: Double, _ bound: Double, scale: Double = 0
  ) -> LawMeasurement {
    LawMeasurement(
      quantity, measured, .atLeast, bound, tolerance: tolerance(of: bound, scale: scale))
  }

  /// The pair of values that differ most in two lists that agree up to rounding, relative to their
  /// largest value.
  ///
  /// - Precondition: the lists have the same length and are not empty.
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
