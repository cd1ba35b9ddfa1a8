// Going on from another moment of a training.
extension Trainer {
  /// Creates a trainer that continues where another one stood.
  ///
  /// The steps that follow have the same bits.
  ///
  /// - Parameters:
  ///   - checkpoint: the state of the other trainer.
  ///   - dataset: the dataset that the other one was trained on.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  /// - Throws: ``CheckpointError`` where checkpoint and dataset do not fit each other.
  public convenience init(
    resuming checkpoint: TrainerCheckpoint, dataset: Dataset, kernels: KernelPath = .best
  ) throws(CheckpointError) {
    try self.init(
      resuming: checkpoint, dataset: dataset, source: MinibatchSource(dataset), kernels: kernels)
  }

  /// Creates a trainer that continues from a checkpoint, with a source of minibatches that others
  /// may share.
  convenience init(
    resuming checkpoint: TrainerCheckpoint, dataset: Dataset, source: MinibatchSource,
    kernels: KernelPath
  ) throws(CheckpointError) {
    try checkpoint.check(against: dataset)
    do throws(ConfigurationError) {
      try self.init(
        configuration: checkpoint.configuration, dataset: dataset, initial: nil,
        learner: checkpoint.learner, source: source, kernels: kernels)
    } catch {
      throw .configuration(error)
    }
    resume(checkpoint)
  }

  /// Goes on, in place, from a checkpoint of this training.
  ///
  /// - Precondition: the checkpoint fits the dataset and is of this learner.
  func resume(_ checkpoint: TrainerCheckpoint) {
    resume(
      checkpoint.configuration, interventions: checkpoint.interventions, step: checkpoint.step,
      journal: checkpoint.journal, position: checkpoint.position)
    for index in checkpoint.blocks.indices { blocks.current[index] = checkpoint.blocks[index] }
    calm.restart(blocks.current, step: step)
  }

  /// Goes back, in place, to step 0.
  ///
  /// - Parameters:
  ///   - configuration: the configuration at step 0.
  ///   - initial: the weights to start from instead of random ones.
  func restart(_ configuration: ExperimentConfiguration, initial: NetworkParameters?) {
    resume(
      configuration, interventions: [:], step: 0, journal: Journal(),
      position: MinibatchOrder.Position())
    begin(from: initial)
  }

  /// Puts everything but the weights where it was at another moment of this training.
  private func resume(
    _ configuration: ExperimentConfiguration, interventions: [UnitAddress: UnitIntervention],
    step: Int, journal: Journal, position: MinibatchOrder.Position
  ) {
    self.interventions = interventions
    adopt(configuration)
    self.step = step
    self.journal = journal
    order.move(to: position)
    _ = takeMinibatchLoss()
  }

  /// Writes the first weights, and an empty state of the optimizer.
  func begin(from initial: NetworkParameters?) {
    let start =
      initial
      ?? NetworkParameters.initial(
        shape: shape, initialization: configuration.initialization,
        bias: Float(configuration.biasInitialization), seed: configuration.initSeed,
        learner: learner)
    let block = layout.pack(start)
    for index in 0..<blocks.count {
      blocks.current[index] = index < block.count ? block[index] : 0
    }
    calm.restart(blocks.current, step: step)
  }

  /// The state of the training: enough to continue from here.
  public var checkpoint: TrainerCheckpoint {
    TrainerCheckpoint(
      configuration: configuration, shape: shape,
      trainingExamples: dataset.trainingExamples.count, learner: learner, step: step,
      journal: journal, interventions: interventions,
      blocks: Array(UnsafeBufferPointer(start: blocks.current, count: blocks.count)),
      position: order.position)
  }
}
