/// The moments of a sum under a mask, in closed form.
///
/// Let c be the terms, S their sum, Q the sum of their squares, p the keep probability and f the
/// factor of training. Then the mean is fpS and the variance f^2 p(1-p)Q.
///
/// > Source: Srivastava et al. 2014, JMLR 15, section 9.1; the fourth moment from the cumulants of
/// > a Bernoulli variable.
struct MaskedSum {
  let mean: Double
  let variance: Double
  /// The fourth moment about the mean.
  let fourthMoment: Double
  /// The sum without masks.
  let whole: Double
  /// The size of the added terms.
  let scale: Double

  init(_ terms: [Double], keep: Double, factor: Double) {
    whole = terms.reduce(0, +)
    let squares = innerProduct(terms, terms)
    let spread = keep * (1 - keep)
    mean = factor * keep * whole
    variance = factor * factor * spread * squares
    let fourth = terms.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    fourthMoment =
      3 * variance * variance
      + factor * factor * factor * factor * spread * (1 - 6 * spread) * fourth
    scale = terms.reduce(0) { $0 + abs($1) } * factor
  }

  /// The standard deviation of the mean of draws.
  func sigmaOfMean(_ draws: Int) -> Double { (variance / Double(draws)).squareRoot() }

  /// The standard deviation of the mean of squared distances from ``mean`` over draws.
  func sigmaOfVariance(_ draws: Int) -> Double {
    (max(0, fourthMoment - variance * variance) / Double(draws)).squareRoot()
  }
}
