extension ExperimentConfiguration {
  /// The test sums into a layer over their mean in training, in a network whose units bend no sum
  /// and have no bias: the product of the factors of all masked layers up to it.
  ///
  /// With every scaling that is right it is 1. Bends leave a rest that no scaling takes away, so a
  /// measured ratio may differ from it.
  ///
  /// - Parameter layer: the layer, 0 for the first hidden one.
  /// - Returns: the ratio, above 0; 1 where nothing is masked, and where testing masks as training
  ///   does.
  public func linearRatio(into layer: Int) -> Double {
    guard dropout.maskPass != .backward, dropout.noise.isScaled, dropout.testPass == .plain else {
      return 1
    }
    return (0...layer).map { keepProbability(feeding: $0) }.filter { $0 < 1 }
      .reduce(1) { $0 * dropout.scaling.ratio($1) }
  }
}
