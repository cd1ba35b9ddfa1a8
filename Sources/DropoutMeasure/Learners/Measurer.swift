import CKernels
public import DropoutEngine

/// Measures a network away from its training: losses, sums in both passes, divergence.
///
/// It reads a ``DropoutEngine/NetworkState`` and changes nothing, so measuring never influences
/// training. A measurer owns buffers and belongs to one thread.
public final class Measurer {
  /// The dataset.
  public let dataset: Dataset
  let kernels: KernelPath
  /// Called after each batch of a test over a part of the dataset, with the number of examples that
  /// passed through a network.
  public var passed: ((_ examples: Int) -> Void)?
  private let source: MinibatchSource
  /// The indices of gathered examples, in the kernels' form.
  private let gathered: UnsafeMutableBufferPointer<Int32>
  private var cached: (layout: NetworkLayout, masksWeights: Bool, pass: ForwardPass)?
  private var cachedEngine: (loss: LossFunction, capacity: Int, masksWeights: Bool, StepEngine)?

  /// The number of rows that pass through the network at once.
  static let capacity = 64

  /// Creates a measurer for a dataset.
  public init(dataset: Dataset, kernels: KernelPath = .best) {
    self.dataset = dataset
    self.kernels = kernels
    source = MinibatchSource(dataset, trains: false)
    gathered = .allocate(capacity: Measurer.capacity)
    gathered.initialize(repeating: 0)
  }

  deinit {
    gathered.deallocate()
  }

  /// The loss and the accuracy over a part of the dataset.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - part: the examples; the training part stands in for an empty test part.
  ///   - convention: the scaling; nil is the experiment's own test pass.
  /// - Returns: the mean loss, and accuracy or R2.
  public func evaluate(
    _ state: NetworkState, on part: DatasetPart, as convention: TestConvention? = nil
  ) -> Evaluation {
    let examples = examples(of: part)
    var accumulator = EvaluationAccumulator(
      loss: loss(of: state), dataset: dataset)
    forEachTestBatch(state, examples: examples, convention: convention) { batch, pass in
      accumulator.add(batch, pass: pass, kernels: kernels.kernels)
    }
    return accumulator.evaluation(of: examples)
  }

  /// The outputs of a test pass on given inputs.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - inputs: scaled inputs, `[rows][inputs]`.
  ///   - convention: the scaling; nil is the experiment's own test pass.
  /// - Returns: the outputs, `[rows][outputs]`: probabilities for classes.
  public func outputs(
    _ state: NetworkState, inputs: Matrix, as convention: TestConvention? = nil
  ) -> Matrix {
    precondition(
      inputs.columns == state.shape.inputs,
      "\(inputs.columns) inputs for a network of \(state.shape.description)")
    return withPass(state) { pass, plan, parameters in
      let last = state.shape.layerCount - 1
      let stride = state.layout.stride(of: last)
      let outputs = state.shape.outputs
      var result: [Float] = []
      result.reserveCapacity(inputs.rows * outputs)
      for first in Swift.stride(from: 0, to: inputs.rows, by: Measurer.capacity) {
        let rows = min(Measurer.capacity, inputs.rows - first)
        for row in 0..<rows {
          let target = pass.inputs.base + row * pass.sourceStride(0)
          for (index, value) in inputs.row(first + row).enumerated() { target[index] = value }
        }
        pass.run(
          kind(of: convention, step: state.step, firstSlot: first), parameters: parameters,
          plan: plan, rows: rows, through: .result(of: last))
        if loss(of: state) == .crossEntropy {
          let ignored = OutputLoss(
            loss: .crossEntropy, outputs: outputs, capacity: rows, kernels: kernels.kernels)
          _ = ignored.apply(to: pass.activations[last], delta: nil, rows: rows)
        }
        result +=
          pass.activations[last].matrix(rows: rows, columns: outputs, stride: stride).elements
      }
      return Matrix(rows: inputs.rows, columns: outputs, elements: result)
    }
  }

  /// The examples of a part; the training part stands in for an empty test part.
  func examples(of part: DatasetPart) -> [Int] {
    part == .test && !dataset.testExamples.isEmpty
      ? dataset.testExamples : dataset.trainingExamples
  }

  /// The loss in force.
  func loss(of state: NetworkState) -> LossFunction {
    state.configuration.loss ?? (dataset.isClassification ? .crossEntropy : .meanSquaredError)
  }

