/// The points of a dataset whose inputs are functions of two coordinates: what a decision boundary can
/// be drawn for.
public struct PlaneData: Equatable, Sendable {
  /// What the inputs are, as functions of the coordinates.
  public let features: [InputFeature]
  /// The coordinates of all examples, `[example][2]`, before scaling.
  public let points: [Float]
  /// The range of the first coordinate that is worth drawing.
  public let xRange: ClosedRange<Float>
  /// The range of the second coordinate that is worth drawing.
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
