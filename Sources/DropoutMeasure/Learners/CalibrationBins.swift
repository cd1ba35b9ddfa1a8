import DropoutEngine

/// The confidence of a network and the frequency of right answers, in 15 bins of equal width of its
/// largest probability.
///
/// > Source: Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural Networks, section
/// > 2.
struct CalibrationBins {
  /// The number of bins from 0 to 1.
  static let count = 15

  /// The predictions with their largest probability in one of the intervals.
  struct Bin {
    fileprivate var confidence = 0.0
    fileprivate var right = 0
  }

  private var bins = [Bin](repeating: Bin(), count: CalibrationBins.count)
  private var examples = 0

  /// Adds a prediction: the probability of its class, and whether that class is right.
  mutating func add(confidence: Double, isRight: Bool) {
    add(1) { bins in
      CalibrationBins.add(confidence: confidence, right: isRight ? 1 : 0, to: bins)
    }
  }

  /// Adds `count` predictions, which `body` writes to the bins through a pointer.
  mutating func add(_ count: Int, _ body: (UnsafeMutableBufferPointer<Bin>) -> Void) {
    examples += count
    bins.withUnsafeMutableBufferPointer { body($0) }
  }

  /// Adds a prediction to bins; `right` is 1 or 0.
  ///
  /// A bin includes its upper end, as in the source.
  static func add(
    confidence value: Double, right: Int, to bins: UnsafeMutableBufferPointer<Bin>
  ) {
    guard value.isFinite else {
      bins[0].confidence = .nan
      return
    }
    // Clamped first, since outputs trained with squared error may be as large as a number can be.
    let place = min(max(0, value * Double(count)), Double(count))
    let whole = Int(nearest: place.rounded(.down), in: 0...count)
    let bin = max(0, Double(whole) == place ? whole &- 1 : whole)
    bins[bin].confidence += value
    bins[bin].right &+= right
  }

  /// The mean over the examples of their bin's |share right - mean probability|; NaN without
  /// examples.
  var expectedError: Double {
    var total = 0.0
    for bin in bins { total += (Double(bin.right) - bin.confidence).magnitude }
    return total / Double(examples)
  }
}
