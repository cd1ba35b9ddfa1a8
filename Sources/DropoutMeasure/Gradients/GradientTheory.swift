import DropoutEngine

/// The mean gradient under a mask pass that theory derives from the gradient of the mean network
/// and p.
///
/// - Masks on the backward pass alone: E G = p^k R below k masked layers, times the training
///   factors.
/// - Squared loss and masks only on the values that feed the output layer, with v the variance of
///   their multiplier and c its mean: the outgoing weights have R + v U h^2. Below, one mask for
///   both passes adds the gradient of the penalty v/2 sum h^2 |U|^2. Independent masks add nothing,
///   and gradients that ignore the mask are R / c.
///
/// It shares no code with the measurement: nothing is averaged here.
struct GradientTheory {
  let state: NetworkState
  let evidence: StepEvidence
  /// The plan of the experiment under the mask pass.
  let plan: DropoutPlan
  let loss: LossFunction

  private var layout: NetworkLayout { state.layout }
  private var last: Int { state.shape.layerCount - 1 }

  /// The expected mean of a layer's gradient, as a block in which only the layer's part is valid.
  func expectedMean(layer: Int, reference: [Double]) -> TheoryValue<[Double]> {
    if let gap = commonGap { return .none(gap) }
    if plan.maskPass == .backward {
      let above = plan.sources.indices.filter { $0 > layer }.map(meanMultiplier)
      return .value(reference.map { $0 * above.reduce(1, *) })
    }
    guard !plan.noise.sharesMasks else { return .none(.sharedMasks) }
    guard loss == .meanSquaredError else { return .none(.needsSquaredLoss) }
    guard maskedSources == [last] else { return .none(.needsOneMaskBelowOutput) }
    if layer == last { return .value(addingOutgoingPenalty(to: reference)) }
    switch plan.maskPass {
    case .independent: return .value(reference)
    case .forward: return .value(reference.map { $0 / meanMultiplier(last) })
    case .both: return .value(addingPenaltyBelow(to: reference))
    case .backward: preconditionFailure("masks on the backward pass are not expected here")
    }
  }

  /// The expected squared cosine between a gradient and that of the mean network.
  func expectedSquaredCosine(layer: Int) -> TheoryValue<Double> {
    if let gap = commonGap { return .none(gap) }
    guard plan.maskPass == .backward else { return .none(.needsBackwardPass) }
    let above = maskedSources.filter { $0 > layer }
    guard !above.isEmpty else { return .value(1) }
    guard plan.noise.masksUnits else { return .none(.needsBernoulli) }
    let directlyAbove = UnitLayer.result(of: layer).index
    guard above == [directlyAbove] else { return .none(.needsOneMaskAbove) }
    guard plan.sharing == .batch || evidence.examples.count == 1 else {
      return .none(.needsSharedMask)
    }
    return .value(plan.sources[directlyAbove].keepProbability)
  }

  /// The factor of the update of a layer's weights at an update scale, relative to the scale `one`.
  ///
  /// - Returns: the factor; NaN where a cap of the norm changes the update once more.
  func updateFactor(_ scale: UpdateScale, layer: Int) -> Double {
    if state.configuration.maxNorm[layer] != nil { return .nan }
    let keep = plan.sources[layer].keepProbability
    return scale == .inverseKeep ? 1 / keep : 1
  }

  private var maskedSources: [Int] {
    plan.sources.indices.filter { plan.sources[$0].keepProbability < 1 }
  }

  /// The reason why no relation holds at all; nil where some may.
  private var commonGap: TheoryGap? {
    if !state.interventions.isEmpty { return .interventions }
    if maskedSources.isEmpty { return .nothingMasked }
    if plan.sharing == .fixed { return .fixedMask }
    return plan.masksWeights ? .weightMasks : nil
  }

  private func meanMultiplier(_ source: Int) -> Double { plan.scaledLaw(of: source).mean }

  private var multiplierVariance: Double { plan.scaledLaw(of: last).variance }

  // MARK: The penalty

  /// The values that a layer receives before any mask.
  ///
  /// Below the only masked place they are the same in every pass.
  private func unmasked(_ layer: Int) -> Matrix {
    evidence.values(of: .source(of: layer))
  }

  private func addingOutgoingPenalty(to reference: [Double]) -> [Double] {
    var expected = reference
    let hidden = unmasked(last)
    let weights = evidence.layers[last].weights
    let share = multiplierVariance / Double(hidden.rows)
    for input in 0..<hidden.columns {
      var square = 0.0
      for row in 0..<hidden.rows {
        square += Double(hidden[row, input]) * Double(hidden[row, input])
      }
      for unit in 0..<weights.rows {
        let place = layout.weightPlace(last, input: input, unit: unit)
        expected[place] += share * square * Double(weights[unit, input])
      }
    }
    return expected
  }

  /// The gradient of the penalty at the layers below the mask, by the chain rule in Double.
  private func addingPenaltyBelow(to reference: [Double]) -> [Double] {
    var expected = reference
    let hidden = unmasked(last)
    let outgoing = evidence.layers[last].weights
    let squares = (0..<hidden.columns).map { unit in
      (0..<outgoing.rows).reduce(0.0) {
        $0 + Double(outgoing[$1, unit]) * Double(outgoing[$1, unit])
      }
    }
    for row in 0..<hidden.rows {
      var signal = squares.enumerated().map {
        multiplierVariance / Double(hidden.rows) * $0.element * Double(hidden[row, $0.offset])
      }
      for layer in stride(from: last - 1, through: 0, by: -1) {
        signal = passBack(signal, layer: layer, row: row, into: &expected)
      }
    }
    return expected
  }

  /// Adds a layer's part of the penalty's gradient for one example, and returns the signal below.
  private func passBack(
    _ signal: [Double], layer: Int, row: Int, into expected: inout [Double]
  ) -> [Double] {
    let received = unmasked(layer)
    let weights = evidence.layers[layer].weights
    var below = [Double](repeating: 0, count: received.columns)
    for (unit, value) in signal.enumerated() {
      let activation = Double(evidence.layers[layer].activation[row, unit])
      let delta = value * state.configuration.activation[layer].slope(at: activation)
      expected[layout.biasOffsets[layer] + unit] += delta
      for input in 0..<received.columns {
        let place = layout.weightPlace(layer, input: input, unit: unit)
        expected[place] += delta * Double(received[row, input])
        below[input] += delta * Double(weights[unit, input])
      }
    }
    return below
  }
}
