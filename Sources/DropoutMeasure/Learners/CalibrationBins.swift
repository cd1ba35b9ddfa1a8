import DropoutEngine

/// Sums up how sure a network was and how often it was right: 15 bins of equal width of its largest probability.
///
/// > Source: Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural Networks, section 2.
struct CalibrationBins {
  /// The number of bins; the first one begins at 0, the last one ends at 1.
  static let count = 15

  /// The predictions whose largest probability falls into one of the intervals.
  struct Bin {
    fileprivate var confidence = 0.0
    fileprivate var right = 0
  }

  private var bins = [Bin](repeating: Bin(), count: CalibrationBins.count)
  private var examples = 0

  /// Adds a prediction: the probability of the class that it names, and whether that is the right one.
  mutating func add(confidence: Double, isRight: Bool) {
    add(1) { bins in
      CalibrationBins.add(confidence: confidence, right: isRight ? 1 : 0, to: bins)
    }
  }

  /// Adds so many predictions, each of which `body` adds to the bins, by their addresses.
  mutating func add(_ count: Int, _ body: (UnsafeMutableBufferPointer<Bin>) -> Void) {
    examples += count
    bins.withUnsafeMutableBufferPointer { body($0) }
  }

  /// Adds a prediction to bins, `right` being 1 or 0.
  ///
  /// A bin takes in its upper end, as in the source.
  static func add(
    confidence value: Double, right: Int, to bins: UnsafeMutableBufferPointer<Bin>
  ) {
    guard value.isFinite else {
      bins[0].confidence = .nan
      return
    }
    // Clamped first: outputs that are trained with squared error may be as large as a number can be.
    let place = min(max(0, value * Double(count)), Double(count))
    let whole = Int(nearest: place.rounded(.down), in: 0...count)
    let bin = max(0, Double(whole) == place ? whole &- 1 : whole)
    bins[bin].confidence += value
    bins[bin].right &+= right
  }

  /// The mean over the examples of |share right - mean probability| of their bin; NaN without examples.
  var expectedError: Double {
    var total = 0.0
    for bin in bins { total += (Double(bin.right) - bin.confidence).magnitude }
    return total / Double(examples)
  }
}
