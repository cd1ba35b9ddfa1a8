import CKernels

/// Trains one network on one dataset, step by step: the network of an experiment, or one of its
/// learners.
///
/// The same configuration, dataset and journal give the same bits, whether or not anyone looks in
/// between: ``evidence()`` computes the next step without taking it. A trainer belongs to one
/// thread.
public final class Trainer {
  /// The configuration in force: the original one with the journal's changes.
  public private(set) var configuration: ExperimentConfiguration
  /// The dataset.
  public let dataset: Dataset
  /// The number of updates so far.
  public internal(set) var step = 0
  /// The changes that a person made so far.
  public internal(set) var journal = Journal()
  /// The units changed by hand.
  public internal(set) var interventions: [UnitAddress: UnitIntervention] = [:]
  /// The sizes of the network.
  public let shape: NetworkShape
  /// The number of its learner in the experiment, counted from 0.
  public let learner: Int
  /// The loss that is minimised.
  public let loss: LossFunction

  package let layout: NetworkLayout
  /// The path of the arithmetic.
  public let kernels: KernelPath
  var engine: StepEngine
  var blocks: ParameterBlocks
  /// The plan of the step that was computed last; before the first one, that of the configuration.
  var plan: DropoutPlan { engine.plan }
  var order: MinibatchOrder
  private let source: MinibatchSource
  private var minibatchLosses = MinibatchLosses()
  let calm: CalmWeights
  /// The test pass over the minibatch, made at the first request for evidence.
  var testPass: ForwardPass?

  /// The number of whole passes over the training part so far.
  public var epoch: Int { order.position.epoch }

  /// Creates a trainer at step 0.
  ///
  /// - Parameters:
  ///   - configuration: a configuration that is valid by itself (``Settings/validated()``).
  ///   - dataset: the data to train on.
  ///   - initial: weights to start from instead of random ones; their shape must be the network's.
  ///   - learner: the number of the learner in the configuration, counted from 0.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  /// - Throws: `ConfigurationError` where configuration, dataset and weights do not fit each other.
  public convenience init(
    configuration: ExperimentConfiguration, dataset: Dataset, initial: NetworkParameters? = nil,
    learner: Int = 0, kernels: KernelPath = .best
  ) throws(ConfigurationError) {
    try self.init(
      configuration: configuration, dataset: dataset, initial: initial, learner: learner,
      source: MinibatchSource(dataset), kernels: kernels)
  }

  /// Creates a trainer at step 0 with a source of minibatches that others may share.
  init(
    configuration: ExperimentConfiguration, dataset: Dataset, initial: NetworkParameters?,
    learner: Int, source: MinibatchSource, kernels: KernelPath
  ) throws(ConfigurationError) {
    precondition(
      (0..<configuration.learnerCount).contains(learner),
      "learner \(learner) of \(configuration.learnerCount)")
    loss = try configuration.loss(for: dataset)
    shape = NetworkShape(
      inputs: dataset.inputCount, hidden: configuration.hidden, outputs: dataset.outputCount)
    if let initial { try initial.check(against: shape) }
    layout = NetworkLayout(shape: shape)
    // The step of a copy means nothing here: each step takes up its own.
    let configuration = configuration.at(step: .max)
    self.configuration = configuration
    self.dataset = dataset
    self.learner = learner
    self.kernels = kernels
    order = MinibatchOrder(
      configuration: configuration, dataset: dataset, learner: learner, kernels: kernels.kernels)
    self.source = source
    blocks = ParameterBlocks(layout: layout, optimizer: configuration.optimizer.kind)
    engine = StepEngine(
      layout: layout, loss: loss,
      capacity: min(configuration.batch, dataset.trainingExamples.count),
      configuration: configuration,
      plan: DropoutPlan(
        configuration: configuration, shape: shape, interventions: [:], learner: learner),
      kernels: kernels.kernels)
    calm = CalmWeights(blocks.current, count: layout.count, step: 0)
    begin(from: initial)
  }

  /// Takes steps in the fast form: without evidence and, in a release build, without allocation.
  ///
  /// - Parameters:
  ///   - steps: the number of steps.
  ///   - withinRange: whether to take fewer where the loss has left its range (``LossDeparture``).
  /// - Throws: ``NotFiniteError`` where a step would leave a value that is not finite; only the
  ///   steps before it are taken.
  public func advance(steps: Int = 1, withinRange: Bool = false) throws(NotFiniteError) {
    let (engine, blocks, order) = (engine, blocks, order)
    for _ in 0..<steps {
      let rows = try compute(engine, blocks, order)
      commit(blocks, order, rows: rows, isCalm: calm.isCalm(computedLoss / Double(rows)))
      if withinRange, hasLeftRange { return }
    }
  }

  /// Whether the loss of the step that ``prepare()`` computed is within its range.
  var isPreparedStepCalm: Bool { calm.isCalm(computedLoss / Double(preparedRows)) }

