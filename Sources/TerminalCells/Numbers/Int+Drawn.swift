extension Int {
  /// The whole number nearest to a value that is drawn, held in a range: a row, a column, a level, a length in cells.
  ///
  /// It is defined for every value, so that nothing that is drawn can stop the program: a value beyond the range, an
  /// infinity too, becomes the nearer end of it, and one that is not a number the lower end. A half is rounded away
  /// from zero. To cut the decimals off instead, round the value down first.
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
    // As a Double the largest Int is one more than it is: what is below it has a place.
    guard nearest < Double(range.upperBound) else {
      self = range.upperBound
      return
    }
    self = Swift.max(range.lowerBound, Swift.min(Int(nearest), range.upperBound))
  }

  /// The cell, or the level, in which a share from 0 to 1 falls where so many divide it equally; 0 where there are none.
  ///
  /// Shares below 0 and beyond 1 fall into the first and the last, and one that is not a number into the first.
  public init(cellOf share: Double, among count: Int) {
    self.init(drawn: (share * Double(count)).rounded(.down), in: 0...Swift.max(0, count - 1))
  }
}
