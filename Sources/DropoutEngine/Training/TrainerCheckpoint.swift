/// Where a training stands: configuration in force, weights, optimizer's state and place in the order of the examples.
public struct TrainerCheckpoint: Equatable, Sendable {
  /// The configuration in force.
  public let configuration: ExperimentConfiguration
  /// Which of the experiment's learners it is, counted from 0.
  public let learner: Int
  /// The number of updates so far.
  public let step: Int
  /// The changes that a person made so far.
  public let journal: Journal
  /// What a person did to units by hand.
  public let interventions: [UnitAddress: UnitIntervention]
  /// The parameters, and the optimizer's state behind them.
  let blocks: [Float]
  let position: MinibatchOrder.Position
}
