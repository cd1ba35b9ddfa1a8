/// Everything about the sum that feeds one unit for one example: this step's sum, its distribution
/// over masks, and theory.
public struct UnitSums: Equatable, Sendable {
  /// The layer, counted from 0, the output layer last.
  public var layer: Int
  /// The unit of the layer, counted from 0.
  public var unit: Int
  /// The number of updates before the step.
  public var step: Int
  /// The example, as an index into the dataset.
  public var example: Int
  /// The contribution of each incoming unit in this step, in index order.
  public var terms: [SumTerm]
  /// The sum of the training pass under this step's mask.
  public var stepSum: Double
  /// The sum of the test pass.
  public var testSum: Double
  /// The bias, which no sum includes.
  public var bias: Double
  /// The nonlinearity of the unit.
  public var activation: UnitActivation
  /// The distribution over all masks where they can be enumerated, else over drawn ones.
  public var distribution: SumDistribution
  /// The moments over masks that the engine drew at these weights.
  public var drawn: DrawnMoments
  /// Mean and variance from the weights and p.
  public var theory: SumTheory

  /// f of the mean pre-activation, with the distribution's mean.
  public var activationOfMean: Double { activation.value(distribution.mean + bias) }

  /// f of the test pass's pre-activation.
  public var testActivation: Double { activation.value(testSum + bias) }

  /// E f(z) - f(E z).
  public var jensenGap: Double { distribution.meanActivation - activationOfMean }

  /// The largest possible gap, with the distribution's own mean and variance.
  public var jensenBound: Double {
    activation.jensenBound(mean: distribution.mean + bias, variance: distribution.variance)
  }
}

/// The contribution of one incoming unit to a sum in one step.
public struct SumTerm: Equatable, Sendable {
  /// The weight.
  public var weight: Double
  /// The activation of the incoming unit, before its mask.
  public var activation: Double
  /// Its mask: 0 or 1, or noise, without the training factor.
  public var mask: Double
  /// The training factor.
  public var factor: Double
  /// Its contribution to the sum in the test pass.
  public var testContribution: Double

  /// Its contribution if it is kept: weight times activation times the training factor.
  public var offered: Double { weight * activation * factor }

  /// Its contribution to this step's sum.
  public var contribution: Double { offered * mask }
}

/// The mean and the spread of a sum over masks that the engine drew.
public struct DrawnMoments: Equatable, Sendable {
  /// The number of masks.
  public var masks: Int
  /// The mean of the sums.
  public var mean: Double
  /// Their standard deviation.
  public var deviation: Double
  /// The standard error of the mean.
  public var standardError: Double { deviation / Double(masks).squareRoot() }
}

/// The mean and the variance of a sum over masks, from the weights and p.
///
/// The mask directly below enters in closed form. Masks further upstream act through a
/// nonlinearity: the conditional means and variances are averaged over them. The method tells
/// whether by enumeration or over sampled masks.
public struct SumTheory: Equatable, Sendable {
  /// The method: `none`, `theory`, `exact` or `mc K`.
  public var method: MeanMethod
  /// The mean of the sum.
  public var mean: Double
  /// The variance of the sum.
  public var variance: Double
}
