extension NetworkParameters {
  /// The parameters that an experiment starts from: a pure function of the init seed.
  ///
  /// Weight (unit, input) of a layer takes the random numbers of its own index, so that a wider
  /// layer starts with the same weights as far as both have them. Logarithm and cosine are this
  /// module's own. Each learner has a stream of its own, and learner 0 starts like a network that
  /// is trained alone.
  public static func initial(
    shape: NetworkShape, initialization: WeightInitialization, bias: Float, seed: UInt64,
    learner: Int = 0
  ) -> NetworkParameters {
    NetworkParameters(
      layers: (0..<shape.layerCount).map { layer in
        let units = shape.units(of: layer)
        let inputs = shape.inputs(of: layer)
        var weights = Matrix(rows: units, columns: inputs)
        for unit in 0..<units {
          for input in 0..<inputs {
            var random = RandomStream(
              seed: seed, purpose: .initialWeights, stream: UInt32(learner << 8 | layer),
              index: UInt64(unit) << 32 | UInt64(input) << 1)
            weights[unit, input] = initialization.weight(
              inputs: inputs, units: units, random: &random)
          }
        }
        return LayerParameters(
          weights: weights, biases: [Float](repeating: bias, count: units))
      })
  }
}

extension WeightInitialization {
  fileprivate func weight(inputs: Int, units: Int, random: inout RandomStream) -> Float {
    switch self {
    case .he:
      return Float(random.nextNormal() * (2 / Double(inputs)).squareRoot())
    case .xavier:
      return Float(
        (2 * random.nextUniform() - 1) * (6 / Double(inputs + units)).squareRoot())
    case .playground:
      return Float(random.nextUniform() - 0.5)
    case .zeros:
      return 0
    }
  }
}
