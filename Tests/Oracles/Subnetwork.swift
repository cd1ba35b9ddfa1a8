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
  /// Its layers.
  package var layers: [Layer]

  /// The outputs.
  package var outputs: [Double] { layers[layers.count - 1].activation }
}
