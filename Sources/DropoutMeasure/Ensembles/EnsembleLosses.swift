/// The losses of an ensemble for one example: cross-entropy in nats, or half the squared error summed over the
/// outputs.
public struct EnsembleLosses: Equatable, Sendable {
  /// The mean of the subnetworks' losses, weighted by probability.
  public var meanOfSubnetworks: Double
  /// The standard error of that mean; nil where it is exact.
  public var meanStandardError: Double?
  /// The loss of the arithmetic mean of the outputs; it is never above ``meanOfSubnetworks``.
  public var arithmeticMean: Double
  /// The loss of the normalised geometric mean; nil where outputs are no probabilities.
  public var geometricMean: Double?
  /// The loss of the weight-scaling network.
  public var weightScaling: Double
  /// The loss of the experiment's own test pass.
  public var testNetwork: Double

  /// ``meanOfSubnetworks`` - ``weightScaling``.
  public var gap: Double { meanOfSubnetworks - weightScaling }
}
