import CKernels
import DropoutEngine

/// The gradients of one minibatch with one set of weights, under drawn or given masks.
///
/// The engine of training computes them, but on a copy: the weights in training stay untouched.
final class MinibatchGradients {
  /// The number of rows in which the masks of one example are enumerated.
  static let enumeratedRows = 64

  let state: NetworkState
  let evidence: StepEvidence
  let engine: StepEngine
  let blocks: ParameterBlocks
  private let dataset: Dataset
  var layout: NetworkLayout { state.layout }
  var rows: Int { evidence.examples.count }

  /// Prepares the gradients of a step.
  ///
  /// - Parameters:
  ///   - state: the network before the step.
  ///   - evidence: the step: its examples, and the optimizer's state before it.
  ///   - dataset: the dataset of the examples.
  ///   - engine: an engine with room for the minibatch and for ``enumeratedRows``.
  init(_ state: NetworkState, _ evidence: StepEvidence, dataset: Dataset, engine: StepEngine) {
    self.state = state
    self.evidence = evidence
    self.dataset = dataset
    self.engine = engine
    engine.forward.setActivations(state.configuration)
    blocks = ParameterBlocks(
      layout: state.layout, optimizer: state.configuration.optimizer.kind)
    blocks.current.update(from: state.block, count: state.layout.count)
    for slot in 0..<blocks.stateCount {
      let values = evidence.layers.map { $0.optimizerState[slot] }
      let packed = layout.pack(
        NetworkParameters(
          layers: values.map { LayerParameters(weights: $0.weights, biases: $0.biases) }))
      blocks.state(slot)?.update(from: packed, count: packed.count)
    }
  }

  /// The experiment's configuration under another mask pass and update scale.
  func configuration(_ maskPass: MaskPass, _ scale: UpdateScale = .one) -> ExperimentConfiguration {
    var configuration = state.configuration
    configuration.dropout.maskPass = maskPass
    configuration.dropout.updateScale = scale
    return configuration
  }

  /// The experiment's plan under another mask pass and update scale.
  func plan(_ maskPass: MaskPass, _ scale: UpdateScale = .one) -> DropoutPlan {
    DropoutPlan(
      configuration: configuration(maskPass, scale), shape: state.shape,
      interventions: state.interventions, learner: state.learner)
  }

  /// Writes the minibatch into the engine.
  func loadMinibatch() {
    for (row, example) in evidence.examples.enumerated() { load(example, row: row) }
  }

  func load(_ example: Int, row: Int) {
    let inputs = engine.forward.inputs.base + row * engine.forward.sourceStride(0)
    dataset.copyInputs(of: example, into: inputs)
    engine.output.setTarget(row: row, example: example, of: dataset.targets)
  }

  /// The step's own random numbers.
  private var stepMasks: StepMasks {
    .drawn(
      MaskCounter(
        purpose: .forwardMask, step: UInt32(truncatingIfNeeded: state.step), firstSlot: 0))
  }

  /// Computes the step: its gradient, and its update in the other side of the blocks.
  func computeStep(_ maskPass: MaskPass, _ scale: UpdateScale) {
    engine.adopt(configuration(maskPass, scale), plan: plan(maskPass, scale))
    _ = engine.run(blocks, step: state.step, rows: rows)
    engine.makeGradients(rows: rows)
  }

  /// The distance by which the last computed step moves each layer.
  func updateSizes() -> [UpdateSize] {
    (0..<state.shape.layerCount).map { layer in
      let weights = layout.weightOffsets[layer]
      let biases = layout.biasOffsets[layer]
      return UpdateSize(
        weights: moved(weights..<biases),
        biases: moved(biases..<biases + state.shape.units(of: layer)))
    }
  }

  private func moved(_ range: Range<Int>) -> Double {
    var sum = 0.0
    for index in range {
      let difference = Double(blocks.next[index]) - Double(blocks.current[index])
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  /// The last computed gradient, one block.
  func gradient() -> [Double] { (0..<layout.count).map { Double(engine.gradient.base[$0]) } }

  func compute(_ masks: StepMasks, plan: DropoutPlan) {
    engine.propagate(masks, parameters: blocks.parameters, plan: plan, rows: rows)
    for layer in 0..<state.shape.layerCount {
      engine.gradients(of: layer, masks: masks, plan: plan, rows: rows)
    }
  }

  // MARK: The mean network

  /// The gradient of the mean network under a mask pass.
  func reference(_ maskPass: MaskPass) -> [Double] {
    loadMinibatch()
    var configuration = configuration(.both)
    if maskPass == .backward {
      // Nothing is masked in the forward pass, even where a person killed units.
      if !configuration.variant.keepsEveryUnit { configuration.variant = .none }
      let plain = DropoutPlan(
        configuration: configuration, shape: state.shape, interventions: [:],
        learner: state.learner)
      compute(stepMasks, plan: plain)
    } else if configuration.dropout.maskSharing == .fixed {
      compute(stepMasks, plan: plan(.both))
    } else {
      // The mean multiplier of a masked weight is that of its input.
      configuration.dropout.noise = configuration.dropout.noise.onUnits
      let scaled = DropoutPlan(
        configuration: configuration, shape: state.shape, interventions: state.interventions,
        learner: state.learner)
      for source in scaled.sources.indices {
        engine.forward.masks[source].fill(rows: rows, with: scaled.meanMask(of: source))
      }
      compute(.given, plan: scaled)
    }
    return gradient()
  }

  // MARK: Masks that the engine draws

  /// Adds the gradients of `count` draws of all masks.
  func draw(_ count: Int, plan: DropoutPlan, into average: inout GradientAverage) {
    loadMinibatch()
    for sample in 0..<count {
      let number = UInt32(truncatingIfNeeded: state.step &* count &+ sample)
      compute(
        .drawn(MaskCounter(purpose: .measuredMask, step: number, firstSlot: 0)), plan: plan)
      average.add(engine.gradient.base, weight: 1 / Double(count))
    }
  }

  /// Adds the gradient of the step's own masks: the only ones where chance decides nothing.
  func addStep(plan: DropoutPlan, into average: inout GradientAverage) {
    loadMinibatch()
    compute(stepMasks, plan: plan)
    average.add(engine.gradient.base, weight: 1)
  }
}