  func kind(of convention: TestConvention?, step: Int, firstSlot: Int) -> ForwardPass.Kind {
    if let convention { return .convention(convention) }
    return .test(
      MaskCounter(
        purpose: .testMask, step: UInt32(truncatingIfNeeded: step),
        firstSlot: UInt32(truncatingIfNeeded: firstSlot)))
  }

  /// The kernels trust their arguments, so a network or an example of another dataset is stopped
  /// here.
  private func check(_ state: NetworkState) {
    let shape = state.shape
    precondition(
      shape.inputs == dataset.inputCount && shape.outputs == dataset.outputCount,
      "a network of \(shape.description) for \(dataset.name), with \(dataset.inputCount) inputs "
        + "and \(dataset.outputCount) outputs")
    precondition(
      dataset.isClassification || loss(of: state) != .crossEntropy,
      "\(LossFunction.crossEntropy.rawValue) needs classes, the targets of \(dataset.name) are "
        + "numbers")
  }

  /// Runs `body` with buffers, plan and parameters for a state; the plan is computed where none is
  /// given.
  func withPass<Result>(
    _ state: NetworkState, plan: DropoutPlan? = nil,
    _ body: (ForwardPass, DropoutPlan, UnsafeBufferPointer<Float>) -> Result
  ) -> Result {
    check(state)
    let plan = plan ?? state.plan
    let pass = pass(for: state.layout, masksWeights: plan.masksWeights)
    pass.setActivations(state.configuration)
    return state.block.withUnsafeBufferPointer { body(pass, plan, $0) }
  }

  private func pass(for layout: NetworkLayout, masksWeights: Bool) -> ForwardPass {
    if let cached, cached.layout == layout, cached.masksWeights == masksWeights {
      return cached.pass
    }
    let pass = ForwardPass(
      layout: layout, capacity: Measurer.capacity, masksWeights: masksWeights,
      kernels: kernels.kernels)
    cached = (layout, masksWeights, pass)
    return pass
  }

  /// The engine of training, with room for the gradients of a minibatch of `rows` examples.
  func engine(for state: NetworkState, rows: Int) -> StepEngine {
    check(state)
    let masksWeights = state.configuration.dropout.noise.masksWeights
    let loss = loss(of: state)
    if let (cachedLoss, capacity, cachedMasksWeights, engine) = cachedEngine, cachedLoss == loss,
      capacity >= rows, cachedMasksWeights == masksWeights, engine.layout == state.layout
    {
      return engine
    }
    let engine = StepEngine(
      layout: state.layout, loss: loss, capacity: rows, configuration: state.configuration,
      plan: state.plan, kernels: kernels.kernels)
    cachedEngine = (loss, rows, masksWeights, engine)
    return engine
  }

  /// Writes the inputs of examples, at most ``capacity``, into the rows of a pass.
  func gather(_ examples: ArraySlice<Int>, into pass: ForwardPass) {
    for (row, example) in examples.enumerated() { gathered[row] = Int32(example) }
    source.gather(UnsafeBufferPointer(gathered), rows: examples.count, into: pass)
  }

  func forEachTestBatch(
    _ state: NetworkState, examples: [Int], convention: TestConvention?,
    _ body: (ArraySlice<Int>, ForwardPass) -> Void
  ) {
    withPass(state) { pass, plan, parameters in
      for first in Swift.stride(from: 0, to: examples.count, by: Measurer.capacity) {
        let batch = examples[first..<min(first + Measurer.capacity, examples.count)]
        runTest(
          pass, state: state, plan: plan, parameters: parameters, batch: batch, first: first,
          convention: convention)
        body(batch, pass)
        passed?(batch.count)
      }
    }
  }

  /// Runs the test pass of a batch that starts at position `first` of its part, up to the outputs'
  /// pre-activations.
  func runTest(
    _ pass: ForwardPass, state: NetworkState, plan: DropoutPlan,
    parameters: UnsafeBufferPointer<Float>,
    batch: ArraySlice<Int>, first: Int, convention: TestConvention?
  ) {
    gather(batch, into: pass)
    pass.run(
      kind(of: convention, step: state.step, firstSlot: first), parameters: parameters,
      plan: plan, rows: batch.count, through: .result(of: state.shape.layerCount - 1))
  }
}
