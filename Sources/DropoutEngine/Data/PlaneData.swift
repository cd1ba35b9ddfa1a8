/// The points of a dataset whose inputs are functions of two coordinates.
///
/// A decision boundary can be drawn for it.
public struct PlaneData: Equatable, Sendable {
  /// The inputs, as functions of the coordinates.
  public let features: [InputFeature]
  /// The coordinates of all examples, `[example][2]`, before scaling.
  public let points: [Float]
  /// The range of the first coordinate to draw.
  public let xRange: ClosedRange<Float>
  /// The range of the second coordinate to draw.
  public let yRange: ClosedRange<Float>

  /// Creates the plane of a dataset.
  public init(
    features: [InputFeature], points: [Float], xRange: ClosedRange<Float>,
    yRange: ClosedRange<Float>
  ) {
    self.features = features
    self.points = points
    self.xRange = xRange
    self.yRange = yRange
  }
}

extension PlaneData {
  /// The features of all points, `[example][feature]`, before scaling.
  public func featureValues() -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(points.count / 2 * features.count)
    for example in 0..<points.count / 2 {
      for feature in features {
        values.append(feature.value(points[2 * example], points[2 * example + 1]))
      }
    }
    return values
  }
}

extension InputFeature {
  /// The feature of a point of the plane, before scaling.
  ///
  /// The sine is this module's own, so the bits do not depend on the system's library.
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
