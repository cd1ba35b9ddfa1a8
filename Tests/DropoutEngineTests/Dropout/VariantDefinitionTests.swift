import DropoutEngine
import Testing

/// Each variant on a network small enough to work out by hand: one input, two linear hidden units
/// without biases, one linear output.
///
/// The input is 1, the hidden weights are 1 and 2, so the activations are 1 and 2; the output
/// weights are 3 and 4, so the whole sum is 3*1 + 4*2 = 11. The target is 0, so dL/dz of the output
/// is its training output y.
@Suite("What each variant does to two units, worked out by hand") struct VariantDefinitionTests {
  /// The evidence of the first step whose mask keeps only the first unit, in the forward pass or
  /// else in the pass that masks.
  private func evidence(_ variant: Variant, keep: Double = 0.5) throws -> StepEvidence {
    var configuration = ExperimentConfiguration()
    configuration.adopt(variant)
    configuration.keep = PerLayer(keep)
    configuration.hidden = [2]
    configuration.activation = PerLayer(.linear)
    configuration.normalization = .none
    configuration.batch = 1
    configuration.learningRate = PerLayer(0.25)
    configuration.l2 = PerLayer(0)
    let dataset = Dataset(
      name: "two units", inputNames: ["x"], values: .numbers([1, 1]),
      targets: .values(Matrix(rows: 2, columns: 1, elements: [0, 0])), classNames: [],
      outputNames: ["y"], image: nil, trainingExamples: [0], testExamples: [1],
      normalization: .none)
    let parameters = NetworkParameters(layers: [
      LayerParameters(
        weights: Matrix(rows: 2, columns: 1, elements: [1, 2]), biases: [0, 0]),
      LayerParameters(weights: Matrix(rows: 1, columns: 2, elements: [3, 4]), biases: [0]),
    ])
    for seed in 0..<200 as Range<UInt64> {
      configuration.maskSeed = seed
      let evidence = try Trainer(
        configuration: configuration, dataset: dataset, initial: parameters
      ).evidence()
      let mask = evidence.layers[0].mask
      let looked = variant == .backwardOnly ? mask.backwardMask : mask.forwardMask
      let isOther = variant == .mismatchedMasks
      if variant == .none || variant == .gaussian { return evidence }
      if variant == .dropconnect {
        if evidence.layers[1].weightMask == [1, 0] { return evidence }
      } else if looked.row(0).elementsEqual([1, 0]),
        !isOther || mask.backwardMask.row(0).elementsEqual([0, 1])
      {
        return evidence
      }
    }
    throw NoSuchMask()
  }

  private struct NoSuchMask: Error {}

