public import DropoutEngine

/// A training that is handed over to another one, which goes on where it stands.
public struct TrainingHandover: Equatable, Sendable {
  /// The experiment whose data it was trained on.
  public var experiment: ExperimentIdentity
  /// The configuration at step 0.
  public var initialConfiguration: ExperimentConfiguration
  /// The weights that it started from, for each learner; nil where they were drawn.
  public var initial: [NetworkParameters]?
  /// Where its learners stand.
  public var checkpoints: [TrainerCheckpoint]
}
