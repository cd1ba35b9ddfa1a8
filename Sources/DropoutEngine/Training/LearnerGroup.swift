/// The learners of an experiment, trained in lockstep: one of them, or as many as `random-subspace` and `bagging`
/// average.
///
/// A step is one update of every learner. It is taken by all of them, or, where one of them would leave a value that is
/// not finite, by none. Each learner has the bits that it has when it is trained alone, and a group of one those of
/// ``Trainer``. A group belongs to one thread.
public final class LearnerGroup {
  /// The learners, in their order; they share configuration, dataset and journal.
  public let learners: [Trainer]

  /// Creates the learners of a configuration at step 0.
  ///
  /// - Parameters:
  ///   - configuration: a configuration that is valid by itself (``Settings/validated()``).
  ///   - dataset: what to train on.
  ///   - initial: weights to start from instead of random ones, those of one learner after the other.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  ///   - preparing: is told each learner before it is made, counted from 0.
  /// - Throws: `ConfigurationError` where configuration, dataset and weights do not fit each other.
  public init(
    configuration: ExperimentConfiguration, dataset: Dataset, initial: [NetworkParameters]? = nil,
    kernels: KernelPath = .best, preparing: (_ learner: Int) -> Void = { _ in }
  ) throws(ConfigurationError) {
    let count = configuration.learnerCount
    if let initial, initial.count != count {
      throw .learnersDoNotFit(given: initial.count, needed: count, variant: configuration.variant)
    }
    let source = MinibatchSource(dataset)
    var learners: [Trainer] = []
    for learner in 0..<count {
      preparing(learner)
      learners.append(
        try Trainer(
          configuration: configuration, dataset: dataset, initial: initial?[learner],
          learner: learner, source: source, kernels: kernels))
    }
    self.learners = learners
  }

  /// Creates learners that go on where those of another group stood: the steps that follow have the same bits.
  ///
  /// - Parameters:
  ///   - checkpoints: where the others stood, a learner each, in their order.
  ///   - dataset: the dataset that they were trained on.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  /// - Throws: ``CheckpointError`` where checkpoints and dataset do not fit each other, or the checkpoints are not
  ///   those of one group at one step.
  public init(
    resuming checkpoints: [TrainerCheckpoint], dataset: Dataset, kernels: KernelPath = .best
  ) throws(CheckpointError) {
    let needed = checkpoints.first?.configuration.learnerCount ?? 1
    guard let first = checkpoints.first, checkpoints.count == needed else {
      throw .learners(expected: needed, actual: checkpoints.count)
    }
    let source = MinibatchSource(dataset)
    var learners: [Trainer] = []
    for (learner, checkpoint) in checkpoints.enumerated() {
      guard checkpoint.learner == learner else {
        throw .learner(expected: learner..<learner + 1, actual: checkpoint.learner)
      }
      guard checkpoint.step == first.step else {
        throw .step(expected: first.step, actual: checkpoint.step)
      }
      learners.append(
        try Trainer(resuming: checkpoint, dataset: dataset, source: source, kernels: kernels))
    }
    self.learners = learners
  }

  /// Where the learners stand: enough to go on from here.
  public var checkpoints: [TrainerCheckpoint] { learners.map(\.checkpoint) }

  private var first: Trainer { learners[0] }

  /// The configuration in force.
  public var configuration: ExperimentConfiguration { first.configuration }
  /// What is trained on.
  public var dataset: Dataset { first.dataset }
  /// The sizes of each learner's network.
  public var shape: NetworkShape { first.shape }
  /// The path of the arithmetic.
  public var kernels: KernelPath { first.kernels }
  /// The number of updates of each learner so far.
  public var step: Int { first.step }
  /// The number of whole passes over the training part, or its resamples, so far.
  public var epoch: Int { first.epoch }
  /// The changes that a person made so far.
  public var journal: Journal { first.journal }
  /// What a person did to units by hand, in every learner.
  public var interventions: [UnitAddress: UnitIntervention] { first.interventions }

  /// Takes steps, each one by all learners; no allocation in a release build.
  ///
  /// - Throws: ``NotFiniteError`` of the first learner whose step would leave a value that is not finite; the steps
  ///   before it are taken by all learners, it is taken by none.
  public func advance(steps: Int = 1) throws(NotFiniteError) {
    guard learners.count > 1 else { return try first.advance(steps: steps) }
    for _ in 0..<steps {
      for learner in learners { try learner.prepare() }
      for learner in learners { learner.takePreparedStep() }
    }
  }

  /// The mean, over steps and learners, of the training losses since the last call; nil if no step was taken.
  public func takeMinibatchLoss() -> Double? {
    var sum = 0.0
    for learner in learners {
      guard let loss = learner.takeMinibatchLoss() else { return nil }
      sum += loss
    }
    return learners.count == 1 ? sum : sum / Double(learners.count)
  }

  /// Copies of the weights and of what is in force, a learner each, for measuring.
  public var states: [NetworkState] { learners.map(\.state) }

  /// The weights and biases, a learner each.
  public var parameters: [NetworkParameters] { learners.map(\.parameters) }

  /// Makes a change in every learner that takes effect with the next step; a unit is killed or pinned in each of
  /// them.
  ///
  /// - Throws: `ConfigurationError` where the value is wrong, the parameter starts anew, or the unit does not exist;
  ///   nothing is changed then.
  public func apply(_ change: ExperimentChange) throws(ConfigurationError) {
    // All have one configuration and one shape: what the first one accepts the others accept.
    for learner in learners { try learner.apply(change) }
  }
}
