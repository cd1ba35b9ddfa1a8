/// How fast training runs.
public struct TrainingSpeed: Equatable, Hashable, Sendable {
  /// Steps in a second; nil is as fast as it goes.
  public var stepsPerSecond: Double?

  /// Creates a speed.
  public init(stepsPerSecond: Double?) {
    self.stepsPerSecond = stepsPerSecond
  }

  /// As fast as it goes.
  public static let unlimited = TrainingSpeed(stepsPerSecond: nil)

  /// The speeds that `+` and `-` visit.
  public static let ladder: [TrainingSpeed] =
    [1, 2, 5, 10, 30, 60, 120, 300, 1000, 3000, 10_000].map(TrainingSpeed.init) + [.unlimited]

  /// The next faster speed; nil at the top.
  public var faster: TrainingSpeed? {
    guard let stepsPerSecond else { return nil }
    return Self.ladder.first { $0.stepsPerSecond.map { $0 > stepsPerSecond } ?? true }
  }

  /// The next slower speed; nil at the bottom.
  public var slower: TrainingSpeed? {
    Self.ladder.last { speed in
      guard let rate = speed.stepsPerSecond else { return false }
      return stepsPerSecond.map { rate < $0 } ?? true
    }
  }
}
