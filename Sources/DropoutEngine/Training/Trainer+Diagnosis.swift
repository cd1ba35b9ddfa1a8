extension Trainer {
  /// The first quantity of the computed step that is not finite, in the order of computation.
  func diagnosis(rows: Int) -> NotFiniteError {
    for layer in 0..<shape.layerCount {
      let stride = layout.stride(of: layer)
      let biases = blocks.current + layout.biasOffsets[layer]
      for row in 0..<rows {
        for unit in 0..<shape.units(of: layer) {
          let sum = engine.forward.sums[layer].base[row * stride + unit]
          if !sum.isFinite { return error(layer, unit, "training sum", sum) }
          let preActivation = sum + biases[unit]
          if !preActivation.isFinite { return error(layer, unit, "pre-activation", preActivation) }
        }
      }
    }
    engine.makeGradients(rows: rows)
    for layer in stride(from: shape.layerCount - 1, through: 0, by: -1) {
      if let found = firstNotFinite(in: engine.gradient.base, layer: layer, suffix: "gradient") {
        return found
      }
    }
    for layer in 0..<shape.layerCount {
      if let found = firstNotFinite(in: blocks.next, layer: layer, suffix: "after the update") {
        return found
      }
      for index in 0..<blocks.stateCount {
        if let state = blocks.nextState(index),
          let found = firstNotFinite(
            in: state, layer: layer,
            suffix: "\(configuration.optimizer.kind.stateNames[index]) of the optimizer")
        {
          return found
        }
      }
    }
    preconditionFailure("step \(step) was found not finite, but all its quantities are")
  }

  private func firstNotFinite(
    in block: UnsafePointer<Float>, layer: Int, suffix: String
  ) -> NotFiniteError? {
    let inputs = shape.inputs(of: layer)
    for input in 0...inputs {
      for unit in 0..<shape.units(of: layer) {
        let place =
          input == inputs
          ? layout.biasOffsets[layer] + unit : layout.weightPlace(layer, input: input, unit: unit)
        guard !block[place].isFinite else { continue }
        return error(
          layer, unit, "\(input == inputs ? "bias" : "weight") \(suffix)", block[place])
      }
    }
    return nil
  }

  private func error(
    _ layer: Int, _ unit: Int, _ quantity: String, _ value: Float
  ) -> NotFiniteError {
    NotFiniteError(
      step: step, learner: configuration.learnerCount > 1 ? learner : nil, layer: layer,
      hiddenLayers: shape.hidden.count, unit: unit, quantity: quantity,
      value: value, calmStep: calmStep, course: course, cause: cause)
  }

  /// The size beyond which values make the first gradients far too large.
  private static let largeValue = 100.0

  /// The likely reason for the growth of the values: first the data, then the masks, then the
  /// length of the steps.
  var cause: NotFiniteError.Cause {
    if case .values(let targets) = dataset.targets {
      let largest = dataset.trainingExamples.reduce(0.0) { largest, example in
        targets.row(example).reduce(largest) { max($0, Double($1.magnitude)) }
      }
      if largest > Trainer.largeValue { return .targets(largest: largest) }
    }
    var inputs = [Float](repeating: 0, count: dataset.inputCount)
    var largest = 0.0
    for example in dataset.trainingExamples {
      inputs.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { dataset.copyInputs(of: example, into: base) }
      }
      largest = inputs.reduce(largest) { max($0, Double($1.magnitude)) }
    }
    if largest > Trainer.largeValue { return .inputs(largest: largest) }
    let factor = plan.sources.reduce(1.0) { $0 * Double($1.trainingFactor) }
    if factor > Trainer.largeValue { return .masks(factor: factor) }
    return .rate(configuration.learningRate.values.max() ?? 0)
  }
}
