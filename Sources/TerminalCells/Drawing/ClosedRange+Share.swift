extension ClosedRange<Double> {
  /// The position of a value within the range, 0...1; `nil` for a range that has no length or is
  /// infinite.
  func share(of value: Double) -> Double? {
    let length = upperBound - lowerBound
    if length > 0, length.isFinite { return (value - lowerBound) / length }
    // The length of a range of finite bounds may be too large for a number; half of it is not.
    let half = upperBound / 2 - lowerBound / 2
    return half > 0 && half.isFinite ? (value / 2 - lowerBound / 2) / half : nil
  }
}
