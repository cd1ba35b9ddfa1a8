public import DropoutEngine

/// The gradient of one minibatch over masks, under every mask pass, and the resulting updates.
///
/// Gradients are of the mean loss over the minibatch, before regulariser and update factor.
/// Weights and biases of a layer are one vector. The reference is the gradient of the mean network,
/// also called the weight-scaling network: each masked value times the mean of its forward
/// multiplier.
public struct GradientMoments: Equatable, Sendable {
  /// The number of updates before the step.
  public var step: Int
  /// The examples of the minibatch.
  public var examples: Int
  /// One entry for each mask pass, in the order of `MaskPass.allCases`.
  public var passes: [MaskPassGradients]

  /// The gradients under a mask pass.
  public subscript(maskPass: MaskPass) -> MaskPassGradients {
    guard let found = passes.first(where: { $0.maskPass == maskPass }) else {
      preconditionFailure("no gradients of mask pass \(maskPass.rawValue) among \(passes.count)")
    }
    return found
  }
}

/// The gradient of one minibatch over the masks of one mask pass.
public struct MaskPassGradients: Equatable, Sendable {
  /// The mask pass; all other settings are the experiment's own.
  public var maskPass: MaskPass
  /// The figures of each layer, the output layer last.
  public var layers: [GradientStatistics]
  /// The figures of all layers as one vector.
  public var whole: GradientStatistics
  /// The size of this step's update of each layer, by update scale.
  public var updates: [UpdateScale: [UpdateSize]]
  /// The theoretical factor of the update of each layer's weights, by update scale.
  public var updateFactors: [UpdateScale: [Double]]
}

/// The distance by which one update moves the parameters of a layer, as 2-norms, with penalties and
/// optimizer.
public struct UpdateSize: Equatable, Sendable {
  /// The distance of the weights.
  public var weights: Double
  /// The distance of the biases.
  public var biases: Double
}

/// One gradient vector (a layer's, or the whole network's) over masks, compared with that of the
/// mean network.
///
/// Quotients are NaN where the reference, or the vector compared with it, is 0.
public struct GradientStatistics: Equatable, Sendable {
  /// The 2-norm of the gradient of the mean network.
  public var referenceNorm: Double
  /// The 2-norm of this step's gradient, under the step's own masks.
  public var stepNorm: Double
  /// The cosine between this step's gradient and the reference.
  public var stepCosine: Double
  /// The mean over masks.
  public var mean: MeanGradient
  /// The variance over masks, summed over the parameters: E|G|^2 - |E G|^2.
  public var variance: Double
  /// The method of the variance.
  public var varianceMethod: MeanMethod
  /// The mean over masks of the squared cosine between a step's gradient and the reference; a
  /// gradient of 0 counts as 0.
  public var squaredCosine: Double
  /// The standard error of ``squaredCosine``; 0 where all masks were enumerated.
  public var squaredCosineError: Double
  /// The method of the squared cosine.
  public var squaredCosineMethod: MeanMethod
  /// The mean that theory expects.
  public var expectedMean: TheoryValue<ExpectedGradient>
  /// The squared cosine that theory expects.
  public var expectedSquaredCosine: TheoryValue<Double>

  /// The standard deviation over masks, in units of the reference's norm.
  public var relativeNoise: Double { variance.squareRoot() / referenceNorm }
}

/// The mean of a gradient over masks.
public struct MeanGradient: Equatable, Sendable {
  /// Its method.
  public var method: MeanMethod
  /// Its 2-norm.
  public var norm: Double
  /// Its share of the reference: the scalar product of E G and R, divided by |R|^2.
  public var share: Double
  /// The standard error of the share; 0 where all masks were enumerated.
  public var shareError: Double
  /// The cosine between it and the reference.
  public var cosine: Double
  /// |E G - R| / |R|: the whole average effect of masks, including the regulariser's gradient.
  public var difference: Double
  /// The standard error of the mean as a vector, in units of |R|: the floor of ``difference`` where
  /// masks were drawn.
  public var error: Double
}

/// The mean gradient that theory expects, with its distance from the measured one.
public struct ExpectedGradient: Equatable, Sendable {
  /// Its share of the reference.
  public var share: Double
  /// |T - R| / |R|, where T is the expected mean.
  public var difference: Double
  /// |E G - T| / |R|: the distance between measurement and theory.
  public var distance: Double
}

/// A value from theory, or the reason why there is none for this network.
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

/// The reason why a relation does not hold for a network.
public enum TheoryGap: Equatable, Sendable {
  /// Nothing is masked.
  case nothingMasked
  /// One mask is fixed, so there is nothing to average over.
  case fixedMask
  /// Weights are masked, not units.
  case weightMasks
  /// Units share a mask, so the penalty is not a sum over single units.
  case sharedMasks
  /// A person killed or pinned units.
  case interventions
  /// The relation needs the squared loss.
  case needsSquaredLoss
  /// The relation needs masks only on the values that feed the output layer.
  case needsOneMaskBelowOutput
  /// The relation needs masks only on the backward pass.
  case needsBackwardPass
  /// The relation holds only for the weights that feed the only masked layer.
  case needsOneMaskAbove
  /// The relation needs one mask for the whole minibatch, or one example.
  case needsSharedMask
  /// The relation needs multipliers of 0 and a constant.
  case needsBernoulli
  /// The relation holds only for some of the layers.
  case partOfLayers
}
