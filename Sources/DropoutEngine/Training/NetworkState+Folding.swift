extension NetworkState {
  /// The weights with the factors of the test pass multiplied in: a plain network with the same
  /// predictions as the experiment's own test pass.
  ///
  /// The factor of the activations that a layer receives goes into its weights; biases stay.
  /// Weights of inputs that a learner does not see are 0.
  public var foldedParameters: NetworkParameters {
    let plan = plan
    var folded = parameters
    for layer in folded.layers.indices {
      for unseen in plan.sources[layer].unseen {
        for unit in 0..<shape.units(of: layer) { folded.layers[layer].weights[unit, unseen] = 0 }
      }
      let factor = plan.sources[layer].testFactor
      guard factor != 1 else { continue }
      for index in folded.layers[layer].weights.elements.indices {
        folded.layers[layer].weights.elements[index] *= factor
      }
    }
    return folded
  }
}
