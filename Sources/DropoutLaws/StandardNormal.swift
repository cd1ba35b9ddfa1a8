import DropoutEngine

/// The normal distribution of mean 0 and variance 1.
enum StandardNormal {
  /// The density.
  static func density(_ x: Double) -> Double {
    ElementaryFunctions.exponential(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  /// The probability of a value of at most `x`, to about 1e-15.
  ///
  /// > Source: Marsaglia 2004, Evaluating the Normal Distribution.
  static func cumulative(_ x: Double) -> Double {
    guard abs(x) < 8 else { return x < 0 ? 0 : 1 }
    var (term, sum, divisor) = (x, x, 1.0)
    while sum + term != sum {
      divisor += 2
      term *= x * x / divisor
      sum += term
    }
    return 0.5 + sum * density(x)
  }

  /// The mean of max(0, z) where z is normal; `relu(mean)` where it does not vary.
  ///
  /// > Source: Wang, Manning 2013, Fast dropout training.
  static func meanRectified(mean: Double, variance: Double) -> Double {
    let deviation = variance.squareRoot()
    guard deviation > 0 else { return max(0, mean) }
    let standard = mean / deviation
    return mean * cumulative(standard) + deviation * density(standard)
  }
}
