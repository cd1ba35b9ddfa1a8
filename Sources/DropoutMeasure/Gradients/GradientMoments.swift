public import DropoutEngine

/// The gradient of one minibatch over masks, under every mask pass, and the updates that it makes.
///
/// Gradients are of the mean loss over the minibatch, before regulariser and update factor; weights and biases of a
/// layer are one vector. The reference is the gradient of the mean network, the weight-scaling network: each masked
/// value times the mean of its forward multiplier.
public struct GradientMoments: Equatable, Sendable {
  /// The number of updates before the step.
  public var step: Int
  /// The examples of the minibatch.
  public var examples: Int
  /// One entry for each mask pass, in the order of `MaskPass.allCases`.
  public var passes: [MaskPassGradients]

  /// What was found under a mask pass.
  public subscript(maskPass: MaskPass) -> MaskPassGradients {
    guard let found = passes.first(where: { $0.maskPass == maskPass }) else {
      preconditionFailure("no gradients of mask pass \(maskPass.rawValue) among \(passes.count)")
    }
    return found
  }
}

/// The gradient of one minibatch over the masks of one mask pass.
public struct MaskPassGradients: Equatable, Sendable {
  /// The mask pass; everything else is as in the experiment.
  public var maskPass: MaskPass
  /// By layer, the output layer last.
  public var layers: [GradientStatistics]
  /// Over all layers as one vector.
  public var whole: GradientStatistics
  /// How far this step's update moves each layer, by update scale.
  public var updates: [UpdateScale: [UpdateSize]]
  /// What the update of each layer's weights is multiplied by, by update scale: theory.
  public var updateFactors: [UpdateScale: [Double]]
}

/// How far one update moves the parameters of a layer, as 2-norms, penalties and optimizer included.
public struct UpdateSize: Equatable, Sendable {
  /// Of the weights.
  public var weights: Double
  /// Of the biases.
  public var biases: Double
}

/// One gradient vector (a layer's, or the whole network's) over masks, beside that of the mean network.
///
/// Quotients are not numbers where the reference, or what is compared with it, is 0.
public struct GradientStatistics: Equatable, Sendable {
  /// The 2-norm of the gradient of the mean network.
  public var referenceNorm: Double
  /// The 2-norm of this step's gradient, under the masks that the step draws.
  public var stepNorm: Double
  /// The cosine between this step's gradient and the reference.
  public var stepCosine: Double
  /// The mean over masks.
  public var mean: MeanGradient
  /// The variance over masks, summed over the parameters: E|G|^2 - |E G|^2.
  public var variance: Double
  /// How the variance was found.
  public var varianceMethod: MeanMethod
  /// The mean over masks of the squared cosine between a step's gradient and the reference; a gradient of 0 counts
  /// as 0.
  public var squaredCosine: Double
  /// The standard error of ``squaredCosine``; 0 where all masks were enumerated.
  public var squaredCosineError: Double
  /// How the squared cosine was found.
  public var squaredCosineMethod: MeanMethod
  /// What theory says of the mean.
  public var expectedMean: TheoryValue<ExpectedGradient>
  /// What theory says of the squared cosine.
  public var expectedSquaredCosine: TheoryValue<Double>

  /// The standard deviation over masks, in units of the reference's norm.
  public var relativeNoise: Double { variance.squareRoot() / referenceNorm }
}

/// The mean of a gradient over masks.
public struct MeanGradient: Equatable, Sendable {
  /// How it was found.
  public var method: MeanMethod
  /// Its 2-norm.
  public var norm: Double
  /// How much of the reference is in it: the scalar product of E G and R, divided by |R|^2.
  public var share: Double
  /// The standard error of the share; 0 where all masks were enumerated.
  public var shareError: Double
  /// The cosine between it and the reference.
  public var cosine: Double
  /// |E G - R| / |R|: all that masks change on average, the regulariser's gradient included.
  public var difference: Double
  /// The standard error of the mean as a vector, in units of |R|: the floor of ``difference`` where masks were drawn.
  public var error: Double
}

/// The mean gradient that theory expects, beside the one that was measured.
public struct ExpectedGradient: Equatable, Sendable {
  /// How much of the reference is in it.
  public var share: Double
  /// |T - R| / |R|, T the expected mean.
  public var difference: Double
  /// |E G - T| / |R|: how far measurement and theory are apart.
  public var distance: Double
}

/// A value from theory, or why there is none for this network.
public enum TheoryValue<Value: Equatable & Sendable>: Equatable, Sendable {
  /// The value.
  case value(Value)
  /// There is none.
  case none(TheoryGap)

  /// The value; nil where there is none.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}

/// Why a relation does not hold for a network.
public enum TheoryGap: Equatable, Sendable {
  /// Nothing is masked.
  case nothingMasked
  /// One mask holds for good, so that there is nothing to average over.
  case fixedMask
  /// Weights are masked, not units.
  case weightMasks
  /// A person killed or pinned units.
  case interventions
  /// The relation needs the squared loss.
  case needsSquaredLoss
  /// The relation needs masks on what feeds the output layer alone.
  case needsOneMaskBelowOutput
  /// The relation is one of masks on the backward pass alone.
  case needsBackwardPass
  /// The relation holds for the weights that feed the only masked layer.
  case needsOneMaskAbove
  /// The relation needs one mask for the whole minibatch, or one example.
  case needsSharedMask
  /// The relation needs multipliers of 0 and a constant.
  case needsBernoulli
  /// It holds for some of the layers only.
  case partOfLayers
}
