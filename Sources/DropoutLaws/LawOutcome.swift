/// The outcome of measuring a law: the number with the largest error in units of its tolerance.
public struct LawOutcome: Equatable, Sendable {
  /// The law's name.
  public let law: String
  /// Its topic.
  public let topic: LawTopic
  /// Its statement.
  public let statement: String
  /// The publication that it comes from.
  public let source: String
  /// The worst number; nil where nothing could be measured.
  public let worst: LawMeasurement?
  /// The number of compared values.
  public let quantities: Int
  /// The number of sampled values among them.
  public let sampledQuantities: Int
  /// The reason why the law could not be measured; nil where there is none.
  public let obstacle: String?

  /// Sums up the measurements of a law.
  ///
  /// - Parameters:
  ///   - law: the law.
  ///   - measurements: the measurements; none at all breaks the law.
  ///   - obstacle: the reason why the law could not be measured, if there is one.
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
