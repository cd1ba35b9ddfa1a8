import CKernels

/// One training step over flat storage: forward, loss, backward, update.
///
/// It allocates nothing once it is created.
/// The engine computes the next parameters without taking the step; ``Trainer`` decides whether they
/// become the current ones. What it leaves in its buffers is the step's evidence.
final class StepEngine {
  let layout: NetworkLayout
  let forward: ForwardPass
  let output: OutputLoss
  let kernels: ck_kernels
  /// By layer: the gradient of the mean loss at the pre-activations, `[capacity][padded units]`.
  let deltas: [FloatStorage]
  /// By source: the masks of the backward pass where they are drawn apart, `[capacity][padded units]`.
  let backwardMasks: [FloatStorage]
  /// The gradient of the mean loss, one block of the layout.
  let gradient: FloatStorage
  /// By source: the gradient at what a layer received, `[capacity][padded inputs]`.
  let signals: [FloatStorage]
  /// By layer: the weights as `[units][padded inputs]`.
  private let transposed: [FloatStorage]
  private let norms: FloatStorage

  init(
    layout: NetworkLayout, loss: LossFunction, capacity: Int, masksWeights: Bool,
    kernels: ck_kernels
  ) {
    let shape = layout.shape
    self.layout = layout
    self.kernels = kernels
    forward = ForwardPass(
      layout: layout, capacity: capacity, masksWeights: masksWeights, kernels: kernels)
    output = OutputLoss(loss: loss, outputs: shape.outputs, capacity: capacity, kernels: kernels)
    deltas = (0..<shape.layerCount).map { FloatStorage(count: capacity * layout.stride(of: $0)) }
    let sourceStrides = (0..<shape.layerCount).map { NetworkLayout.padded(shape.inputs(of: $0)) }
    signals = sourceStrides.map { FloatStorage(count: capacity * $0) }
    backwardMasks = sourceStrides.map { FloatStorage(count: capacity * $0) }
    transposed = (0..<shape.layerCount).map {
      FloatStorage(count: $0 == 0 ? 0 : shape.units(of: $0) * sourceStrides[$0])
    }
    gradient = FloatStorage(count: layout.count)
    norms = FloatStorage(count: (0..<shape.layerCount).map { layout.stride(of: $0) }.max() ?? 0)
  }

  /// Computes one step for the examples in `forward.inputs` and `output`, and returns the sum of their masked
  /// losses.
  ///
  /// The new parameters stand in `blocks.next`.
  func run(
    _ blocks: ParameterBlocks, configuration: ExperimentConfiguration, plan: DropoutPlan,
    step: Int, rows: Int
  ) -> Double {
    let masks = StepMasks.drawn(
      MaskCounter(
        purpose: .forwardMask, step: UInt32(truncatingIfNeeded: step), firstSlot: 0))
    let loss = propagate(masks, parameters: blocks.current, plan: plan, rows: rows)
    for layer in stride(from: layout.shape.layerCount - 1, through: 0, by: -1) {
      gradients(of: layer, masks: masks, plan: plan, rows: rows)
      update(
        layer, blocks: blocks, configuration: configuration, plan: plan, step: step)
    }
    return loss
  }

  /// Forward and back: leaves the deltas of all layers, and returns the sum of the masked losses.
  ///
  /// The gradients are not computed yet: a caller may weight the rows of the deltas first.
  func propagate(
    _ masks: StepMasks, parameters: UnsafePointer<Float>, plan: DropoutPlan, rows: Int
  ) -> Double {
    let last = layout.shape.layerCount - 1
    let kind: ForwardPass.Kind =
      switch masks {
      case .drawn(let counter): .training(counter)
      case .given: .trainingWithGivenMasks
      }
    forward.run(kind, parameters: parameters, plan: plan, rows: rows, throughLayer: last)
    let loss = output.apply(
      to: forward.activations[last].base, delta: deltas[last].base, rows: rows)
    for layer in stride(from: last, to: 0, by: -1) {
      signal(to: layer, masks: masks, parameters: parameters, plan: plan, rows: rows)
    }
    return loss
  }

  /// The delta of the layer below `layer`, through its mask and its nonlinearity.
  private func signal(
    to layer: Int, masks: StepMasks, parameters: UnsafePointer<Float>, plan: DropoutPlan, rows: Int
  ) {
    let place = plan.sources[layer]
    let units = layout.shape.units(of: layer)
    let stride = layout.stride(of: layer)
    let sourceStride = forward.sourceStride(layer)
    let weightsAreMasked = plan.masksWeights && place.masksBackward
    for row in 0..<(weightsAreMasked ? rows : 1) {
      let weights =
        weightsAreMasked
        ? forward.drawMaskedWeights(
          masks.counter, layer: layer, row: row, parameters: parameters, plan: plan)
        : parameters + layout.weightOffsets[layer]
      kernels.transpose(
        weights, layout.shape.inputs(of: layer), units, stride, transposed[layer].base, sourceStride
      )
      kernels.multiply(
        deltas[layer].base + row * stride, stride, 1, weightsAreMasked ? 1 : rows, units,
        transposed[layer].base, sourceStride, signals[layer].base + row * sourceStride,
        sourceStride,
        sourceStride)
    }
    let mask =
      weightsAreMasked
      ? nil : backwardMask(layer, masks: masks, place: place, plan: plan, rows: rows)
    kernels.hidden_delta(
      forward.activationFunctions[layer - 1], signals[layer].base, mask, place.backwardFactor,
      forward.activations[layer - 1].base, deltas[layer - 1].base, rows * sourceStride)
  }

