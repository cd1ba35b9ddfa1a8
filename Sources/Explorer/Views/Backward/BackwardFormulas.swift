import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formulas of the backward view's numbers, with the values that are drawn put in.
enum BackwardFormulas: Formulas {
  /// The three questions, the signal of the selected unit and its strongest gradient.
  static func phases(_ state: ExplorerState) -> [BoxLine] {
    answerLines(state) + signalLines(state) + edgeLines(state)
  }

  /// The signal of the selected unit.
  static func signals(_ state: ExplorerState) -> [BoxLine] {
    signalLines(state) + answerLines(state)
  }

  /// The strongest gradient into the selected unit.
  static func edges(_ state: ExplorerState) -> [BoxLine] { edgeLines(state) + answerLines(state) }

  /// The gradient over masks, under the mask pass in force.
  static func maskPasses(_ state: ExplorerState) -> [BoxLine] {
    maskPassLines(state) + answerLines(state)
  }

  private static func digits(_ value: Double) -> String { SignalText.digits(value) }

  private static func products(_ first: [Double], _ second: [Double]) -> String {
    largestProducts(first, second, atMost: 24, digits: digits)
  }

  /// The three questions and their answers, with the numbers of this step.
  private static func answerLines(_ state: ExplorerState) -> [BoxLine] {
    [title("three questions (step \(state.evidence.step))")]
      + BackwardSentence.Question.allCases.compactMap { question in
        BackwardSentence.forms(question, state).first.map { BoxLine("  " + $0) }
      } + [BoxLine("")]
  }

  private static func signalLines(_ state: ExplorerState) -> [BoxLine] {
    let (l, j) = (state.shownLayer, state.shownUnit)
    let layer = state.evidence.layers[l]
    let row = state.watchedRow
    let value = state.backwardUnit(layer: l, unit: j)
    let name = "unit \(j + 1) of \(state.layerName(l))"
    let example = "example \(state.evidence.examples[row])"
    guard l < state.outputLayer else {
      let output = number(Double(state.evidence.trainingOutput[row, j]))
      return [
        title("dL/dz of output \(j + 1), \(example)"),
        BoxLine("  dL/dz = (output - target) / examples of the minibatch"),
        BoxLine(
          "    = (\(output) - \(number(target(state, output: j)))) / "
            + "\(state.evidence.examples.count) = "
            + digits(value.delta), Style(.strong)), BoxLine(""),
      ]
    }
    let above = state.evidence.layers[l + 1]
    let weights = (0..<above.weights.rows).map { Double(above.weights[$0, j]) }
    let deltas = above.delta.row(row).map { Double($0) }
    let slope = slope(state, layer: l, unit: j)
    return [
      title("the signal of \(name), \(example)"),
      BoxLine("  signal: dL/ds = sum over k of W[k] * dL/dz[k], k the units of the layer above"),
      BoxLine("    = " + products(weights, deltas)),
      BoxLine("    = \(digits(value.signal))", Style(.strong)),
      BoxLine("  let through: dL/da = dL/ds * backward mask * factor"),
      BoxLine(
        "    = \(digits(value.signal)) * \(NumberText.factor(value.backward, decimals: 3)) = "
          + "\(digits(value.maskedSignal)); forward it was * "
          + NumberText.factor(value.forward, decimals: 3), Style(.strong)),
      BoxLine("  at the sum: dL/dz = dL/da * \(layer.activationFunction)'(z)"),
      BoxLine(
        "    = \(digits(value.maskedSignal)) * \(number(slope, 3)) = \(digits(value.delta))",
        Style(.strong)),
      BoxLine(
        "  gradient |grad| = the length of dL/dW of its \(layer.weights.columns) weights over "
          + "the minibatch "
          + "= " + digits(state.gradientNorm(layer: l, unit: j))), BoxLine(""),
    ]
  }

  /// The derivative of a hidden unit's nonlinearity for the watched example.
  private static func slope(_ state: ExplorerState, layer: Int, unit: Int) -> Double {
    let activation = Double(state.evidence.layers[layer].activation[state.watchedRow, unit])
    return state.evidence.configuration.activation[layer].slope(at: activation)
  }

  private static func target(_ state: ExplorerState, output: Int) -> Double {
    switch state.evidence.targets {
    case .classes(let classes): classes[state.watchedRow] == output ? 1 : 0
    case .values(let values): Double(values[state.watchedRow, output])
    }
  }

