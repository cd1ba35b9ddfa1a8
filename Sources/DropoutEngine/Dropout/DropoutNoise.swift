/// The kind of noise on activations or weights.
public enum DropoutNoise: String, NamedChoice {
  /// Each unit is kept with probability p.
  case bernoulli
  /// Activations times N(1, (1-p)/p).
  ///
  /// > Source: Srivastava et al. 2014, JMLR 15, section 10.
  case gaussian
  /// Each weight is kept with the p of its layer's input.
  ///
  /// > Source: Wan et al. 2013, Regularization of Neural Networks using DropConnect.
  case dropconnect
  /// Each group of units is kept with probability p, as a whole.
  ///
  /// > Source: Tompson et al. 2015, Efficient Object Localization Using Convolutional Networks, for
  /// > the channels of a convolution.
  case groups
}

/// The law of one multiplier: the random number that an activation or a weight is multiplied by.
///
/// It does not include the training factor of the scaling.
public struct MultiplierLaw: Equatable, Sendable {
  /// The mean.
  public let mean: Double
  /// The variance; 0 where chance decides nothing.
  public let variance: Double

  /// The law of the multiplier times a factor.
  package func times(_ factor: Double) -> MultiplierLaw {
    MultiplierLaw(mean: mean * factor, variance: variance * factor * factor)
  }

  /// The law of a multiplier that chance does not decide.
  static func decided(_ value: Double) -> MultiplierLaw { MultiplierLaw(mean: value, variance: 0) }
}

/// Everything that tells one kind of noise from another, but for words.
///
/// A new kind is a new case here.
extension DropoutNoise {
  /// The law of its multipliers.
  ///
  /// - Parameter keep: the keep probability, in (0, 1].
  /// - Returns: the law; at keep probability 1 each multiplier is 1.
  public func law(keepProbability keep: Double) -> MultiplierLaw {
    switch self {
    case .bernoulli, .dropconnect, .groups: MultiplierLaw(mean: keep, variance: keep * (1 - keep))
    case .gaussian: MultiplierLaw(mean: 1, variance: (1 - keep) / keep)
    }
  }

  /// Whether each weight has its own multiplier, instead of each unit.
  public var masksWeights: Bool {
    switch self {
    case .bernoulli, .gaussian, .groups: false
    case .dropconnect: true
    }
  }

  /// Whether each unit has a mask of its own, and is either kept or masked: only such masks can be
  /// numbered and enumerated.
  public var masksUnits: Bool {
    switch self {
    case .bernoulli: true
    case .gaussian, .dropconnect, .groups: false
    }
  }

  /// Whether neighbours share a mask, so that the multipliers of a place depend on each other.
  public var sharesMasks: Bool { self == .groups }

  /// The noise on units with the same means.
  ///
  /// The mean network is the same under it.
  package var onUnits: DropoutNoise {
    switch self {
    case .bernoulli, .dropconnect, .groups: .bernoulli
    case .gaussian: .gaussian
    }
  }

  /// Whether a scaling's factors apply to it.
  package var isScaled: Bool { ownScaling == nil }

  /// The scaling that it amounts to if it takes no other: multipliers with mean 1 need no factor.
  var ownScaling: Scaling? {
    switch self {
    case .bernoulli, .dropconnect, .groups: nil
    case .gaussian: .inverted
    }
  }

  /// The error for a combination of settings that makes no sense with this noise; nil where all is
  /// well.
  func conflict(with settings: DropoutSettings) -> ConfigurationError? {
    switch self {
    case .bernoulli, .groups: nil
    case .gaussian: scalingConflict(settings.scaling)
    case .dropconnect:
      if settings.maskPass != .both {
        .conflict(
          setting: "mask-pass \(settings.maskPass.rawValue)", with: "dropout-noise \(rawValue)",
          reason: "a masked weight has one mask for both passes")
      } else if settings.testPass == .masked {
        .conflict(
          setting: "test-pass masked", with: "dropout-noise \(rawValue)",
          reason: "its test pass uses all weights; only masks of units can be left on")
      } else {
        nil
      }
    }
  }

  /// The error for a scaling that the noise does not take; nil where it takes it.
  private func scalingConflict(_ scaling: Scaling) -> ConfigurationError? {
    guard let ownScaling, scaling != ownScaling else { return nil }
    return .conflict(
      setting: "scaling \(scaling.rawValue)", with: "dropout-noise \(rawValue)",
      reason: "multipliers with mean 1 need no factor in training or test")
  }
}
