extension Int {
  /// The whole number nearest to a value, held in a range.
  ///
  /// It is defined for every value. One beyond the range, including an infinity, becomes the nearer
  /// end; NaN becomes the lower end. A half is rounded away from zero. To cut the decimals off
  /// instead, round the value down first.
  @inlinable
  package init(nearest value: Double, in range: ClosedRange<Int>) {
    let nearest = value.rounded()
    guard nearest >= Double(range.lowerBound) else {
      self = range.lowerBound
      return
    }
    // Int.max becomes one more as a Double, so every Double below it fits into an Int.
    guard nearest < Double(range.upperBound) else {
      self = range.upperBound
      return
    }
    self = Swift.max(range.lowerBound, Swift.min(Int(nearest), range.upperBound))
  }
}
