/// Tells a race from those before and after it, on the same data or on others.
public struct RaceIdentity: Hashable, Sendable {
  /// The experiment on the screen when it was started: its runners are of the same data.
  public let experiment: ExperimentIdentity
  /// Counts the races that were started.
  public let number: Int

  /// Creates an identity.
  public init(experiment: ExperimentIdentity, number: Int) {
    self.experiment = experiment
    self.number = number
  }
}
