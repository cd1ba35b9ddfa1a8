extension InputFeature {
  /// The feature of a point of the plane, before scaling.
  ///
  /// The sine is this library's own: the bits do not depend on the system's library.
  public func value(_ x: Float, _ y: Float) -> Float {
    switch self {
    case .x1: x
    case .x2: y
    case .x1Squared: x * x
    case .x2Squared: y * y
    case .product: x * y
    case .sinX1: Float(ElementaryFunctions.sine(Double(x)))
    case .sinX2: Float(ElementaryFunctions.sine(Double(y)))
    }
  }
}
