public import DropoutEngine

/// A part of a dataset.
public enum DatasetPart: Sendable {
  /// The examples for training.
  case training
  /// The examples for testing.
  case test
}

/// The loss and the accuracy of a test pass over a set of examples.
public struct Evaluation: Equatable, Sendable {
  /// The mean loss; nats for cross-entropy.
  public var loss: Double
  /// The share of right answers, 0 to 1; nil for regression.
  public var accuracy: Double?
  /// The coefficient of determination, averaged over the outputs; nil for classes, NaN where the
  /// targets do not vary.
  public var r2: Double?
  /// The share of right answers for each class, `[classes]`; NaN for a class without examples, and
  /// empty for regression.
  public var classAccuracy: [Double]
  /// The expected calibration error, 0 to 1; nil where the outputs are no probabilities.
  ///
  /// It is the distance between the largest probability and the share of right answers in 15 bins
  /// of equal width, averaged over the examples.
  ///
  /// > Source: Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural Networks, section
  /// > 2.
  public var calibrationError: Double?
  /// The number of examples.
  public var count: Int
}

/// The method of a mean over masks.
public enum MeanMethod: Equatable, Hashable, Sendable {
  /// Nothing upstream is masked, so the sum is the same in each pass.
  case none
  /// In closed form, from the weights and p.
  case theory
  /// Over all masks of the units further upstream.
  case exact
  /// An average over this many sampled masks.
  case monteCarlo(Int)

  /// The name in traces and on screens: `none`, `theory`, `exact` or `mc K`.
  public var name: String {
    switch self {
    case .none: "none"
    case .theory: "theory"
    case .exact: "exact"
    case .monteCarlo(let count): "mc \(count)"
    }
  }
}

/// The difference between the sums into one layer in training and at test, over the probe examples.
public struct LayerDivergence: Equatable, Sendable {
  /// sum |E s_train - s_test| / sum |s_test| with the expected training sum; NaN where both are 0.
  public var expected: Double
  /// The method of the expected training sum.
  public var method: MeanMethod
  /// The same with the mean over 256 masks that the engine drew at these weights.
  public var drawn: Double
  /// The value of `drawn` that noise alone would give on average if the truth were 0.
  public var drawnFloor: Double
  /// sum |s_test| / sum |E s_train| with the expected training sum; NaN where both are 0.
  public var ratio: Double
  /// The totals whose quotients are the divergence and the ratio, with the expected training sums.
  public var totals: SumTotals
  /// sum |E s_train - s_test| with the drawn training sums.
  public var drawnDifference: Double
  /// The expected divergence of each unit, `[units]`.
  public var unitDivergence: [Double]
  /// The ratio of each unit, `[units]`.
  public var unitRatio: [Double]
  /// The ratio of the same weights under each convention of the test pass.
  public var conventionRatio: [TestConvention: Double]
}

/// Sums of magnitudes over the units of a layer and the probe examples.
public struct SumTotals: Equatable, Sendable {
  /// sum |E s_train - s_test|.
  public var difference: Double
  /// sum |E s_train|.
  public var training: Double
  /// sum |s_test|.
  public var test: Double
}

/// The sums into one layer for one example, in both passes.
public struct ExampleSums: Equatable, Sendable {
  /// The mean training sum of each unit, `[units]`.
  public var meanTraining: [Double]
  /// The method of the mean.
  public var method: MeanMethod
  /// The test sum of each unit, `[units]`.
  public var test: [Float]
}
