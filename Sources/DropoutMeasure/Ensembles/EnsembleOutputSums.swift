/// The pre-activations of the output layer over the subnetworks.
public struct EnsembleOutputSums: Equatable, Sendable {
  /// Their means, weighted by probability, `[outputs]`.
  public var mean: [Double]
  /// Their variances, `[outputs]`.
  public var variance: [Double]
  /// Those of the weight-scaling network, `[outputs]`.
  public var weightScaling: [Double]
}
