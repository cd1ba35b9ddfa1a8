/// How one output is distributed over the subnetworks.
public struct EnsembleHistogram: Equatable, Sendable {
  /// The output, counted from 0.
  public var output: Int
  /// What the bins part: 0...1 for probabilities, else from the lowest to the highest output of a subnetwork.
  public var range: ClosedRange<Double>
  /// The probability that a subnetwork's output is in each bin.
  ///
  /// A value on an edge belongs to the bin above it, and the highest of all to the last bin. They sum to 1, less
  /// the subnetworks whose output is not a number.
  public var bins: [Double]
}
