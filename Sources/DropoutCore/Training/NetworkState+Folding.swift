extension NetworkState {
  /// The weights with the factors of the test pass multiplied in: a plain network that predicts as the
  /// experiment's own test pass does.
  ///
  /// What multiplies the activations that a layer receives is multiplied into its weights; biases stay.
  public var foldedParameters: NetworkParameters {
    let plan = DropoutPlan(
      configuration: configuration, shape: shape, interventions: interventions)
    var folded = parameters
    for layer in folded.layers.indices {
      let factor = plan.sources[layer].testFactor
      guard factor != 1 else { continue }
      for index in folded.layers[layer].weights.elements.indices {
        folded.layers[layer].weights.elements[index] *= factor
      }
    }
    return folded
  }
}
