import CKernels

/// The memory that an experiment needs, computed before any of it is allocated.
///
/// It is a pure function of the configuration and the shape of the data. Tests compare ``engine``
/// and ``data`` with the allocator's own count: they are exact to 2% and 16 KB for each learner.
/// The evidence of a step, a part of ``measuring``, is not larger than it says.
/// ``measuring`` is the sum of all buffers that exist at the same time while lines are measured,
/// without those that are freed at once; it depends on how quickly measurements follow each other.
public struct MemoryNeed: Equatable, Sendable {
  /// The use of an experiment: a screen keeps the whole evidence of several steps, a trace that of
  /// one, while training alone only measures.
  public enum Purpose: Sendable {
    /// Training, and lines of measurements.
    case training
    /// Training, with the whole evidence of a step on a screen.
    case evidence
    /// One learner's steps, each of which is written with its whole evidence.
    case trace
  }

  /// The bytes of all learners: the parameters and the optimizer's state, both twice; gradients;
  /// the rows of a minibatch; the order of the examples.
  public let engine: Int
  /// The bytes of the dataset.
  public let data: Int
  /// The bytes of measurements: copies of weights, passes, averages, and the evidence of a step;
  /// with the evidence, also the checkpoints of a long run.
  public let measuring: Int

  /// The sum, in bytes.
  public var total: Int { engine + data + measuring }

  /// Computes the need.
  ///
  /// - Parameters:
  ///   - configuration: a configuration that is valid by itself.
  ///   - inputs: the inputs of an example.
  ///   - outputs: the outputs of the network.
  ///   - examples: the examples of both parts.
  ///   - trainingExamples: the examples of the training part.
  ///   - isClassification: whether targets are classes.
  ///   - inputBytes: the bytes of one value of the data: 4 for numbers, 1 for pixels.
  ///   - purpose: the use of the experiment.
  public init(
    of configuration: ExperimentConfiguration, inputs: Int, outputs: Int, examples: Int,
    trainingExamples: Int, isClassification: Bool = true, inputBytes: Int = 4,
    for purpose: Purpose = .training
  ) {
    let layout = NetworkLayout(
      shape: NetworkShape(inputs: inputs, hidden: configuration.hidden, outputs: outputs))
    let learners = purpose == .trace ? 1 : configuration.learnerCount
    let block = 4 * layout.count
    let bytesOfLearner = MemoryNeed.learner(
      configuration, layout: layout, examples: trainingExamples)
    // All learners gather from one source, which keeps the classes.
    engine = learners * bytesOfLearner + (isClassification ? 4 * examples : 0)
    // The values, the targets and the two parts of the split; for points, also the coordinates.
    let isOfPoints =
      configuration.data != BuiltInDataset.glyphs.rawValue
      && BuiltInDataset(rawValue: configuration.data) != nil
    let bytesOfTargets = isClassification ? 8 : 4 * outputs
    data = examples * (inputs * inputBytes + bytesOfTargets + 8 + (isOfPoints ? 8 : 0))
    // For each learner: its start as readable matrices, copies of weights that wait or are being
    // measured, and passes.
    var measured = 2 * block + 4 * learners * block
    measured += 2 * MemoryNeed.pass(layout, capacity: 64, masksWeights: false)
    // Given weights are kept, so that the experiment can be restarted.
    if configuration.weights != nil { measured += learners * block }
    let rows = min(configuration.batch, max(1, trainingExamples))
    let evidence = MemoryNeed.evidence(configuration, shape: layout.shape, rows: rows)
    // The test pass on the same examples stays.
    let testPass = MemoryNeed.pass(
      layout, capacity: NetworkLayout.padded(rows), masksWeights: false)
    switch purpose {
    case .training: break
    case .trace: measured += evidence + testPass
    case .evidence:
      // Of the step that is drawn, of the next step, and of the one that is being measured.
      measured += 3 * evidence + testPass + bytesOfLearner
      let states = 1 + configuration.optimizer.kind.stateNames.count
      measured += CheckpointStore.mostBytes(
        of: learners
          * TrainerCheckpoint.bytes(numbers: states * layout.count, changes: 0, units: 0),
        budget: Timeline.budget)
    }
    measuring = measured
  }

  /// The memory that an experiment with this dataset needs.
  public init(
    of configuration: ExperimentConfiguration, dataset: Dataset, for purpose: Purpose = .training
  ) {
    let isBytes = if case .bytes = dataset.values { true } else { false }
    self.init(
      of: configuration, inputs: dataset.inputCount, outputs: dataset.outputCount,
      examples: dataset.count, trainingExamples: dataset.trainingExamples.count,
      isClassification: dataset.isClassification,
      inputBytes: isBytes ? 1 : 4, for: purpose)
  }

