/// The masked losses of the minibatches since the last report.
struct MinibatchLosses {
  private var sum = 0.0
  /// The minibatches since the last report.
  private(set) var count = 0

  /// Adds the mean loss of a minibatch.
  mutating func add(_ loss: Double) {
    sum += loss
    count += 1
  }

  /// The mean since the last call; nil if there was no minibatch.
  mutating func takeMean() -> Double? {
    guard count > 0 else { return nil }
    defer { self = MinibatchLosses() }
    return sum / Double(count)
  }
}
