/// The use of random numbers.
///
/// Each use has a stream of its own, so that none disturbs another.
public enum RandomPurpose: UInt32, Sendable {
  /// Forward masks of the training pass.
  case forwardMask = 0
  /// Backward masks where they are drawn separately.
  case backwardMask = 1
  /// Masks of a test pass with dropout left on.
  case testMask = 2
  /// Masks drawn to measure the mean training sum.
  case measuredMask = 3
  /// Masks sampled for a mean that cannot be enumerated.
  case sampledMask = 4
  /// Initial weights.
  case initialWeights = 5
  /// The order of the examples in an epoch.
  case epochOrder = 6
  /// The split into training and test part.
  case split = 7
  /// Points and labels of built-in data.
  case builtInData = 8
  /// Noise of built-in data.
  case builtInNoise = 9
  /// Masks drawn for an ensemble that is too large to be enumerated.
  case ensembleMask = 10
  /// Masks drawn to measure how fast an average over masks converges.
  case convergenceMask = 11
  /// The networks and examples on which laws are checked.
  case laws = 12
  /// The inputs that a learner of random subspaces sees.
  case inputSubset = 13
  /// The examples of a bagging learner.
  case bootstrap = 14
  /// The resamples of examples from which the uncertainty of a test follows.
  case resample = 15
}

/// Random numbers of one purpose as a pure function of (seed, purpose, stream, index).
///
/// There is no hidden state: the four numbers are the whole generator.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let seed: UInt64
  private let purpose: RandomPurpose
  private let stream: UInt32
  private var index: UInt64

  /// Creates a stream that starts at `index`.
  ///
  /// `stream` separates the streams of one purpose, such as epochs or layers.
  public init(seed: UInt64, purpose: RandomPurpose, stream: UInt32 = 0, index: UInt64 = 0) {
    self.seed = seed
    self.purpose = purpose
    self.stream = stream
    self.index = index
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let words = Philox.words(
      counter: (
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
        purpose.rawValue << 8, stream
      ), key: seed)
    index += 1
    return UInt64(words.1) << 32 | UInt64(words.0)
  }

  /// A uniform number in [0, 1) with 53 random bits.
  public mutating func nextUniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number from the standard normal distribution; it takes two uniforms.
  public mutating func nextNormal() -> Double {
    let first = next()
    let second = next()
    return ElementaryFunctions.normal(
      (
        UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: first >> 32),
        UInt32(truncatingIfNeeded: second), UInt32(truncatingIfNeeded: second >> 32)
      ))
  }

  /// A uniform whole number in `0 ..< bound`.
  ///
  /// Its bias of at most `bound / 2^64` is far too small to show in any sample.
  ///
  /// > Source: Lemire 2019, Fast Random Integer Generation in an Interval, section 3.
  public mutating func nextIndex(below bound: Int) -> Int {
    precondition(bound > 0, "an index needs a bound above 0, got \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
