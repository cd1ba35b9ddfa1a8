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
