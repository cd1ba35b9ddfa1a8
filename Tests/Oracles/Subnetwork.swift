/// One masked pass of the engine.
package struct Subnetwork {
  /// One layer of the pass, `[unit]`.
  package struct Layer {
    /// The sums, without the bias.
    package var sum: [Double]
    /// The sums with the bias.
    package var preActivation: [Double]
    /// The activations.
    package var activation: [Double]
  }

  /// The probability of its masks.
  package var probability: Double
  /// The mask of each place, the inputs first.
  package var masks: [[Float]]
  /// Its layers.
  package var layers: [Layer]

  /// The outputs.
  package var outputs: [Double] { layers[layers.count - 1].activation }
  /// The pre-activations of the output layer.
  package var logits: [Double] { layers[layers.count - 1].preActivation }
}

extension [Subnetwork] {
  /// The mean of a quantity over the masks.
  package func mean(_ quantity: (Subnetwork) -> Double) -> Double {
    map { $0.probability * quantity($0) }.reduce(0, +)
  }

  /// Its variance over the masks.
  package func variance(_ quantity: (Subnetwork) -> Double) -> Double {
    let mean = mean(quantity)
    return self.mean { (quantity($0) - mean) * (quantity($0) - mean) }
  }
}
