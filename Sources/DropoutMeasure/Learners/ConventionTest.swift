public import DropoutEngine

/// A network tested under each convention of scaling, with the uncertainty that comes from the
/// choice of the examples.
public struct ConventionTest: Equatable, Sendable {
  /// A mean over the examples and its 95 % interval.
  public struct Estimate: Equatable, Sendable {
    /// The mean over all examples.
    public var mean: Double
    /// The 2.5 and the 97.5 percentile of the means of resamples.
    public var interval: ClosedRange<Double>
  }

  /// The result under one convention.
  public struct Result: Equatable, Sendable {
    /// The convention.
    public var convention: TestConvention
    /// The mean loss of the test pass, in nats for cross-entropy.
    public var loss: Estimate
    /// The share of right answers of the test pass; nil for regression.
    public var accuracy: Estimate?
    /// The mean loss under masks whose factor goes with the convention: sums that have the same
    /// mean as in the test pass.
    public var masked: Estimate
    /// The masked loss less that of the best convention, on the same resamples; nil for the best
    /// one.
    public var excess: Estimate?
  }

  /// The convention that the results speak for, or the reason why they do not.
  public enum Conclusion: Equatable, Sendable {
    /// Under masks this convention is better than each other one beyond the uncertainty, and its
    /// test pass is no worse than another's, unless activations are wanted as they are.
    case decided(TestConvention)
    /// Under masks the first is best, but the test pass of the second is better than its own beyond
    /// the uncertainty, as where other masks were trained with, or none.
    case contradictory(masked: TestConvention, test: TestConvention)
    /// Under masks this convention is best, but its factor taken twice is no worse: larger sums are
    /// surer answers, or smaller ones more careful, and that is all that is seen.
    case unbounded(TestConvention)
    /// The network answers hardly better than a constant answer does.
    case uninformed
    /// These cannot be told apart by the examples; the best one is the first.
    case undecided([TestConvention])
    /// Nothing is dropped, so all conventions are the same.
    case nothingDropped
  }

  /// The number of resamples.
  public static let resamples = 2000
  /// The share of a constant answer's loss above which a network is taken to know nothing; random
  /// weights answer a little better than a constant now and then.
  static let shareOfConstant = 0.75
  /// The number of masks that are drawn for each example.
  public static let draws = 16

  /// A result for each convention.
  public var results: [Result]
  /// The number of examples.
  public var examples: Int
  /// The conclusion from them.
  public var conclusion: Conclusion
}
