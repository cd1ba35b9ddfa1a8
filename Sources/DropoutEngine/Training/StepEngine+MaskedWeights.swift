import CKernels

/// The step of dropout that masks weights.
///
/// Each example has weights of its own, so each needs a product of its own.
extension StepEngine {
  func runMaskingWeights(
    _ counter: MaskCounter, parameters: UnsafeBufferPointer<Float>, blocks: inout ck_blocks,
    rows: Int
  ) -> (loss: Double, isFinite: Bool) {
    let masks = StepMasks.drawn(counter)
    var (loss, isFinite) = propagate(masks, parameters: parameters, plan: plan, rows: rows)
    for layer in 0..<layout.shape.layerCount {
      gradients(of: layer, masks: masks, plan: plan, rows: rows)
      isFinite = kernels.update(layer, of: self, blocks: &blocks) && isFinite
    }
    return (loss, isFinite)
  }

  /// The signal at the values that a layer received, and the delta of the layer below.
  func signalThroughMaskedWeights(
    to layer: Int, counter: MaskCounter, parameters: UnsafeBufferPointer<Float>, plan: DropoutPlan,
    rows: Int
  ) {
    let units = layout.shape.units(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    let stride = layout.stride(of: layer)
    let sourceStride = forward.sourceStride(layer)
    for row in 0..<rows {
      let weights = forward.drawMaskedWeights(
        counter, layer: layer, row: row, parameters: parameters, plan: plan)
      kernels.transpose(weights, inputs: inputs, units: units, into: transposed[layer])
      kernels.multiply(
        deltas[layer].place(row * stride), depth: units, by: transposed[layer].place(),
        into: signals[layer].place(row * sourceStride), columns: NetworkLayout.padded(inputs))
    }
    kernels.hiddenDelta(
      layer - 1, of: self, factor: plan.sources[layer].backwardFactor, rows: rows)
  }

  /// The weight gradients where each example masks the weights: the factor times the sum over
  /// examples, in order, of mask * delta * received.
  func maskWeightGradients(of layer: Int, counter: MaskCounter, plan: DropoutPlan, rows: Int) {
    let stride = layout.stride(of: layer)
    let units = layout.shape.units(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    let weights = gradient.base
    let all = layout.weightOffsets[layer]..<layout.biasOffsets[layer]
    for place in all { weights[place] = 0 }
    for row in 0..<rows {
      let mask = forward.drawWeightMask(counter, layer: layer, row: row, plan: plan)
      let delta = deltas[layer].base + row * stride
      let received = forward.received(layer) + row * forward.sourceStride(layer)
      for unit in 0..<units {
        let first = layout.weightPlace(layer, input: 0, unit: unit)
        let step = layout.weightStep(layer, unit: unit)
        for input in 0..<inputs {
          let term = mask[input * units + unit] * delta[unit]
          weights[first + input * step].addProduct(received[input], term)
        }
      }
    }
    let factor = plan.sources[layer].backwardFactor
    for place in all { weights[place] *= factor }
  }
}
