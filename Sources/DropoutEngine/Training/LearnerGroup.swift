/// The learners of an experiment, trained in lockstep: one of them, or as many as `random-subspace`
/// and `bagging` average.
///
/// A step is one update of every learner. If one of them would leave a value that is not finite,
/// none takes it. A learner has the same bits in a group as alone. A group of one learner has the
/// same bits as a ``Trainer``. A group belongs to one thread.
public final class LearnerGroup {
  /// The learners in order; they share configuration, dataset and journal.
  public let learners: [Trainer]

  /// Creates the learners of a configuration at step 0.
  ///
  /// - Parameters:
  ///   - configuration: a configuration that is valid by itself (``Settings/validated()``).
  ///   - dataset: the data to train on.
  ///   - initial: weights to start from instead of random ones, learner by learner.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  ///   - preparing: called with the number of each learner, from 0, before it is made.
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

  /// Creates learners that continue where another group stood.
  ///
  /// The steps that follow have the same bits.
  ///
  /// - Parameters:
  ///   - checkpoints: the states of the other group's learners, in order.
  ///   - dataset: the dataset that the other group was trained on.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  /// - Throws: ``CheckpointError`` where checkpoints and dataset do not fit each other, or the
  ///   checkpoints do not belong to one group at one step.
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

  /// Goes on, in place, from where these learners stood at another moment of this training.
  ///
  /// - Precondition: the checkpoints are of this group.
  func resume(_ checkpoints: [TrainerCheckpoint]) {
    precondition(checkpoints.count == learners.count, "one checkpoint for each learner")
    for (learner, checkpoint) in zip(learners, checkpoints) { learner.resume(checkpoint) }
  }

  /// Goes back, in place, to step 0.
  ///
  /// - Parameters:
  ///   - configuration: the configuration at step 0.
  ///   - initial: the weights to start from instead of random ones, learner by learner.
  func restart(_ configuration: ExperimentConfiguration, initial: [NetworkParameters]?) {
    for (index, learner) in learners.enumerated() {
      learner.restart(configuration, initial: initial?[index])
    }
  }

  /// The states of the learners: enough to continue from here.
  public var checkpoints: [TrainerCheckpoint] { learners.map(\.checkpoint) }

  private var first: Trainer { learners[0] }

  /// The configuration in force.
  public var configuration: ExperimentConfiguration { first.configuration }
  /// The dataset.
  public var dataset: Dataset { first.dataset }
  /// The sizes of each learner's network.
  public var shape: NetworkShape { first.shape }
  /// The path of the arithmetic.
  public var kernels: KernelPath { first.kernels }
  /// The number of updates that each learner has taken.
  public var step: Int { first.step }
  /// The number of whole passes that each learner has made over its training examples.
  public var epoch: Int { first.epoch }
  /// The changes that a person made so far.
  public var journal: Journal { first.journal }
  /// The units changed by hand, in every learner.
  public var interventions: [UnitAddress: UnitIntervention] { first.interventions }

  /// Takes steps with all learners; a release build allocates nothing.
  ///
  /// - Parameters:
  ///   - steps: the number of steps.
  ///   - withinRange: whether to take fewer where a loss has left its range (``LossDeparture``).
  /// - Throws: ``NotFiniteError`` of the first learner whose step would leave a value that is not
  ///   finite. All learners have then taken the steps before it, and none has taken it.
  public func advance(steps: Int = 1, withinRange: Bool = false) throws(NotFiniteError) {
    guard learners.count > 1 else {
      return try first.advance(steps: steps, withinRange: withinRange)
    }
    for _ in 0..<steps {
      for learner in learners { try learner.prepare() }
      var isCalm = true
      for learner in learners where !learner.isPreparedStepCalm { isCalm = false }
      for learner in learners { learner.takePreparedStep(isCalm: isCalm) }
      if withinRange, learners.contains(where: \.hasLeftRange) { return }
    }
  }

  /// The departure of a loss from its range; nil where all are within.
  public var departure: LossDeparture? { learners.first(where: \.hasLeftRange)?.departure }

  /// Forgets the losses of the last steps.
  func forgetLosses() {
    for learner in learners { learner.calm.recent.restart() }
  }

  /// The mean training loss over learners and over the steps since the last call; nil if no step
  /// was taken.
  public func takeMinibatchLoss() -> Double? {
    var sum = 0.0
    for learner in learners {
      guard let loss = learner.takeMinibatchLoss() else { return nil }
      sum += loss
    }
    return learners.count == 1 ? sum : sum / Double(learners.count)
  }

  /// The minibatches of each learner that ``takeMinibatchLoss()`` would be the mean of.
  public var minibatchCount: Int { learners[0].minibatchCount }

  /// Copies of the weights and the configuration in force for measuring, one for each learner.
  public var states: [NetworkState] { learners.map(\.state) }

  /// The weights and biases of each learner.
  public var parameters: [NetworkParameters] { learners.map(\.parameters) }

  /// The weights and biases of each learner from before a loss left its range, all of one step.
  public var calmParameters: [NetworkParameters] { learners.map(\.calmParameters) }

  /// Makes a change in every learner; it takes effect with the next step.
  ///
  /// - Throws: `ConfigurationError` where the value is wrong, the parameter needs a restart, or the
  ///   unit does not exist; nothing is changed then.
  public func apply(_ change: ExperimentChange) throws(ConfigurationError) {
    // All learners have one configuration and one shape: the others accept every change that the
    // first one accepts.
    for learner in learners { try learner.apply(change) }
  }
}
