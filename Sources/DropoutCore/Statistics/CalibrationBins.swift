/// Sums up how sure a network was and how often it was right: 15 bins of equal width of its largest probability.
///
/// > Source: Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural Networks, section 2.
struct CalibrationBins {
  /// The number of bins; the first one begins at 0, the last one ends at 1.
  static let count = 15

  private var confidence = [Double](repeating: 0, count: CalibrationBins.count)
  private var right = [Int](repeating: 0, count: CalibrationBins.count)
  private var examples = 0

  /// Adds a prediction: the probability of the class that it names, and whether that is the right one.
  ///
  /// A bin takes in its upper end, as in the source.
  mutating func add(confidence value: Double, isRight: Bool) {
    examples += 1
    guard value.isFinite else {
      confidence[0] = .nan
      return
    }
    let place = (value * Double(CalibrationBins.count)).rounded(.up) - 1
    let bin = min(max(0, Int(place)), CalibrationBins.count - 1)
    confidence[bin] += value
    right[bin] += isRight ? 1 : 0
  }

  /// The mean over the examples of |share right - mean probability| of their bin; NaN without examples.
  var expectedError: Double {
    var total = 0.0
    for (sum, count) in zip(confidence, right) { total += (Double(count) - sum).magnitude }
    return total / Double(examples)
  }
}
