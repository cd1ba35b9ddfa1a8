import CKernels

/// Passes in which each example masks the weights: each has weights of its own.
extension ForwardPass {
  /// The counter of the masks of a layer's weights; nil where the pass masks none.
  func weightMaskCounter(_ kind: Kind, layer: Int, plan: DropoutPlan) -> MaskCounter? {
    guard case .training(let counter) = kind, plan.masksWeights, plan.sources[layer].masksForward
    else { return nil }
    return counter
  }

  /// Sums over masked weights: each example has weights of its own.
  func multiplyMasked(
    _ counter: MaskCounter, layer: Int, parameters: UnsafeBufferPointer<Float>, plan: DropoutPlan,
    rows: Int
  ) {
    let stride = layout.stride(of: layer)
    let units = layout.shape.units(of: layer)
    let factor = plan.sources[layer].forwardFactor
    for row in 0..<rows {
      let weights = drawMaskedWeights(
        counter, layer: layer, row: row, parameters: parameters, plan: plan)
      let sum = sums[layer].place(row * stride)
      kernels.multiply(
        receivedStorage(layer).place(row * sourceStride(layer)),
        depth: layout.shape.inputs(of: layer), by: weights, into: sum,
        columns: layout.columns(of: layer))
      for unit in 0..<units { sum.base[unit] *= factor }
    }
  }

  /// The weights of a layer under the mask of one example, in panels; valid until the next call.
  package func drawMaskedWeights(
    _ counter: MaskCounter, layer: Int, row: Int, parameters: UnsafeBufferPointer<Float>,
    plan: DropoutPlan
  ) -> FloatPlace {
    let units = layout.shape.units(of: layer)
    let inputs = layout.shape.inputs(of: layer)
    let mask = drawWeightMask(counter, layer: layer, row: row, plan: plan)
    let masked = maskedWeights.base
    masked.update(repeating: 0, count: inputs * layout.columns(of: layer))
    for unit in 0..<units {
      let first = layout.weightPlace(layer, input: 0, unit: unit)
      let step = layout.weightStep(layer, unit: unit)
      for input in 0..<inputs {
        let place = first + input * step
        masked[place - layout.weightOffsets[layer]] = parameters[place] * mask[input * units + unit]
      }
    }
    return maskedWeights.place()
  }

  /// The mask of a layer's weights for one example, `[inputs][units]`; valid until the next call.
  package func drawWeightMask(
    _ counter: MaskCounter, layer: Int, row: Int, plan: DropoutPlan
  ) -> UnsafePointer<Float> {
    plan.drawWeightMask(
      of: layer, layerUnits: layout.shape.units(of: layer), counter: counter, row: row,
      into: weightMask.place(), kernels: kernels)
    return UnsafePointer(weightMask.base)
  }
}
