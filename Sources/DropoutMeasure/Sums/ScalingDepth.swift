public import DropoutEngine

/// The difference between training and test sums in each layer of one network under one scaling.
public struct ScalingDepth: Equatable, Sendable {
  /// The scaling.
  public var scaling: Scaling
  /// Divergence and ratio of each layer, the output layer last.
  public var layers: [LayerDivergence]
  /// The ratio of each layer if means passed through all layers unchanged: the product of the
  /// effects of all masked layers below.
  ///
  /// It is exact where all layers are linear, or all weights and inputs are at least 0, without
  /// biases.
  public var compounded: [Double]
}

extension Measurer {
  /// Divergence and ratio of each layer under every scaling, for the same weights.
  ///
  /// Scalings with the same training factors train alike: off, classic and swapped do, and so do
  /// inverted and double. One training pass serves all of them.
  public func depth(_ state: NetworkState) -> [ScalingDepth] {
    var trained: [[Float]: (expected: [LayerSums], drawn: [DrawnSums])] = [:]
    return Scaling.allCases.map { scaling in
      let scaled = state.with(scaling: scaling)
      let factors = scaled.plan.sources.map(\.trainingFactor)
      let training =
        trained[factors]
        ?? (
          expectedSums(scaled, examples: dataset.probeExamples),
          drawnSums(scaled, examples: dataset.probeExamples)
        )
      trained[factors] = training
      let tests = testSums(scaled, examples: dataset.probeExamples)
      let layers = (0..<state.shape.layerCount).map { layer in
        var expected = training.expected[layer]
        expected.test = tests[layer]
        return LayerDivergence(
          expected: expected, drawn: training.drawn[layer], examples: dataset.probeExamples.count,
          units: state.shape.units(of: layer), conventions: [])
      }
      return ScalingDepth(
        scaling: scaling, layers: layers,
        compounded: (0..<state.shape.layerCount).map { scaled.configuration.linearRatio(into: $0) })
    }
  }
}

extension NetworkState {
  /// The same weights under another scaling.
  func with(scaling: Scaling) -> NetworkState {
    var configuration = configuration
    configuration.dropout.scaling = scaling
    return NetworkState(
      step: step, configuration: configuration, interventions: interventions,
      learner: learner, block: block, layout: layout)
  }
}
