import CKernels

/// One training step over flat storage: forward, loss, backward, update.
///
/// It allocates nothing after its creation. The engine computes the next parameters without taking
/// the step; ``Trainer`` decides whether they become the current ones. The evidence of the step
/// stays in its buffers.
///
/// Where units are masked, a step is one call of the kernels. Where each example masks the weights
/// (StepEngine+MaskedWeights.swift), the engine makes it from smaller calls.
package final class StepEngine {
  package let layout: NetworkLayout
  package let forward: ForwardPass
  package let output: OutputLoss
  package let kernels: Kernels
  /// The gradient of the mean loss at each layer's pre-activations, `[capacity][padded units]`.
  package let deltas: [FloatStorage]
  /// The masks of each source in the backward pass, where they are drawn separately,
  /// `[capacity][padded units]`.
  package let backwardMasks: [FloatStorage]
  /// The gradient of the mean loss, one block of the layout; valid after ``makeGradients(rows:)``
  /// or ``gradients(of:masks:plan:rows:)``.
  package let gradient: FloatStorage
  /// The gradient at the values that each layer received, `[capacity][padded inputs]`.
  package let signals: [FloatStorage]
  /// The weights of each layer in panels of inputs, `[units][inputs]`.
  package let transposed: [FloatStorage]
  private let deltaBits: [FloatStorage]
  /// The plan for which the layers are set.
  package private(set) var plan: DropoutPlan
  /// The configuration for which the layers are set.
  private var configuration: ExperimentConfiguration
  /// The step whose keep probabilities the plan has, where they follow a schedule; nil at first.
  private var scheduledStep: Int?
  /// Whether the kernels draw the masks of each step.
  ///
  /// They do where units are masked, each example has its own mask, and none is decided by hand.
  private var kernelsDrawMasks = false
  /// Adam's settings, whose corrections change with the step; nil for other optimizers.
  private var adam: OptimizerSettings?

  package init(
    layout: NetworkLayout, loss: LossFunction, capacity: Int,
    configuration: ExperimentConfiguration,
    plan: DropoutPlan, kernels: Kernels
  ) {
    let shape = layout.shape
    let layers = 0..<shape.layerCount
    self.layout = layout
    self.kernels = kernels
    self.plan = plan
    self.configuration = configuration
    forward = ForwardPass(
      layout: layout, capacity: capacity, masksWeights: plan.masksWeights, kernels: kernels)
    output = OutputLoss(loss: loss, outputs: shape.outputs, capacity: capacity, kernels: kernels)
    deltas = layers.map { .rows(capacity, units: shape.units(of: $0)) }
    signals = layers.map { .rows(capacity, units: shape.inputs(of: $0)) }
    backwardMasks = layers.map { .rows(capacity, units: shape.inputs(of: $0)) }
    deltaBits = layers.map { .bits(capacity, units: shape.units(of: $0)) }
    transposed = layers.map {
      FloatStorage(
        count: $0 == 0 ? 0 : layout.columns(of: $0) * NetworkLayout.padded(shape.inputs(of: $0)))
    }
    gradient = FloatStorage(count: layout.count)
    for layer in layers {
      forward.layers[layer].deltas = deltas[layer].base
      forward.layers[layer].signals = signals[layer].base
      forward.layers[layer].transposed = transposed[layer].base
      forward.layers[layer].delta_bits = deltaBits[layer].words
    }
    adopt(configuration, plan: plan)
  }

  /// Sets the layers for the steps that follow.
  ///
  /// - Precondition: the plan masks weights exactly if the engine was created with a plan that
  ///   does.
  package func adopt(_ configuration: ExperimentConfiguration, plan: DropoutPlan) {
    self.plan = plan
    self.configuration = configuration
    scheduledStep = nil
    forward.setActivations(configuration)
    adam = configuration.optimizer.kind == .adam ? configuration.optimizer : nil
    setLayers()
  }

  /// Takes up the keep probabilities of a step, where they follow a schedule; it allocates nothing.
  private func follow(step: Int) {
    guard plan.isScheduled else { return }
    let step = min(step, configuration.keepSteps)
    guard step != scheduledStep else { return }
    scheduledStep = step
    plan.adopt(step: step)
    setLayers()
  }

  /// Sets the layers to the plan and the configuration.
  private func setLayers() {
    kernelsDrawMasks = plan.isDrawnByKernels
    for layer in 0..<layout.shape.layerCount {
      let place = plan.sources[layer]
      forward.layers[layer].mask =
        place.masksForward ? UnsafePointer(forward.masks[layer].base) : nil
      forward.layers[layer].factor = place.forwardFactor
      forward.layers[layer].draws = kernelsDrawMasks && place.masksForward
      forward.layers[layer].draw = plan.draw(
        of: layer, counter: MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0))
      let (weights, biases) = updates(of: layer)
      forward.layers[layer].weight_update = weights
      forward.layers[layer].bias_update = biases
      forward.layers[layer].cap = configuration.maxNorm[layer].map { Float($0) } ?? .infinity
    }
    adoptBackward(plan)
  }

  private func updates(of layer: Int) -> (weights: ck_update, biases: ck_update) {
    func update(isBias: Bool) -> ck_update {
      ck_update(
        configuration: configuration, layer: layer, updateFactor: plan.sources[layer].updateFactor,
        isBias: isBias)
    }
    return (update(isBias: false), update(isBias: true))
  }

  /// Sets the mask and factor of the backward pass at each place.
  func adoptBackward(_ plan: DropoutPlan) {
    for layer in 0..<layout.shape.layerCount {
      let place = plan.sources[layer]
      forward.layers[layer].backward_factor = place.backwardFactor
      forward.layers[layer].backward_mask = backwardMask(of: layer, place, plan)
    }
  }

  /// The backward pass's mask at a source; nil where it applies none to units.
  private func backwardMask(
    of source: Int, _ place: DropoutPlan.Source, _ plan: DropoutPlan
  ) -> UnsafePointer<Float>? {
    guard place.masksBackward, !plan.masksWeights else { return nil }
    switch plan.maskPass {
    case .both: return UnsafePointer(forward.masks[source].base)
    case .forward: return nil
    case .backward, .independent: return UnsafePointer(backwardMasks[source].base)
    }
  }

  /// Computes one step for the examples in `forward.inputs` and `output`, with the settings from
  /// ``adopt(_:plan:)``.
  ///
  /// - Parameters:
  ///   - blocks: the parameters; the new ones are in `blocks.next` afterwards.
  ///   - step: the number of updates so far.
  ///   - rows: the number of examples.
  /// - Returns: The sum of their masked losses, and whether all sums, parameters and states are
  ///   finite.
  package func run(_ blocks: ParameterBlocks, step: Int, rows: Int) -> (
    loss: Double, isFinite: Bool
  ) {
    follow(step: step)
    correct(step: step)
    let counter = MaskCounter(
      purpose: .forwardMask, step: UInt32(truncatingIfNeeded: step), firstSlot: 0)
    var kernelBlocks = ck_blocks(
      parameters: blocks.current, next: blocks.next, gradient: gradient.base, count: layout.count)
    if plan.masksWeights {
      return runMaskingWeights(
        counter, parameters: blocks.parameters, blocks: &kernelBlocks, rows: rows)
    }
    forward.hideUnseenInputs(plan, rows: rows)
    if !kernelsDrawMasks { drawMasks(counter, rows: rows) }
    var loss = 0.0
    let isFinite = kernels.step(
      of: self, blocks: &kernelBlocks, step: counter.step, rows: rows, loss: &loss)
    return (loss, isFinite)
  }

  /// Adam's corrections for a step, each rounded once.
  private func correct(step: Int) {
    guard let adam else { return }
    let mean = Float(1 - ElementaryFunctions.power(adam.beta1, step + 1))
    let square = Float(1 - ElementaryFunctions.power(adam.beta2, step + 1))
    for layer in 0..<layout.shape.layerCount {
      forward.layers[layer].weight_update.mean_correction = mean
      forward.layers[layer].weight_update.square_correction = square
      forward.layers[layer].bias_update.mean_correction = mean
      forward.layers[layer].bias_update.square_correction = square
    }
  }

  /// Checks, in a debug build, that the buffers of some layers hold whole lanes of `rows` rows.
  @inline(__always)
  func assertRoom(rows: Int, layers: ClosedRange<Int>) {
    forward.assertRoom(rows: rows, layers: layers)
    assert(
      layers.allSatisfy { hasRoom(rows: rows, layer: $0) },
      "a step of \(rows) rows in \(forward.capacity)")
  }

  private func hasRoom(rows: Int, layer index: Int) -> Bool {
    let layer = forward.layers[index]
    let whole = NetworkLayout.padded(rows)
    let words = rows * ((layer.units + 63) / 64)
    return deltas[index].count >= whole * layer.stride
      && signals[index].count >= whole * layer.source_stride
      && backwardMasks[index].count >= whole * layer.source_stride
      && deltaBits[index].count >= 2 * words && gradient.count >= layout.count
      && (index == 0
        || transposed[index].count >= layer.columns * NetworkLayout.padded(layer.inputs))
  }

  private func drawMasks(_ counter: MaskCounter, rows: Int) {
    for source in plan.sources.indices where plan.sources[source].masksForward {
      plan.drawMasks(
        of: source, counter: counter, rows: rows, into: forward.masks[source].place(),
        stride: forward.sourceStride(source), kernels: kernels)
    }
    drawBackwardMasks(counter, plan: plan, rows: rows)
  }

  /// Draws the backward pass's own masks.
  ///
  /// No gradient needs the mask of the inputs.
  func drawBackwardMasks(_ counter: MaskCounter, plan: DropoutPlan, rows: Int) {
    guard plan.maskPass == .backward || plan.maskPass == .independent else { return }
    var counter = counter
    // Mask pass `backward` draws the very masks that the forward pass would have drawn.
    if plan.maskPass == .independent { counter.purpose = .backwardMask }
    for source in plan.sources.indices.dropFirst() where plan.sources[source].masksBackward {
      plan.drawMasks(
        of: source, counter: counter, rows: rows, into: backwardMasks[source].place(),
        stride: forward.sourceStride(source), kernels: kernels)
    }
  }
}