  /// Computes the next step without taking it.
  ///
  /// - Throws: ``NotFiniteError`` where the step would leave a value that is not finite.
  func prepare() throws(NotFiniteError) {
    preparedRows = try compute(engine, blocks, order)
  }

  /// Computes the next step into the engine's buffers and the blocks' other side, and returns its
  /// number of examples.
  private func compute(
    _ engine: StepEngine, _ blocks: ParameterBlocks, _ order: MinibatchOrder
  ) throws(NotFiniteError) -> Int {
    let rows = order.count(batch: configuration.batch)
    source.load(order.upcoming, rows: rows, into: engine)
    let computed = engine.run(blocks, step: step, rows: rows)
    computedLoss = computed.loss
    guard computed.isFinite else { throw diagnosis(rows: rows) }
    return rows
  }

  /// Takes the step that ``prepare()`` computed.
  ///
  /// Its weights are kept as calm ones only where the losses of all learners are within their
  /// range.
  func takePreparedStep(isCalm: Bool) {
    commit(blocks, order, rows: preparedRows, isCalm: isCalm)
  }

  /// The mean of the masked minibatch losses since the last call; nil if no step was taken.
  public func takeMinibatchLoss() -> Double? { minibatchLosses.takeMean() }

  /// The number of minibatches in the mean that ``takeMinibatchLoss()`` would return.
  public var minibatchCount: Int { minibatchLosses.count }

  /// A copy of the weights and the configuration in force, for measuring.
  public var state: NetworkState {
    NetworkState(
      step: step, configuration: configuration, interventions: interventions,
      learner: learner,
      block: Array(UnsafeBufferPointer(start: blocks.current, count: layout.count)), layout: layout)
  }

  /// The weights and biases.
  public var parameters: NetworkParameters { layout.unpack(blocks.current) }

  /// The weights and biases from before the loss left its range, after ``calmStep`` updates.
  ///
  /// These are at most 64 steps old while the loss is within ten times that of the first step, or
  /// of 1 where that is more. They are what is left of a training that exploded.
  public var calmParameters: NetworkParameters { layout.unpack(calm.weights) }

  /// The number of updates before ``calmParameters``.
  public var calmStep: Int { calm.step }

  /// Makes a change that takes effect with the next step, and adds it to the journal.
  ///
  /// Weights, step and the order of the examples continue. Another optimizer starts with an empty
  /// state.
  ///
  /// - Throws: `ConfigurationError` where the value is wrong, the parameter needs a restart, or the
  ///   unit does not exist; nothing is changed then.
  public func apply(_ change: ExperimentChange) throws(ConfigurationError) {
    switch change {
    case .parameter(let name, let value):
      let changed = try configuration.changing(name, to: value)
      adopt(changed)
    case .unit(let address, let intervention):
      guard shape.hasHiddenUnit(address) else { throw .noSuchUnit(address, shape: shape) }
      interventions[address] = intervention == .release ? nil : intervention
      engine.adopt(configuration, plan: newPlan())
    }
    calm.isDue = true
    journal.append(Journal.Entry(step: step, change: change))
  }

  /// Makes the plan of the configuration and the changes by hand.
  private func newPlan() -> DropoutPlan {
    DropoutPlan(
      configuration: configuration, shape: shape, interventions: interventions, learner: learner)
  }

  func adopt(_ changed: ExperimentConfiguration) {
    let old = configuration
    configuration = changed
    if changed.optimizer.kind != old.optimizer.kind {
      let fresh = ParameterBlocks(layout: layout, optimizer: changed.optimizer.kind)
      fresh.current.update(from: blocks.current, count: layout.count)
      blocks = fresh
    }
    let buffersDiffer =
      changed.batch != old.batch
      || changed.dropout.noise.masksWeights != old.dropout.noise.masksWeights
    if buffersDiffer {
      engine = StepEngine(
        layout: layout, loss: loss, capacity: min(changed.batch, dataset.trainingExamples.count),
        configuration: changed, plan: newPlan(), kernels: kernels.kernels)
      testPass = nil
    } else {
      engine.adopt(changed, plan: newPlan())
    }
    testPass?.setActivations(changed)
  }

  /// The sum of the masked losses of the last computed step.
  private(set) var computedLoss = 0.0

  /// The number of examples of the last prepared step.
  private(set) var preparedRows = 0

  /// The examples of the next minibatch.
  func minibatch(rows: Int) -> [Int] { (0..<rows).map { Int(order.upcoming[$0]) } }

  private func commit(
    _ blocks: ParameterBlocks, _ order: MinibatchOrder, rows: Int, isCalm: Bool
  ) {
    if isCalm { calm.take(blocks.current, step: step) }
    calm.recent.note(computedLoss / Double(rows), step: step, isCalm: isCalm)
    blocks.commit()
    step += 1
    order.advance(by: rows)
    minibatchLosses.add(computedLoss / Double(rows))
  }
}
