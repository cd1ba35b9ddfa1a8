/// The state of a training: configuration in force, weights, optimizer's state and place in the
/// order of the examples.
public struct TrainerCheckpoint: Equatable, Sendable {
  /// The configuration in force.
  public let configuration: ExperimentConfiguration
  /// The sizes of the network.
  public let shape: NetworkShape
  /// The number of examples in the training part of the dataset.
  public let trainingExamples: Int
  /// The number of its learner in the experiment, counted from 0.
  public let learner: Int
  /// The number of updates so far.
  public let step: Int
  /// The changes that a person made so far.
  public let journal: Journal
  /// The units changed by hand.
  public let interventions: [UnitAddress: UnitIntervention]
  /// The parameters, followed by the optimizer's state.
  let blocks: [Float]
  let position: MinibatchOrder.Position

  /// The bytes that it takes: the numbers, the journal and the units changed by hand.
  var bytes: Int {
    TrainerCheckpoint.bytes(
      numbers: blocks.count, changes: journal.entries.count, units: interventions.count)
  }

  /// The bytes of a checkpoint.
  static func bytes(numbers: Int, changes: Int, units: Int) -> Int {
    let unit = MemoryLayout<UnitAddress>.stride + MemoryLayout<UnitIntervention>.stride
    // A dictionary is at most three quarters full, and grows by doubling.
    return MemoryLayout<TrainerCheckpoint>.stride + numbers * MemoryLayout<Float>.stride
      + changes * MemoryLayout<Journal.Entry>.stride + units * unit * 3
  }

  /// Checks that training can continue on a dataset, before anything is allocated for it.
  func check(against dataset: Dataset) throws(CheckpointError) {
    do throws(ConfigurationError) {
      _ = try configuration.loss(for: dataset)
    } catch {
      throw .configuration(error)
    }
    let needed = NetworkShape(
      inputs: dataset.inputCount, hidden: configuration.hidden, outputs: dataset.outputCount)
    guard shape == needed else { throw .shape(expected: needed, actual: shape) }
    let examples = dataset.trainingExamples.count
    guard trainingExamples == examples else {
      throw .trainingExamples(expected: examples, actual: trainingExamples)
    }
    guard (0..<examples).contains(position.used) else {
      throw .position(expected: 0..<examples, actual: position.used)
    }
    let learners = 0..<configuration.learnerCount
    guard learners.contains(learner) else { throw .learner(expected: learners, actual: learner) }
    let numbers = ParameterBlocks.count(
      NetworkLayout(shape: shape), optimizer: configuration.optimizer.kind)
    guard blocks.count == numbers else {
      throw .blocks(expected: numbers, actual: blocks.count)
    }
    for address in interventions.keys where !shape.hasHiddenUnit(address) {
      throw .configuration(.noSuchUnit(address, shape: shape))
    }
  }
}
