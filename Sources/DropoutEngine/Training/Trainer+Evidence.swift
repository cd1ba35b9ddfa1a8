import CKernels

extension Trainer {
  /// The whole evidence of the next step; nothing changes.
  ///
  /// - Throws: ``NotFiniteError`` where the step would leave a value that is not finite.
  public func evidence() throws(NotFiniteError) -> StepEvidence {
    try prepare()
    return collectEvidence(rows: preparedRows)
  }

  /// Takes a step and returns its evidence; the weights have the same bits as after
  /// ``advance(steps:withinRange:)``.
  ///
  /// - Throws: ``NotFiniteError`` where the step would leave a value that is not finite; it is not
  ///   taken.
  public func advanceWithEvidence() throws(NotFiniteError) -> StepEvidence {
    let evidence = try evidence()
    takePreparedStep(isCalm: isPreparedStepCalm)
    return evidence
  }

  /// Collects the evidence of the last computed step from the engine's buffers.
  private func collectEvidence(rows: Int) -> StepEvidence {
    engine.makeGradients(rows: rows)
    let test = runTestPass(rows: rows)
    let last = shape.layerCount - 1
    let examples = minibatch(rows: rows)
    let targets: Dataset.Targets =
      switch (loss, dataset.targets) {
      case (.crossEntropy, .classes(let classes)): .classes(examples.map { classes[$0] })
      default: .values(engine.output.targetValues(rows: rows))
      }
    let outputs = engine.forward.activations[last].matrix(
      rows: rows, columns: shape.outputs, stride: layout.stride(of: last))
    let testLoss = engine.output.apply(to: test.activations[last], delta: nil, rows: rows)
    return StepEvidence(
      step: step, epoch: epoch, configuration: configuration.at(step: step), loss: loss,
      examples: examples,
      inputs: Matrix(
        rows: rows, columns: shape.inputs, elements: examples.flatMap { dataset.inputs(of: $0) }),
      targets: targets, targetScalings: dataset.targetScalings,
      inputDropout: maskEvidence(source: 0, rows: rows, test: test),
      layers: (0..<shape.layerCount).map { layerEvidence($0, rows: rows, test: test) },
      trainingOutput: outputs, trainingLoss: computedLoss / Double(rows),
      testOutput: test.activations[last].matrix(
        rows: rows, columns: shape.outputs, stride: layout.stride(of: last)),
      testPassLoss: testLoss / Double(rows))
  }

  /// Runs the experiment's own test pass on the same examples and weights.
  private func runTestPass(rows: Int) -> ForwardPass {
    let pass =
      testPass
      ?? ForwardPass(
        layout: layout, capacity: engine.forward.capacity, masksWeights: false,
        kernels: kernels.kernels)
    if testPass == nil {
      pass.setActivations(configuration)
      testPass = pass
    }
    pass.inputs.base.update(
      from: engine.forward.inputs.base, count: rows * engine.forward.sourceStride(0))
    let counter = MaskCounter(
      purpose: .testMask, step: UInt32(truncatingIfNeeded: step), firstSlot: 0)
    pass.run(
      .test(counter), parameters: blocks.parameters, plan: plan, rows: rows,
      through: .result(of: shape.layerCount - 1))
    return pass
  }

  private func maskEvidence(source: Int, rows: Int, test: ForwardPass) -> MaskEvidence {
    let place = plan.sources[source]
    if !place.unseen.isEmpty { return .subset(of: place, rows: rows) }
    let ones = Matrix(rows: rows, columns: place.units, repeating: 1)
    let stride = engine.forward.sourceStride(source)
    let masksUnits = !plan.masksWeights
    let forward =
      masksUnits && place.masksForward
      ? engine.forward.masks[source].matrix(rows: rows, columns: place.units, stride: stride) : ones
    return MaskEvidence(
      keepProbability: place.keepProbability, forwardMask: forward,
      backwardMask: masksUnits && place.masksBackward
        ? backwardMask(source: source, rows: rows, forward: forward) : ones,
      trainingFactor: place.trainingFactor, testFactor: place.testFactor,
      testMask: place.masksTest
        ? test.masks[source].matrix(rows: rows, columns: place.units, stride: stride) : nil)
  }

  /// The backward mask of a source.
  ///
  /// The mask of the inputs is drawn here, since no gradient needs it.
  private func backwardMask(source: Int, rows: Int, forward: Matrix) -> Matrix {
    guard plan.maskPass != .both else { return forward }
    let stride = engine.forward.sourceStride(source)
    if source == 0 {
      plan.drawMasks(
        of: 0,
        counter: MaskCounter(
          purpose: plan.maskPass == .independent ? .backwardMask : .forwardMask,
          step: UInt32(truncatingIfNeeded: step), firstSlot: 0),
        rows: rows, into: engine.backwardMasks[0].place(), stride: stride, kernels: kernels.kernels)
    }
    return engine.backwardMasks[source].matrix(
      rows: rows, columns: plan.sources[source].units, stride: stride)
  }

