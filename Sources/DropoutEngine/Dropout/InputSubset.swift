/// The inputs that one learner of `random-subspace` sees: a random subset that never changes.
///
/// It is a pure function of (mask seed, learner), and all subsets of its size are equally likely.
///
/// > Source: Ho 1998, The Random Subspace Method for Constructing Decision Forests.
public struct InputSubset: Equatable, Sendable {
  /// The inputs that the learner sees, in ascending order; at least one.
  public let seen: [Int]
  /// The inputs that are 0 for the learner, in training and at test, in ascending order.
  public let unseen: [Int]

  /// Draws the subset of a learner.
  ///
  /// - Parameters:
  ///   - inputCount: the number of all inputs, at least 1.
  ///   - share: the share of the inputs that is seen, above 0 and at most 1.
  ///   - learner: the learner, counted from 0.
  ///   - seed: the mask seed.
  /// - Complexity: O(inputs log inputs).
  public init(of inputCount: Int, share: Double, learner: Int, seed: UInt64) {
    let size = InputSubset.size(of: inputCount, share: share)
    var random = RandomStream(
      seed: seed, purpose: .inputSubset, stream: UInt32(truncatingIfNeeded: learner))
    // The first elements of a shuffle are a sample without replacement.
    var order = Array(0..<inputCount)
    for place in 0..<size {
      order.swapAt(place, place + random.nextIndex(below: inputCount - place))
    }
    seen = order[..<size].sorted()
    unseen = order[size...].sorted()
  }

  /// The number of inputs that a learner sees: `share * inputCount`, rounded to the nearest whole
  /// number (a half away from 0), at least 1.
  ///
  /// - Precondition: there is an input, and the share is above 0 and at most 1.
  public static func size(of inputCount: Int, share: Double) -> Int {
    precondition(inputCount >= 1, "a subset of \(inputCount) inputs")
    precondition(
      share > 0 && share <= 1, "a share of the inputs is above 0 and at most 1, not \(share)")
    return Int(nearest: share * Double(inputCount), in: 1...inputCount)
  }
}

extension ExperimentConfiguration {
  /// The inputs that a learner sees; nil where each learner sees all.
  public func inputSubset(of learner: Int, inputCount: Int) -> InputSubset? {
    guard variant.learners == .subsets else { return nil }
    return InputSubset(of: inputCount, share: subspace, learner: learner, seed: maskSeed)
  }
}
