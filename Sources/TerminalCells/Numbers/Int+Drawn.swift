extension Int {
  /// The whole number nearest to a value to draw, held in a range: a row, a column, a level, a
  /// length in cells.
  ///
  /// It is defined for every value, so that drawing can never stop the program. A value beyond the
  /// range, including an infinity, becomes the nearer end; NaN becomes the lower end. A half is
  /// rounded away from zero. To cut the decimals off instead, round the value down first.
  ///
  /// ```swift
  /// Int(drawn: 2.5, in: 0...9)  // 3
  /// Int(drawn: 1e300, in: 0...9)  // 9
  /// Int(drawn: .nan, in: 0...9)  // 0
  /// ```
  public init(drawn value: Double, in range: ClosedRange<Int>) {
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

  /// The cell, or the level, for a share from 0 to 1 among `count` equal ones; 0 where there are
  /// none.
  ///
  /// Shares below 0 belong to the first, shares beyond 1 to the last, and NaN to the first.
  public init(cellOf share: Double, among count: Int) {
    self.init(drawn: (share * Double(count)).rounded(.down), in: 0...Swift.max(0, count - 1))
  }
}
