extension Int {
  /// The whole number nearest to a value, held in a range.
  ///
  /// It is defined for every value: one beyond the range, an infinity too, becomes the nearer end of it, and one that is
  /// not a number the lower end. A half is rounded away from zero. To cut the decimals off instead, round the value
  /// down first.
  @inlinable
  package init(nearest value: Double, in range: ClosedRange<Int>) {
    let nearest = value.rounded()
    guard nearest >= Double(range.lowerBound) else {
      self = range.lowerBound
      return
    }
    // As a Double the largest Int is one more than it is: what is below it has a place.
    guard nearest < Double(range.upperBound) else {
      self = range.upperBound
      return
    }
    self = Swift.max(range.lowerBound, Swift.min(Int(nearest), range.upperBound))
  }
}
