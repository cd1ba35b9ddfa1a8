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