  /// The mask that the backward pass applies at a source; nil where it applies none.
  private func backwardMask(
    _ source: Int, masks: StepMasks, place: DropoutPlan.Source, plan: DropoutPlan, rows: Int
  ) -> UnsafePointer<Float>? {
    guard place.masksBackward else { return nil }
    switch plan.maskPass {
    case .both: return UnsafePointer(forward.masks[source].base)
    case .forward: return nil
    case .backward, .independent:
      guard case .drawn(var counter) = masks else {
        return UnsafePointer(backwardMasks[source].base)
      }
      // The backward pass of `backward` draws the very masks that a forward pass would have.
      if plan.maskPass == .independent { counter.purpose = .backwardMask }
      plan.drawMasks(
        of: source, counter: counter, rows: rows, into: backwardMasks[source].base,
        stride: forward.sourceStride(source), kernels: kernels)
      return UnsafePointer(backwardMasks[source].base)
    }
  }

  /// The gradients of a layer's weights and biases, out of its deltas and what it received.
  func gradients(of layer: Int, masks: StepMasks, plan: DropoutPlan, rows: Int) {
    let stride = layout.stride(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    let weights = gradient.base + layout.weightOffsets[layer]
    if plan.masksWeights && plan.sources[layer].masksBackward {
      maskedGradients(of: layer, counter: masks.counter, plan: plan, rows: rows, into: weights)
    } else {
      kernels.multiply(
        forward.received[layer], 1, forward.sourceStride(layer), inputs, rows, deltas[layer].base,
        stride, weights, stride, stride)
    }
    kernels.column_sums(
      deltas[layer].base, rows, stride, gradient.base + layout.biasOffsets[layer], stride)
  }

  /// Weight gradients where each example masks the weights: factor times the chain over examples of
  /// mask * delta * received.
  private func maskedGradients(
    of layer: Int, counter: MaskCounter, plan: DropoutPlan, rows: Int,
    into weights: UnsafeMutablePointer<Float>
  ) {
    let stride = layout.stride(of: layer)
    let units = layout.shape.units(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    for index in 0..<inputs * stride { weights[index] = 0 }
    for row in 0..<rows {
      let mask = forward.drawWeightMask(counter, layer: layer, row: row, plan: plan)
      let delta = deltas[layer].base + row * stride
      let received = forward.received[layer] + row * forward.sourceStride(layer)
      for input in 0..<inputs {
        for unit in 0..<units {
          let term = mask[input * units + unit] * delta[unit]
          weights[input * stride + unit].addProduct(received[input], term)
        }
      }
    }
    let factor = plan.sources[layer].backwardFactor
    for index in 0..<inputs * stride { weights[index] *= factor }
  }

  private func update(
    _ layer: Int, blocks: ParameterBlocks, configuration: ExperimentConfiguration,
    plan: DropoutPlan, step: Int
  ) {
    let stride = layout.stride(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    let units = layout.shape.units(of: layer)
    let factor = plan.sources[layer].updateFactor
    var weightUpdate = ck_update(
      configuration: configuration, layer: layer, updateFactor: factor, step: step, isBias: false)
    var biasUpdate = ck_update(
      configuration: configuration, layer: layer, updateFactor: factor, step: step, isBias: true)
    let first = layout.weightOffsets[layer]
    if units == stride {
      apply(&weightUpdate, blocks, at: first, count: inputs * stride)
    } else {
      // The padding stays 0: an optimizer may divide 0 by 0 there.
      for input in 0..<inputs {
        apply(&weightUpdate, blocks, at: first + input * stride, count: units)
      }
    }
    apply(&biasUpdate, blocks, at: layout.biasOffsets[layer], count: units)
    if let cap = configuration.maxNorm[layer] {
      kernels.cap_norms(blocks.next + first, inputs, units, stride, Float(cap), norms.base)
    }
  }

  private func apply(
    _ update: inout ck_update, _ blocks: ParameterBlocks, at offset: Int, count: Int
  ) {
    kernels.update(
      &update, gradient.base + offset, blocks.current + offset, blocks.state(0).map { $0 + offset },
      blocks.state(1).map { $0 + offset }, blocks.next + offset,
      blocks.nextState(0).map { $0 + offset }, blocks.nextState(1).map { $0 + offset }, count)
  }
}