  /// The buffers of one learner.
  private static func learner(
    _ configuration: ExperimentConfiguration, layout: NetworkLayout, examples: Int
  ) -> Int {
    let shape = layout.shape
    let states = configuration.optimizer.kind.stateNames.count
    let capacity = NetworkLayout.padded(min(configuration.batch, max(1, examples)))
    // Parameters and the optimizer's state, twice; the gradient; the calm weights.
    var floats = 2 * (1 + states) * layout.count + 2 * layout.count
    for layer in 0..<shape.layerCount {
      let source = capacity * NetworkLayout.rowStride(shape.inputs(of: layer))
      let own = capacity * layout.stride(of: layer)
      // Signals and masks of the backward pass; deltas with their bits.
      floats += 2 * source + own + bits(capacity, units: shape.units(of: layer))
      if layer > 0 {
        floats += layout.columns(of: layer) * NetworkLayout.padded(shape.inputs(of: layer))
      }
    }
    let masksWeights = configuration.dropout.noise.masksWeights
    // Targets, their classes, and scratch space for the loss.
    floats += capacity * (NetworkLayout.rowStride(shape.outputs) + 3)
    floats += 2 * Int(CK_LANES) * NetworkLayout.padded(shape.outputs)
    // The order of the examples: shuffled, and original.
    return 4 * floats + pass(layout, capacity: capacity, masksWeights: masksWeights) + 8 * examples
  }

  /// The evidence of a step of some rows.
  private static func evidence(
    _ configuration: ExperimentConfiguration, shape: NetworkShape, rows: Int
  ) -> Int {
    let dropout = configuration.dropout
    // A mask that several passes share is there once.
    let masks = (dropout.maskPass == .both ? 1 : 2) + (dropout.testPass == .masked ? 1 : 0)
    let states = configuration.optimizer.kind.stateNames.count
    // The inputs and their masks, targets, examples, and the outputs of both passes.
    var floats = rows * (shape.inputs * (1 + masks) + shape.outputs * 3 + 2)
    for layer in 0..<shape.layerCount {
      let (inputs, units) = (shape.inputs(of: layer), shape.units(of: layer))
      // Sums, pre-activations, activations, signals, deltas and test sums, and what was received.
      floats += rows * (units * (6 + masks) + 2 * inputs)
      // Weights, gradients, next weights and the optimizer's state.
      floats += (inputs + 1) * units * (3 + states)
      if dropout.noise.masksWeights { floats += rows * inputs * units }
    }
    return 4 * floats
  }

  /// One bit for each unit of each row, measured in floats.
  private static func bits(_ rows: Int, units: Int) -> Int { rows * ((units + 63) / 64) * 2 }

  /// The buffers of a forward pass.
  private static func pass(_ layout: NetworkLayout, capacity: Int, masksWeights: Bool) -> Int {
    let shape = layout.shape
    var floats = capacity * NetworkLayout.rowStride(shape.inputs)
    var largest = 0
    for layer in 0..<shape.layerCount {
      let source = capacity * NetworkLayout.rowStride(shape.inputs(of: layer))
      floats += 2 * source + 2 * capacity * layout.stride(of: layer)
      floats += bits(capacity, units: shape.inputs(of: layer))
      largest = max(largest, shape.inputs(of: layer) * layout.columns(of: layer))
    }
    return 4 * (floats + (masksWeights ? 2 * largest : 0))
  }

  /// Checks that the experiment fits into memory.
  ///
  /// - Parameters:
  ///   - allowed: the bytes that may be used; nil where nobody knows.
  ///   - kept: the bytes that other data keep beside it.
  /// - Throws: `ConfigurationError.needsMemory` where it does not fit.
  public func check(against allowed: Int?, keeping kept: Int = 0) throws(ConfigurationError) {
    guard let allowed, total + kept > allowed else { return }
    throw .needsMemory(bytes: total + kept, allowed: allowed)
  }
}

extension BuiltInDataset {
  /// The memory that an experiment with this dataset needs, known before the dataset is made.
  public func memoryNeed(
    _ configuration: ExperimentConfiguration, for purpose: MemoryNeed.Purpose = .training
  ) -> MemoryNeed {
    let isImage = self == .glyphs
    let isNumber = self == .plane || self == .multigauss
    let fraction = configuration.testFraction ?? BuiltInDataset.defaultTestFraction
    let tested = Int(
      nearest: (Double(configuration.examples) * fraction).rounded(), in: 0...configuration.examples
    )
    return MemoryNeed(
      of: configuration, inputs: isImage ? 64 : configuration.features.count,
      outputs: isImage ? 10 : isNumber ? 1 : 2, examples: configuration.examples,
      trainingExamples: configuration.examples - tested, isClassification: !isNumber,
      inputBytes: isImage ? 1 : 4, for: purpose)
  }
}
