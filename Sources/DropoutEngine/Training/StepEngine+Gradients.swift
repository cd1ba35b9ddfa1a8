/// Gradients without a step: what evidence and measurements ask for.
extension StepEngine {
  /// Runs forward and back, and leaves the deltas of all layers.
  ///
  /// The gradients are not computed yet, so a caller may first weight the rows of the deltas.
  ///
  /// - Returns: The sum of the masked losses, and whether all sums are finite.
  @discardableResult
  package func propagate(
    _ masks: StepMasks, parameters: UnsafeBufferPointer<Float>, plan: DropoutPlan, rows: Int
  ) -> (loss: Double, isFinite: Bool) {
    let last = layout.shape.layerCount - 1
    adoptBackward(plan)
    let kind: ForwardPass.Kind
    switch masks {
    case .drawn(let counter):
      kind = .training(counter)
      if !plan.masksWeights { drawBackwardMasks(counter, plan: plan, rows: rows) }
    case .given:
      kind = .trainingWithGivenMasks
    }
    let isFinite = forward.run(
      kind, parameters: parameters, plan: plan, rows: rows, through: .result(of: last))
    let loss = output.apply(
      to: forward.activations[last], delta: deltas[last], rows: rows)
    for layer in stride(from: last, to: 0, by: -1) {
      if plan.masksWeights && plan.sources[layer].masksBackward {
        signalThroughMaskedWeights(
          to: layer, counter: masks.counter, parameters: parameters, plan: plan, rows: rows)
      } else {
        kernels.signal(layer, of: self, parameters: parameters, rows: rows)
      }
    }
    return (loss, isFinite)
  }

  /// Computes the gradients of the last step of ``run(_:step:rows:)``.
  ///
  /// The kernels apply gradients without storing them.
  package func makeGradients(rows: Int) {
    // Where weights are masked the gradients exist already: the step was made from them.
    guard !plan.masksWeights else { return }
    for layer in 0..<layout.shape.layerCount {
      kernels.gradient(layer, of: self, rows: rows)
    }
  }

  /// Computes the gradients of a layer's weights and biases from its deltas and the values that it
  /// received.
  package func gradients(of layer: Int, masks: StepMasks, plan: DropoutPlan, rows: Int) {
    kernels.gradient(layer, of: self, rows: rows)
    if plan.masksWeights && plan.sources[layer].masksBackward {
      maskWeightGradients(of: layer, counter: masks.counter, plan: plan, rows: rows)
    }
  }
}