  private func expect(
    _ evidence: StepEvidence, training: Float, test: Float, hiddenGradient: [Float],
    outputGradient: [Float], after: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    func near(_ values: [Float], _ expected: [Float]) -> Bool {
      values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) < 1e-4 }
    }
    let output = evidence.layers[1]
    #expect(near(output.trainingSum.elements, [training]), sourceLocation: sourceLocation)
    #expect(near(output.testSum.elements, [test]), sourceLocation: sourceLocation)
    #expect(
      near(evidence.layers[0].weightGradient.elements, hiddenGradient),
      "\(evidence.layers[0].weightGradient.elements)", sourceLocation: sourceLocation)
    #expect(
      near(output.weightGradient.elements, outputGradient), "\(output.weightGradient.elements)",
      sourceLocation: sourceLocation)
    #expect(
      near(output.weightsAfter.elements, after), "\(output.weightsAfter.elements)",
      sourceLocation: sourceLocation)
  }

  @Test("none keeps both: 11 in both passes") func none() throws {
    // Signals: 11*3 and 11*4; gradients of the output weights: 11*1 and 11*2; after: 3 - 0.25*11, 4
    // - 0.25*22.
    expect(
      try evidence(.none), training: 11, test: 11, hiddenGradient: [33, 44],
      outputGradient: [11, 22], after: [0.25, -1.5])
  }

  @Test("unscaled and classic train alike and differ in the test sum: 11 and 0.8 * 11")
  func scaling()
    throws
  {
    // Only the first unit is kept: 3*1 = 3; signal 3*3, gradient 3*1.
    expect(
      try evidence(.unscaled, keep: 0.8), training: 3, test: 11, hiddenGradient: [9, 0],
      outputGradient: [3, 0], after: [2.25, 4])
    expect(
      try evidence(.classic, keep: 0.8), training: 3, test: 8.8, hiddenGradient: [9, 0],
      outputGradient: [3, 0], after: [2.25, 4])
    expect(
      try evidence(.unscaledL2, keep: 0.8), training: 3, test: 11, hiddenGradient: [9, 0],
      outputGradient: [3, 0], after: [2.25, 4])
  }

  @Test("inverted multiplies what is kept by 1/p: 3 / 0.8, and nothing at the test") func inverted()
    throws
  {
    // y = 3.75. The signal passes 1/p again: 3.75 * 3 / 0.8. The gradient has the received value, 1
    // / 0.8.
    expect(
      try evidence(.inverted, keep: 0.8), training: 3.75, test: 11, hiddenGradient: [14.0625, 0],
      outputGradient: [4.6875, 0], after: [3 - 0.25 * 4.6875, 4])
  }

  @Test("The bugs: scaled twice, swapped, left on at the test, other masks on the way back")
  func bugs()
    throws
  {
    expect(
      try evidence(.doubleScaled, keep: 0.8), training: 3.75, test: 8.8,
      hiddenGradient: [14.0625, 0], outputGradient: [4.6875, 0], after: [1.828125, 4])
    expect(
      try evidence(.keepDropSwapped, keep: 0.8), training: 3, test: 2.2, hiddenGradient: [9, 0],
      outputGradient: [3, 0], after: [2.25, 4])
    // 3 * 5 forward; the signal passes 1/0.2 again: 15 * 3 * 5. The gradient has the received 5.
    expect(
      try evidence(.dropScaled, keep: 0.8), training: 15, test: 11, hiddenGradient: [225, 0],
      outputGradient: [75, 0], after: [3 - 0.25 * 75, 4])
    let leftOn = try evidence(.leftOnAtTest, keep: 0.8)
    let mask = try #require(leftOn.layers[0].mask.testMask)
    let masked = (3 * mask[0, 0] + 8 * mask[0, 1]) / 0.8
    #expect(abs(leftOn.layers[1].testSum[0, 0] - masked) < 1e-4)
    // Forward the first unit is kept, backward the second one: its weight learns from a unit that
    // sent nothing.
    expect(
      try evidence(.mismatchedMasks, keep: 0.8), training: 3.75, test: 11,
      hiddenGradient: [0, 18.75], outputGradient: [4.6875, 0], after: [1.828125, 4])
  }

  @Test("backward-only masks the gradient below and nothing else") func backwardOnly() throws {
    expect(
      try evidence(.backwardOnly, keep: 0.8), training: 11, test: 11, hiddenGradient: [33, 0],
      outputGradient: [11, 22], after: [0.25, -1.5])
  }

  @Test("scaled-update multiplies the update of the weights behind the mask by 1/p")
  func scaledUpdate()
    throws
  {
    let evidence = try evidence(.scaledUpdate, keep: 0.8)
    expect(
      evidence, training: 3, test: 11, hiddenGradient: [9, 0], outputGradient: [3, 0],
      after: [3 - 0.25 * 3 / 0.8, 4])
    // The bias moves by the plain rate, and so do the weights below the mask: 1 - 0.25*9.
    #expect(abs(evidence.layers[1].biasesAfter[0] + 0.75) < 1e-5)
    #expect(abs(evidence.layers[0].weightsAfter[0, 0] + 1.25) < 1e-5)
  }

  @Test("gaussian multiplies each activation by its noise, dropconnect masks the weights")
  func noise()
    throws
  {
    let gaussian = try evidence(.gaussian, keep: 0.8)
    let noise = gaussian.layers[0].mask.forwardMask
    let sum = 3 * noise[0, 0] + 8 * noise[0, 1]
    expect(
      gaussian, training: sum, test: 11,
      hiddenGradient: [sum * 3 * noise[0, 0], sum * 4 * noise[0, 1]],
      outputGradient: [sum * noise[0, 0], sum * 2 * noise[0, 1]],
      after: [3 - 0.25 * sum * noise[0, 0], 4 - 0.5 * sum * noise[0, 1]])
    // The first weight is kept: 3*1. Both units are whole; the signal passes only the kept weight.
    expect(
      try evidence(.dropconnect, keep: 0.8), training: 3, test: 8.8, hiddenGradient: [9, 0],
      outputGradient: [3, 0], after: [2.25, 4])
  }

  @Test("random-subspace shows each learner its inputs in both passes, bagging its resample")
  func learners()
    throws
  {
    var configuration = ExperimentConfiguration()
    configuration.adopt(.randomSubspace)
    configuration.hidden = [2]
    let dataset = try BuiltInDataset.moons.generate(configuration)
    for learner in 0..<6 {
      let evidence = try Trainer(
        configuration: configuration, dataset: dataset, learner: learner
      ).evidence()
      let mask = evidence.inputDropout.forwardMask
      #expect(mask.row(0).reduce(0, +) == 1, "one of the two inputs")
      let layer = evidence.layers[0]
      for row in 0..<mask.rows {
        for input in 0..<2 {
          let seen = evidence.inputs[row, input] * mask[0, input]
          #expect(layer.received[row, input] == seen && layer.testReceived[row, input] == seen)
        }
      }
    }
    configuration.adopt(.bagging)
    var drawn: Set<[Int]> = []
    for learner in 0..<6 {
      let trainer = try Trainer(configuration: configuration, dataset: dataset, learner: learner)
      var examples: [Int] = []
      while trainer.epoch == 0 { examples += try trainer.advanceWithEvidence().examples }
      #expect(examples.count == dataset.trainingExamples.count)
      #expect(Set(examples).count < examples.count, "some come twice, others not at all")
      #expect(Set(examples).isSubset(of: dataset.trainingExamples))
      drawn.insert(examples.sorted())
    }
    #expect(drawn.count == 6, "each learner has a resample of its own")
  }
}
