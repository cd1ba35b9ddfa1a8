import DropoutEngine

/// All sums that independent masks can make of given terms, with their probabilities.
///
/// The free terms are split into two halves, so that each sum is one addition of two stored sums.
struct SplitSums {
  private let low: [(sum: Double, probability: Double)]
  private let high: [(sum: Double, probability: Double)]
  /// The smallest and the largest sum.
  let range: ClosedRange<Double>

  /// - Parameters:
  ///   - terms: the contribution of each unit where it is kept.
  ///   - laws: the laws of their masks; chance does not decide a unit without variance.
  init(terms: [Double], laws: [MultiplierLaw]) {
    var decided = 0.0
    var free: [(term: Double, keep: Double)] = []
    var (least, greatest) = (0.0, 0.0)
    for (term, law) in zip(terms, laws) {
      if law.variance == 0 {
        decided += law.mean * term
      } else {
        free.append((term, law.mean))
        least += min(0, term)
        greatest += max(0, term)
      }
    }
    range = decided + least...decided + greatest
    low = SplitSums.sums(of: free[..<(free.count / 2)], from: 0)
    high = SplitSums.sums(of: free[(free.count / 2)...], from: decided)
  }

  /// Calls `body` with each sum and its probability.
  func forEach(_ body: (Double, Double) -> Void) {
    for high in high {
      for low in low { body(high.sum + low.sum, high.probability * low.probability) }
    }
  }

  private static func sums(
    of terms: ArraySlice<(term: Double, keep: Double)>, from start: Double
  ) -> [(sum: Double, probability: Double)] {
    var sums = [(sum: start, probability: 1.0)]
    for (term, keep) in terms {
      sums =
        sums.map { ($0.sum, $0.probability * (1 - keep)) }
        + sums.map { ($0.sum + term, $0.probability * keep) }
    }
    return sums
  }
}
