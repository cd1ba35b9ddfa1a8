/// The ensemble of a network's subnetworks for one example: its means, its losses, and the
/// weight-scaling network that stands in for it.
///
/// Means over subnetworks weigh each by its probability. The activations that enter the output
/// layer are those of the engine's forward pass, 32 bits wide. The output layer's sums and
/// everything after them are computed in 64 bits; where ``EnsembleOptions/precision`` is single,
/// the probabilities of subnetworks take 32.
///
/// > Source: Hinton et al. 2012, Improving Neural Networks by Preventing Co-adaptation of Feature
/// > Detectors; Baldi, Sadowski 2013, Understanding Dropout.
public struct SubnetworkEnsemble: Equatable, Sendable {
  /// The example, as an index into the dataset; -1 where inputs were given.
  public var example: Int
  /// The number of outputs.
  public var outputs: Int
  /// Whether targets are classes.
  public var isClassification: Bool
  /// Whether outputs are probabilities (a softmax); otherwise they are the output layer's
  /// pre-activations.
  public var hasProbabilities: Bool
  /// The method of the measurement.
  public var method: EnsembleMethod
  /// The number of subnetworks, 2^``maskedUnits``, or the number of samples where the noise does
  /// not mask whole units.
  public var subnetworks: Double
  /// The number of units whose mask is left to chance.
  public var maskedUnits: Int
  /// The number of units among them that change anything for this example, as far as is known
  /// before masks are drawn.
  ///
  /// A unit that sends 0 under every mask changes nothing.
  public var relevantUnits: Int
  /// The target as numbers, `[outputs]`: 1 for the right class and 0 for the others.
  public var target: [Double]
  /// The mean of the outputs, `[outputs]`.
  public var arithmeticMean: [Double]
  /// The normalised geometric mean of the probabilities, `[outputs]`; nil where outputs are no
  /// probabilities.
  public var geometricMean: [Double]?
  /// The output of the weight-scaling network, `[outputs]`: each masked activation times the mean
  /// of its training multiplier.
  public var weightScaling: [Double]
  /// The output of the experiment's own test pass, `[outputs]`.
  ///
  /// If that pass masks, its mask is drawn as for the first example of a test set.
  public var testNetwork: [Double]
  /// The standard errors of the arithmetic mean, `[outputs]`; nil where it is exact.
  public var standardError: [Double]?
  /// The variance of each output over the subnetworks, `[outputs]`.
  public var outputVariance: [Double]
  /// The pre-activations of the output layer.
  public var outputSum: EnsembleOutputSums
  /// The losses.
  public var loss: EnsembleLosses
  /// The ambiguity decomposition.
  public var ambiguity: EnsembleAmbiguity
  /// The distribution of the chosen output.
  public var histogram: EnsembleHistogram
  /// Up to three subnetworks with the lowest losses, the lowest first.
  public var best: [RankedSubnetwork]
  /// Up to three subnetworks with the highest losses, the highest first.
  public var worst: [RankedSubnetwork]
  /// Whether the weight-scaling network equals the mean of the ensemble exactly, and why.
  public var weightScalingIsExact: WeightScalingExactness

  /// The variance of the outputs, summed: E|P_k - P|^2 = V/k for the mean P_k of k masks.
  public var totalVariance: Double { outputVariance.reduce(0, +) }
}

/// The way in which an ensemble was measured.
public enum EnsembleMethod: Equatable, Hashable, Sendable {
  /// Over all subnetworks, each weighted by its probability.
  case exact
  /// Over this many masks that the engine drew.
  case monteCarlo(samples: Int)

  /// The name in files and on screens: `exact` or `monte-carlo`.
  public var name: String {
    switch self {
    case .exact: "exact"
    case .monteCarlo: "monte-carlo"
    }
  }
}

/// The pre-activations of the output layer over the subnetworks.
public struct EnsembleOutputSums: Equatable, Sendable {
  /// Their means, weighted by probability, `[outputs]`.
  public var mean: [Double]
  /// Their variances, `[outputs]`.
  public var variance: [Double]
  /// The sums of the weight-scaling network, `[outputs]`.
  public var weightScaling: [Double]
}

/// The losses of an ensemble for one example: cross-entropy in nats, or half the squared error
/// summed over the outputs.
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

/// The ambiguity decomposition of an ensemble for one example: the squared error of the mean is the
/// mean squared error less the mean squared distance from the mean.
///
/// All three are sums over the outputs, against 1 for the right class and 0 for the others, or
/// against the target numbers. Each is measured independently.
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

/// The distribution of one output over the subnetworks.
public struct EnsembleHistogram: Equatable, Sendable {
  /// The output, counted from 0.
  public var output: Int
  /// The range that the bins divide: 0...1 for probabilities, else from the lowest to the highest
  /// output of a subnetwork.
  public var range: ClosedRange<Double>
  /// The probability that a subnetwork's output is in each bin.
  ///
  /// A value on an edge belongs to the bin above it, and the highest of all to the last bin. The
  /// bins sum to 1, less the probability of subnetworks whose output is not a number.
  public var bins: [Double]
}

/// A subnetwork with one of the lowest or highest losses.
///
/// Units that send 0 for the example under every mask (a ReLU that is off, a unit without weights)
/// change nothing. An exact ensemble shows them as kept, and one ranked subnetwork stands for all
/// that differ only in such units.
public struct RankedSubnetwork: Equatable, Sendable {
  /// Whether each unit of the ``DropoutEngine/MaskSpace`` is kept, in the order of its units; empty
  /// where the noise does not mask whole units.
  public var kept: [Bool]
  /// The probability that a training pass draws this mask, or one that differs only in units that
  /// change nothing.
  ///
  /// It is NaN where the noise does not mask whole units.
  public var probability: Double
  /// Its loss.
  public var loss: Double
  /// Its value of the output whose distribution is counted.
  public var output: Double
}
