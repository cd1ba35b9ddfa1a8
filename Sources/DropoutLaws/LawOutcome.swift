/// What came of measuring a law: the number that is furthest from what it should be, in tolerances.
public struct LawOutcome: Equatable, Sendable {
  /// The law's name.
  public let law: String
  /// What it is about.
  public let topic: LawTopic
  /// What it says.
  public let statement: String
  /// Where it comes from.
  public let source: String
  /// The worst of the numbers; nil where nothing could be measured.
  public let worst: LawMeasurement?
  /// How many numbers were held against the law.
  public let quantities: Int
  /// How many of them were sampled.
  public let sampledQuantities: Int
  /// What kept the law from being measured; nil where nothing did.
  public let obstacle: String?

  /// Sums up the measurements of a law.
  ///
  /// - Parameters:
  ///   - law: the law.
  ///   - measurements: what was measured; none at all breaks the law.
  ///   - obstacle: what kept the law from being measured, if anything did.
  public init(of law: Law, _ measurements: [LawMeasurement], obstacle: String? = nil) {
    self.law = law.name
    topic = law.topic
    statement = law.statement
    source = law.source
    worst = measurements.max { $0.severity < $1.severity }
    quantities = measurements.count
    sampledQuantities = measurements.count { $0.sampling != nil }
    self.obstacle = obstacle ?? (measurements.isEmpty ? "nothing was measured" : nil)
  }

  /// Whether each number is within its tolerance.
  public var holds: Bool { obstacle == nil && worst?.holds == true }
}
