/// The factors of dropout: one for masked activations in training, one for activations at test.
///
/// With a the activation, m its mask and p the keep probability.
public enum Scaling: String, NamedChoice {
  /// Training m*a, test a: nothing is scaled.
  case off
  /// Training m*a, test p*a.
  ///
  /// > Source: Srivastava et al. 2014, JMLR 15, section 4.
  case classic
  /// Training m*a/p, test a.
  case inverted
  /// A known bug: training m*a/p, test p*a.
  case double
  /// A known bug: training m*a, test (1-p)*a; right only at p = 0.5.
  case swapped
  /// A known bug: training m*a/(1-p), test a; right only at p = 0.5.
  case inverseDrop = "inverse-drop"
}

extension Scaling {
  /// The factor of kept activations in training, and that of all activations at test.
  ///
  /// - Parameter keep: the keep probability, in (0, 1). Where nothing is dropped there are no
  ///   factors: 1/(1-p) would be 1/0.
  /// - Returns: the factors of the training and of the test pass.
  public func factors<Number: BinaryFloatingPoint>(
    _ keep: Number
  ) -> (training: Number, test: Number) {
    switch self {
    case .off: (1, 1)
    case .classic: (1, keep)
    case .inverted: (1 / keep, 1)
    case .double: (1 / keep, keep)
    case .swapped: (1, 1 - keep)
    case .inverseDrop: (1 / (1 - keep), 1)
    }
  }

  /// The test sum of a unit divided by its mean training sum, where its inputs are masked.
  ///
  /// - Parameter keep: the keep probability, in (0, 1).
  /// - Returns: the ratio; 1 where the two sums agree.
  public func ratio(_ keep: Double) -> Double {
    switch self {
    case .off: 1 / keep
    case .classic, .inverted: 1
    case .double: keep
    case .swapped, .inverseDrop: (1 - keep) / keep
    }
  }

  /// The convention that multiplies activations by the mean of their training multipliers, a mask
  /// times the training factor.
  var scaledConvention: TestConvention {
    switch self {
    case .off, .classic, .swapped: .timesKeep
    case .inverted, .double: .asTheyAre
    case .inverseDrop: .timesKeepOverDrop
    }
  }

  /// The scaling to try after this one: off, classic, inverted, and off again; after a bug comes
  /// off.
  public var next: Scaling {
    switch self {
    case .off: .classic
    case .classic: .inverted
    case .inverted, .double, .swapped, .inverseDrop: .off
    }
  }

  /// The scaling that undoes the factors of the test pass once they are multiplied into the
  /// weights; nil where none does.
  ///
  /// After classic dropout these factors are p, and the training factor of `inverted` is 1/p: (m a
  /// / p) (p W) = m a W.
  public var unfolding: Scaling? {
    switch self {
    case .off, .inverted, .inverseDrop: self
    case .classic: .inverted
    case .double, .swapped: nil
    }
  }

  /// The convention of its own test pass.
  ///
  /// - Returns: the convention; nil for `swapped`, whose 1 - p is none of them except at p = 0.5.
  var testConvention: TestConvention? {
    switch self {
    case .off, .inverted, .inverseDrop: .asTheyAre
    case .classic, .double: .timesKeep
    case .swapped: nil
    }
  }
}
