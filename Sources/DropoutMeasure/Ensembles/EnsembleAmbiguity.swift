/// The ambiguity decomposition of an ensemble for one example: the squared error of the mean is the mean squared
/// error less the mean squared distance from the mean.
///
/// All three are sums over the outputs, against 1 for the right class and 0 for the others, or against the target
/// numbers. Each is measured by itself.
///
/// > Source: Krogh, Vedelsby 1995, Neural Network Ensembles, Cross Validation, and Active Learning.
public struct EnsembleAmbiguity: Equatable, Sendable {
  /// |mean - target|^2.
  public var squaredErrorOfMean: Double
  /// The mean of |output - target|^2 over the subnetworks.
  public var meanSquaredError: Double
  /// The mean of |output - mean|^2 over the subnetworks: V, the ambiguity.
  public var meanSquaredDistance: Double
}