  private static func edgeLines(_ state: ExplorerState) -> [BoxLine] {
    let (l, j) = (state.shownLayer, state.shownUnit)
    let layer = state.evidence.layers[l]
    let gradients = layer.weightGradient.row(j)
    let inputs = 0..<gradients.count
    func own(_ source: Int) -> Double { state.ownGradient(layer: l, unit: j, source: source) }
    // The largest wire; where the watched example has none, the largest of the minibatch.
    let wires = inputs.map { own($0).magnitude }
    let all = gradients.map { Double($0.magnitude) }
    let sizes = (wires.max() ?? 0) > 0 ? wires : all
    guard let source = inputs.max(by: { sizes[$0] < sizes[$1] }), layer.weightMask == nil else {
      return []
    }
    let deltas = (0..<layer.delta.rows).map { Double(layer.delta[$0, j]) }
    let received = (0..<layer.received.rows).map { Double(layer.received[$0, source]) }
    return [
      title(
        "the gradient of a weight: from \(source + 1) into unit \(j + 1) of \(state.layerName(l))"),
      BoxLine(
        "  of this example: dL/dz * received = "
          + "\(digits(Double(layer.delta[state.watchedRow, j]))) * "
          + "\(digits(Double(layer.received[state.watchedRow, source]))) = \(digits(own(source)))",
        Style(.strong)),
      BoxLine("  dL/dW = sum over the examples of dL/dz * received"),
      BoxLine("    = " + products(deltas, received)),
      BoxLine("    = \(digits(Double(layer.weightGradient[j, source])))", Style(.strong)),
      BoxLine(""),
    ]
  }

  private static func maskPassLines(_ state: ExplorerState) -> [BoxLine] {
    guard let measured = state.snapshot.gradientMoments,
      measured.value.passes.contains(where: { $0.layers.indices.contains(state.shownLayer) })
    else { return pending + [BoxLine("")] }
    let now = measured.value[state.evidence.configuration.dropout.maskPass]
    let values = now.layers[state.shownLayer]
    let mean = values.mean
    var lines = [
      title(
        "mask pass \(now.maskPass.rawValue), into \(state.layerName(state.shownLayer)), step "
          + "\(measured.value.step)"
      ),
      BoxLine(
        "  unmasked: R = gradient of the mean network: each masked value times the mean of its "
          + "multiplier; "
          + "|R| = " + number(values.referenceNorm)),
      BoxLine(
        "  step cosine: cos G = G . R / (|G| |R|) = \(number(values.stepCosine)), G this step's "
          + "gradient, |G| = "
          + number(values.stepNorm)),
      BoxLine(
        "  mean: EG = mean of G over masks (\(mean.method.name)); cos EG = "
          + "\(number(mean.cosine)), |EG| "
          + "= " + number(mean.norm)),
      BoxLine(
        "  mean share: EG/R = EG . R / |R|^2 = \(number(mean.share)) +- \(number(mean.shareError))",
        Style(.strong)
      ),
      BoxLine(
        "  mean apart: |EG - R| / |R| = \(number(mean.difference)): what masks add on average; "
          + "drawn masks "
          + "alone give about " + number(mean.error)),
      BoxLine(
        "  noise = sqrt(E|G|^2 - |EG|^2) / |R| = \(number(values.relativeNoise)) "
          + "(\(values.varianceMethod.name))"
      ),
      BoxLine(
        "  cosine squared: Ecos2 = mean of cos^2 of G and R = \(number(values.squaredCosine)) +- "
          + "\(number(values.squaredCosineError)) (\(values.squaredCosineMethod.name))"),
      BoxLine(
        "  update x 1/keep = |dW| of the update times 1/keep, divided by |dW| of the update as it "
          + "is; theory 1/keep where a mask feeds the layer, else 1"), BoxLine(""), title("theory"),
      BoxLine(
        "  backward: EG = keep^k R behind k masked layers (times 1/keep each with inverted "
          + "factors)"),
      BoxLine("  backward, one mask above, shared or one example: Ecos2 = keep"),
      BoxLine(
        "  squared loss, last hidden layer masked: outgoing weights get R + v U h^2, v the "
          + "variance of the multiplier; below, independent and forward masks add no penalty, the "
          + "same mask in both passes does"
      ),
    ]
    lines += MaskPassesPanel.reasons(state, measured.value).map { BoxLine("  " + $0, Style(.dim)) }
    return lines + [BoxLine("")]
  }
}
