public import DropoutEngine

/// What one example gives in several subnetworks: the evidence of masked training passes, a row for each
/// subnetwork.
public struct SubnetworkPass: Equatable, Sendable {
  /// What one layer received and computed.
  public struct Layer: Equatable, Sendable {
    /// What it received, masked and scaled, `[subnetworks][inputs of the layer]`.
    public var received: Matrix
    /// The activation sums, `[subnetworks][units]`: the bias is not in them.
    public var trainingSum: Matrix
    /// The sums plus the biases, `[subnetworks][units]`.
    public var preActivation: Matrix
    /// The activations before the layer's own mask, `[subnetworks][units]`; of the output layer the
    /// ``SubnetworkPass/outputs``.
    public var activation: Matrix
  }

  /// The hidden layers, then the output layer.
  public var layers: [Layer]

  /// The outputs, `[subnetworks][outputs]`: probabilities for cross-entropy.
  public var outputs: Matrix { layers[layers.count - 1].activation }
}
