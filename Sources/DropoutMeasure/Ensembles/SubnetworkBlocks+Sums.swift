import DropoutEngine

/// The output layer's sums in single passes.
extension SubnetworkBlocks {
  /// The output layer's pre-activations in one pass of the inputs that ``begin(_:)`` takes next,
  /// `[outputs]`.
  func sums(_ inputs: some Collection<Float>, in kind: ForwardPass.Kind) -> [Double] {
    write(inputs)
    pass.run(kind, parameters: parameters, plan: plan, rows: 1, through: .result(of: last))
    var sums = [Double](repeating: 0, count: layout.shape.outputs)
    sums.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { writeSums(row: 0, isTraining: kind.isTraining, to: base) }
    }
    return sums
  }

  /// The output layer's sums of the weight-scaling network.
  func weightScalingSums(_ inputs: some Collection<Float>) -> [Double] {
    if plan.randomSources.isEmpty {
      // Only one network is left, so it is its own mean.
      return sums(
        inputs, in: .training(MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0)))
    }
    // Units that a person killed or pinned have multipliers of their own.
    if plan.sources.contains(where: { !$0.killed.isEmpty || !$0.pinned.isEmpty }) {
      return sumsOfMeanMasks(inputs)
    }
    return sums(inputs, in: .convention(convention))
  }

  /// The sums of a pass under the mean masks of training.
  private func sumsOfMeanMasks(_ inputs: some Collection<Float>) -> [Double] {
    for source in plan.sources.indices where plan.sources[source].masksForward {
      pass.masks[source].fill(rows: 1, with: plan.meanMask(of: source))
    }
    return sums(inputs, in: .trainingWithGivenMasks)
  }

  /// The output layer's sums of a row; those of masked weights are the engine's own, 32 bits wide.
  func writeSums(row: Int, isTraining: Bool, to sums: UnsafeMutablePointer<Double>) {
    let outputs = layout.shape.outputs
    let stride = layout.stride(of: last)
    let biases = layout.biasOffsets[last]
    if plan.masksWeights, isTraining, plan.sources[last].masksForward {
      let engine = pass.sums[last].base + row * stride
      for output in 0..<outputs {
        sums[output] = Double(engine[output]) + Double(parameters[biases + output])
      }
      return
    }
    let received = pass.received(last) + row * pass.sourceStride(last)
    for output in 0..<outputs { sums[output] = Double(parameters[biases + output]) }
    for input in 0..<layout.shape.inputs(of: last) {
      let value = Double(received[input])
      for output in 0..<outputs { sums[output] += value * weight(from: input, to: output) }
    }
  }

  /// A weight of the output layer.
  func weight(from unit: Int, to output: Int) -> Double {
    Double(parameters[layout.weightPlace(last, input: unit, unit: output)])
  }
}

extension ForwardPass.Kind {
  /// Whether a pass under masked weights masks them as training does.
  fileprivate var isTraining: Bool {
    if case .training = self { return true }
    return false
  }
}
