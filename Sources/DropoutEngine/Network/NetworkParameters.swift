/// The weights and biases of one layer.
public struct LayerParameters: Equatable, Sendable {
  /// The weights, `[units][inputs]`.
  public var weights: Matrix
  /// The biases, `[units]`.
  public var biases: [Float]

  /// Creates a layer's parameters.
  ///
  /// - Precondition: there is one bias for each row of the weights.
  public init(weights: Matrix, biases: [Float]) {
    precondition(
      weights.rows == biases.count,
      "a layer of \(weights.rows) units needs as many biases, got \(biases.count)")
    self.weights = weights
    self.biases = biases
  }
}

/// The weights and biases of a whole network, hidden layers first, the output layer last.
public struct NetworkParameters: Equatable, Sendable {
  /// One entry for each layer; the last one is the output layer.
  public var layers: [LayerParameters]

  /// Creates the parameters of a network from its layers.
  public init(layers: [LayerParameters]) {
    self.layers = layers
  }
}
