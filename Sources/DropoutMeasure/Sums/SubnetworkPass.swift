public import DropoutEngine

/// The values of one example in several subnetworks: the evidence of masked training passes, one
/// row for each subnetwork.
public struct SubnetworkPass: Equatable, Sendable {
  /// The values that one layer received and computed.
  public struct Layer: Equatable, Sendable {
    /// The values that it received, masked and scaled, `[subnetworks][inputs of the layer]`.
    public var received: Matrix
    /// The activation sums, `[subnetworks][units]`, without the bias.
    public var trainingSum: Matrix
    /// The sums plus the biases, `[subnetworks][units]`.
    public var preActivation: Matrix
    /// The activations before the layer's own mask, `[subnetworks][units]`; for the output layer
    /// these are the ``SubnetworkPass/outputs``.
    public var activation: Matrix
  }

  /// The hidden layers, then the output layer.
  public var layers: [Layer]

  /// The outputs, `[subnetworks][outputs]`: probabilities for cross-entropy.
  public var outputs: Matrix { layers[layers.count - 1].activation }
}
