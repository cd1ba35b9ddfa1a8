public import DropoutMeasure

/// Means over the ensembles of several examples.
public struct EnsembleSummary: Equatable, Sendable {
  /// The number of examples.
  public private(set) var count = 0
  private var totals = [Double](repeating: 0, count: 4)
  private var last: SubnetworkEnsemble?

  /// Creates an empty summary.
  public init() {}

  /// Adds an ensemble.
  public mutating func add(_ ensemble: SubnetworkEnsemble) {
    count += 1
    let loss = ensemble.loss
    let values = [
      loss.meanOfSubnetworks, loss.arithmeticMean, loss.weightScaling, loss.testNetwork,
    ]
    for (index, value) in values.enumerated() { totals[index] += value }
    last = ensemble
  }

  /// The mean losses: of the subnetworks, of their arithmetic means, of weight scaling and of the
  /// test pass.
  var losses: (subnetworks: Double, mean: Double, weightScaling: Double, test: Double) {
    let means = totals.map { $0 / Double(count) }
    return (means[0], means[1], means[2], means[3])
  }

  /// The reason why weight scaling is exact or not, which is the same for all examples of a
  /// network.
  var sentence: String? {
    last.map { $0.weightScalingIsExact.sentence(hasProbabilities: $0.hasProbabilities) }
  }
}
