extension ClosedRange<Double> {
  /// How far across the range a value inside it lies, 0...1; `nil` for a range without a length, or
  /// one that has no end.
  func share(of value: Double) -> Double? {
    let length = upperBound - lowerBound
    if length > 0, length.isFinite { return (value - lowerBound) / length }
    // The length of a range of finite bounds may be too large for a number; half of it is not.
    let half = upperBound / 2 - lowerBound / 2
    return half > 0 && half.isFinite ? (value / 2 - lowerBound / 2) / half : nil
  }
}
