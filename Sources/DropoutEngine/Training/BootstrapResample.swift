/// The training examples of one learner of `bagging`: as many as there are, drawn with replacement.
///
/// It is a pure function of (data seed, learner). About 1 - 1/e of the examples are in it, some of
/// them several times.
///
/// > Source: Breiman 1996, Bagging Predictors.
public struct BootstrapResample: Equatable, Sendable {
  /// The examples, in the order of drawing.
  public let examples: [Int]

  /// Draws the resample of a learner.
  ///
  /// - Parameters:
  ///   - original: the examples to draw from, at least one.
  ///   - learner: the learner, counted from 0.
  ///   - seed: the data seed.
  public init(of original: [Int], learner: Int, seed: UInt64) {
    var random = RandomStream(
      seed: seed, purpose: .bootstrap, stream: UInt32(truncatingIfNeeded: learner))
    examples = original.map { _ in original[random.nextIndex(below: original.count)] }
  }
}
