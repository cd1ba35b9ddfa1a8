public import DropoutEngine

/// A relation that dropout obeys, with its measurement on this program's engine.
///
/// Measured values come from the engine: masked passes, gradients and updates under masks that it
/// drew itself. Expected values come from closed forms in Double that know only weights, inputs and
/// keep probability. An engine that draws at a wrong p, masks the wrong pass or forgets a factor
/// breaks laws.
///
/// ```swift
/// let outcome = LawBook.all[0].check(seed: 7)
/// outcome.holds  // true
/// ```
public struct Law: Sendable {
  /// The surroundings of a measurement.
  public struct Setting {
    /// The source of networks, examples and mask seeds.
    public var random: RandomStream
    /// The path of the arithmetic.
    public let kernels: KernelPath

    /// The keep probabilities of every measurement.
    ///
    /// At 0.5 alone, keep and drop would look the same.
    static let keepProbabilities = [0.8, 0.3, 0.5]

    /// A seed for masks, order or weights.
    mutating func nextSeed() -> UInt64 { random.next() >> 11 }
  }

  /// The name, in kebab case.
  public let name: String
  /// The topic.
  public let topic: LawTopic
  /// The law, in a sentence.
  public let statement: String
  /// The publication that it comes from.
  public let source: String
  private let measure: @Sendable (inout Setting) throws -> [LawMeasurement]

  /// Creates a law.
  ///
  /// - Parameters:
  ///   - name: the name, in kebab case.
  ///   - topic: the topic.
  ///   - statement: the law, in a sentence.
  ///   - source: the publication that it comes from.
  ///   - measure: measures it; an error breaks the law.
  public init(
    _ name: String, _ topic: LawTopic, _ statement: String, source: String,
    measure: @escaping @Sendable (inout Setting) throws -> [LawMeasurement]
  ) {
    self.name = name
    self.topic = topic
    self.statement = statement
    self.source = source
    self.measure = measure
  }

  /// Measures the law on networks that the seed decides; each law has random numbers of its own.
  ///
  /// - Parameters:
  ///   - seed: decides networks, examples and masks.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  /// - Returns: the outcome. An engine that throws, or never draws some mask, breaks the law.
  public func check(seed: UInt64, kernels: KernelPath = .best) -> LawOutcome {
    var setting = Setting(
      random: RandomStream(seed: seed, purpose: .laws, stream: Law.stream(of: name)),
      kernels: kernels)
    do {
      return LawOutcome(of: self, try measure(&setting))
    } catch {
      return LawOutcome(of: self, [], obstacle: "\(error)")
    }
  }

  /// The stream of a law's name, so that laws do not share random numbers.
  ///
  /// > Source: Fowler, Noll, Vo 1991 (FNV-1a, 32 bits).
  private static func stream(of name: String) -> UInt32 {
    name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

/// The topics of laws, as help and results list them.
public enum LawTopic: String, CaseIterable, Sendable {
  /// The masks that the engine draws.
  case masks = "the masks that are drawn"
  /// The differences between the learners of an ensemble.
  case learners = "the learners of an ensemble"
  /// The sums into the first masked layer.
  case sums = "sums into the first masked layer"
  /// Ratios over several masked layers, and over the size of the weights.
  case depth = "depth, and the size of the weights"
  /// The effect of gradients in a step.
  case updates = "updates"
  /// Gradients under masks.
  case gradients = "gradients under a mask"
  /// Classic and inverted dropout as one training run.
  case lockstep = "classic and inverted are one run"
  /// The mean over all subnetworks.
  case ensemble = "the ensemble of all subnetworks"
  /// Means of nonlinear functions.
  case jensen = "the mean of a function is not the function of the mean"
  /// Dropout as a penalty.
  case penalty = "dropout as a penalty"
  /// Masks in only one pass.
  case passes = "which pass applies the mask"
  /// Approximations, and the cost of sampling.
  case approximations = "approximations"
}

/// The reason why a law could not be measured.
enum LawObstacle: Error, Equatable, CustomStringConvertible {
  /// The engine did not draw every mask that it should.
  case masksNeverDrawn(found: Int, expected: Int, draws: Int)
  /// Every drawn network had sums that are huge or close to 0.
  case noModerateNetwork
  /// The engine's evidence lacks masks of the test pass.
  case noTestMasks
  /// The engine's evidence lacks masks of weights.
  case noWeightMasks

  var description: String {
    switch self {
    case .masksNeverDrawn(let found, let expected, let draws):
      "only \(found) of \(expected) masks were drawn in \(draws) draws"
    case .noModerateNetwork: "each network that was drawn had sums that are huge or all but 0"
    case .noTestMasks: "a test pass that masks shows no masks"
    case .noWeightMasks: "dropconnect shows no masks of weights"
    }
  }
}