  private func layerEvidence(_ layer: Int, rows: Int, test: ForwardPass) -> LayerEvidence {
    let units = shape.units(of: layer)
    let stride = layout.stride(of: layer)
    let isOutput = layer == shape.layerCount - 1
    let result = UnitLayer.result(of: layer)
    let biases = layout.biases(of: layer, in: blocks.current)
    let sums = engine.forward.sums[layer].matrix(rows: rows, columns: units, stride: stride)
    var preActivation = sums
    for row in 0..<rows {
      for unit in 0..<units { preActivation[row, unit] += biases[unit] }
    }
    let ownMask =
      isOutput
      ? MaskEvidence.none(rows: rows, units: units)
      : maskEvidence(source: result.index, rows: rows, test: test)
    let inputs = shape.inputs(of: layer)
    let sourceStride = engine.forward.sourceStride(layer)
    return LayerEvidence(
      activationFunction: activationName(layer), mask: ownMask,
      weights: layout.weights(of: layer, in: blocks.current), biases: biases,
      weightMask: weightMask(layer, rows: rows),
      received: Matrix(
        at: engine.forward.received(layer), rows: rows, columns: inputs, stride: sourceStride),
      trainingSum: sums, preActivation: preActivation,
      activation: engine.forward.activations[layer].matrix(
        rows: rows, columns: units, stride: stride),
      signal: (isOutput ? engine.deltas[layer] : engine.signals[result.index]).matrix(
        rows: rows, columns: units, stride: stride),
      delta: engine.deltas[layer].matrix(rows: rows, columns: units, stride: stride),
      updateFactor: plan.sources[layer].updateFactor,
      learningRate: Float(configuration.learningRate[layer]),
      regularizer: Regularizer(
        l1: Float(configuration.l1[layer]), l2: Float(configuration.l2[layer]),
        maxNorm: configuration.maxNorm[layer].map { Float($0) }),
      optimizerState: optimizerSlots(layer),
      testReceived: Matrix(
        at: test.received(layer), rows: rows, columns: inputs, stride: sourceStride),
      testSum: test.sums[layer].matrix(rows: rows, columns: units, stride: stride),
      weightGradient: layout.weights(of: layer, in: engine.gradient.base),
      biasGradient: layout.biases(of: layer, in: engine.gradient.base),
      weightsAfter: layout.weights(of: layer, in: blocks.next),
      biasesAfter: layout.biases(of: layer, in: blocks.next))
  }

  private func activationName(_ layer: Int) -> String {
    if layer < shape.hidden.count { return configuration.activation[layer].rawValue }
    return loss == .crossEntropy ? "softmax" : ActivationFunction.linear.rawValue
  }

  private func optimizerSlots(_ layer: Int) -> [OptimizerSlot] {
    configuration.optimizer.kind.stateNames.enumerated().compactMap { index, name in
      blocks.state(index).map { state in
        OptimizerSlot(
          name: name, weights: layout.weights(of: layer, in: state),
          biases: layout.biases(of: layer, in: state))
      }
    }
  }

  /// The masks of a layer's weights, `[B][nL][nL-1]`, where dropout masks weights.
  private func weightMask(_ layer: Int, rows: Int) -> [Float]? {
    guard plan.masksWeights else { return nil }
    let units = shape.units(of: layer)
    let inputs = shape.inputs(of: layer)
    guard plan.sources[layer].masksForward else {
      return [Float](repeating: 1, count: rows * units * inputs)
    }
    var all: [Float] = []
    all.reserveCapacity(rows * units * inputs)
    let counter = MaskCounter(
      purpose: .forwardMask, step: UInt32(truncatingIfNeeded: step), firstSlot: 0)
    for row in 0..<rows {
      let mask = engine.forward.drawWeightMask(counter, layer: layer, row: row, plan: plan)
      for unit in 0..<units {
        for input in 0..<inputs { all.append(mask[input * units + unit]) }
      }
    }
    return all
  }
}

extension MaskEvidence {
  /// The inputs that a learner sees: the same mask in all passes, with factors of 1.
  fileprivate static func subset(of place: DropoutPlan.Source, rows: Int) -> MaskEvidence {
    var seen = Matrix(rows: rows, columns: place.units, repeating: 1)
    for row in 0..<rows {
      for unseen in place.unseen { seen[row, unseen] = 0 }
    }
    return MaskEvidence(
      keepProbability: 1, forwardMask: seen, backwardMask: seen, trainingFactor: 1, testFactor: 1,
      testMask: seen)
  }

  /// The mask of a place that is never masked.
  fileprivate static func none(rows: Int, units: Int) -> MaskEvidence {
    let ones = Matrix(rows: rows, columns: units, repeating: 1)
    return MaskEvidence(
      keepProbability: 1, forwardMask: ones, backwardMask: ones, trainingFactor: 1, testFactor: 1)
  }
}
