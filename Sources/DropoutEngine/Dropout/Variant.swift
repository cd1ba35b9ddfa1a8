/// A named point in the space of dropout settings.
///
/// A variant sets scaling, mask pass, mask sharing, update scale, noise, test pass and the course
/// of the keep probabilities; those that it does not name keep their defaults. One also sets L2,
/// and some mask nothing, whatever the keep probability says.
public enum Variant: String, NamedChoice {
  /// Mask in training and never scale: the question itself.
  case unscaled
  /// No dropout, whatever the keep probability says: the control.
  case none
  /// Mask in training, multiply by p at test.
  case classic
  /// Mask and multiply by 1/p in training, nothing at test.
  case inverted
  /// Nothing scaled; L2 is left to balance it.
  case unscaledL2 = "unscaled-l2"
  /// Dropout on the backward pass only.
  case backwardOnly = "backward-only"
  /// Each update multiplied by 1/p instead of any activation.
  case scaledUpdate = "scaled-update"
  /// A bug: the backward pass draws another mask.
  case mismatchedMasks = "mismatched-masks"
  /// A bug: 1/p in training and p at test.
  case doubleScaled = "double-scaled"
  /// A bug: p and 1 - p confused at test.
  case keepDropSwapped = "keep-drop-swapped"
  /// A bug: 1/(1-p) in training, as by someone who divides by the drop rate.
  case dropScaled = "drop-scaled"
  /// A bug: evaluation still masks.
  case leftOnAtTest = "left-on-at-test"
  /// Activations times N(1, (1-p)/p).
  case gaussian
  /// Masks each weight instead of each unit.
  case dropconnect
  /// Inverted, with one mask for each group of units.
  case grouped
  /// Inverted, with a keep probability that falls from 1 to its value.
  ///
  /// > Source: Morerio et al. 2017, Curriculum Dropout.
  case curriculum
  /// Several learners, each with its own fixed random subset of the inputs; their outputs are
  /// averaged.
  ///
  /// > Source: Ho 1998, The Random Subspace Method for Constructing Decision Forests.
  case randomSubspace = "random-subspace"
  /// Several learners, each on its own bootstrap resample of the training part; their outputs are
  /// averaged.
  ///
  /// > Source: Breiman 1996, Bagging Predictors.
  case bagging
}

extension Variant {
  /// The training data of a variant's learners.
  public enum Learners: Sendable {
    /// One network, trained on everything.
    case one
    /// Several, each on its own fixed random subset of the inputs.
    case subsets
    /// Several, each on its own bootstrap resample of the training part.
    case resamples
  }

  /// The settings of the variant.
  ///
  /// `none`, `random-subspace` and `bagging` keep the default settings: nothing is masked, so none
  /// of them matters.
  public var settings: DropoutSettings { definition.settings }

  /// The training data of its learners.
  public var learners: Learners { definition.learners }

  /// Whether several learners are trained and their outputs averaged.
  public var hasSeveralLearners: Bool { learners != .one }

  /// Whether nothing is masked in a network, whatever the keep probability says.
  public var keepsEveryUnit: Bool { !definition.masksUnits }

  /// The L2 that the variant sets where no L2 is given.
  public var l2: Double? { definition.l2 }
}
