/// The ensemble of all subnetworks that masks make of a network, for one example: its means, its losses, and the
/// network that weight scaling puts in its place.
///
/// Everything over subnetworks weighs each by its probability. The activations that enter the output layer are
/// those of the engine's forward pass, 32 bits wide; the output layer's sums and all that follows are computed from
/// them in 64 bits (or, where ``EnsembleOptions/precision`` is single, the probabilities of subnetworks in 32).
///
/// > Source: Hinton et al. 2012, Improving Neural Networks by Preventing Co-adaptation of Feature Detectors; Baldi,
/// > Sadowski 2013, Understanding Dropout.
public struct SubnetworkEnsemble: Equatable, Sendable {
  /// The example, as an index into the dataset; -1 where inputs were given.
  public var example: Int
  /// The number of outputs.
  public var outputs: Int
  /// Whether targets are classes.
  public var isClassification: Bool
  /// Whether outputs are probabilities (a softmax), else they are the output layer's pre-activations.
  public var hasProbabilities: Bool
  /// How it was found.
  public var method: EnsembleMethod
  /// The number of subnetworks, 2^``maskedUnits``; the number of samples where noise masks no whole units.
  public var subnetworks: Double
  /// The units whose mask is left to chance.
  public var maskedUnits: Int
  /// Those of them that change anything for this example, as far as is known before masks are drawn: a unit that sends
  /// 0 whatever is masked does not.
  public var relevantUnits: Int
  /// The target as numbers, `[outputs]`: 1 for the right class and 0 for the others.
  public var target: [Double]
  /// The mean of the outputs, `[outputs]`.
  public var arithmeticMean: [Double]
  /// The normalised geometric mean of the probabilities, `[outputs]`; nil where outputs are no probabilities.
  public var geometricMean: [Double]?
  /// What comes out of the weight-scaling network: each masked activation times the mean of what training multiplies it
  /// by, `[outputs]`.
  public var weightScaling: [Double]
  /// What comes out of the experiment's own test pass, `[outputs]`; one that masks is drawn as for the first example
  /// of a test set.
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
  /// How the chosen output is distributed.
  public var histogram: EnsembleHistogram
  /// Up to three subnetworks of the lowest losses, the lowest first.
  public var best: [RankedSubnetwork]
  /// Up to three subnetworks of the highest losses, the highest first.
  public var worst: [RankedSubnetwork]
  /// Whether the weight-scaling network is the mean of the ensemble exactly, and why.
  public var weightScalingIsExact: WeightScalingExactness

  /// The variance of the outputs, summed: E|P_k - P|^2 = V/k for the mean P_k of k masks.
  public var totalVariance: Double { outputVariance.reduce(0, +) }
}

/// How an ensemble was found.
public enum EnsembleMethod: Equatable, Hashable, Sendable {
  /// Over all subnetworks, each weighted by its probability.
  case exact
  /// Over this many masks that the engine drew.
  case monteCarlo(samples: Int)

  /// The name that files and screens write: `exact` or `monte-carlo`.
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
  /// Those of the weight-scaling network, `[outputs]`.
  public var weightScaling: [Double]
}

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

/// A subnetwork that stands out by its loss.
///
/// Units that send 0 for the example whatever is masked (a ReLU that is off, a unit without weights) change nothing:
/// an exact ensemble shows them as kept, and one ranked subnetwork stands for all that differ in such units only.
public struct RankedSubnetwork: Equatable, Sendable {
  /// Whether each unit of the ``DropoutEngine/MaskSpace`` is kept, in the order of its units; empty where noise masks no whole
  /// units.
  public var kept: [Bool]
  /// The probability that a training pass draws this mask, or one that differs in units that change nothing; NaN where
  /// noise masks no whole units.
  public var probability: Double
  /// Its loss.
  public var loss: Double
  /// What comes out of it at the output whose distribution is counted.
  public var output: Double
}
