import CKernels

/// The step of dropout that masks weights: each example has weights of its own, so each is a product of its own.
extension StepEngine {
  func runMaskingWeights(
    _ counter: MaskCounter, parameters: UnsafePointer<Float>, blocks: inout ck_blocks, rows: Int
  ) -> (loss: Double, isFinite: Bool) {
    let masks = StepMasks.drawn(counter)
    var (loss, isFinite) = propagate(masks, parameters: parameters, plan: plan, rows: rows)
    for layer in 0..<layout.shape.layerCount {
      gradients(of: layer, masks: masks, plan: plan, rows: rows)
      isFinite = kernels.update(forward.layers + layer, &blocks) && isFinite
    }
    return (loss, isFinite)
  }

  /// The signal to what a layer received, and the delta of the layer below.
  func signalThroughMaskedWeights(
    to layer: Int, counter: MaskCounter, parameters: UnsafePointer<Float>, plan: DropoutPlan,
    rows: Int
  ) {
    let units = layout.shape.units(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    let stride = layout.stride(of: layer)
    let sourceStride = forward.sourceStride(layer)
    for row in 0..<rows {
      let weights = forward.drawMaskedWeights(
        counter, layer: layer, row: row, parameters: parameters, plan: plan)
      kernels.transpose(weights, inputs, units, transposed[layer].base)
      kernels.multiply(
        deltas[layer].base + row * stride, stride, 1, units, transposed[layer].base,
        signals[layer].base + row * sourceStride, sourceStride, NetworkLayout.padded(inputs))
    }
    kernels.hidden_delta(
      forward.layers[layer - 1].function, signals[layer].base, nil,
      plan.sources[layer].backwardFactor, forward.activations[layer - 1].base,
      deltas[layer - 1].base, rows * sourceStride)
  }

  /// Weight gradients where each example masks the weights: factor times the chain over examples of
  /// mask * delta * received.
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
