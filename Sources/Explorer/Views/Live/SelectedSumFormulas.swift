import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formulas of the selected unit's sums: this step's, their mean over masks, and that of the
/// test pass.
enum SelectedSumFormulas: Formulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    let (l, j) = (state.shownLayer, state.shownUnit)
    let layer = state.evidence.layers[l]
    let row = state.watchedRow
    let weights = layer.weights.row(j).map { Double($0) }
    let bias = Double(layer.biases[j])
    let sum = Double(layer.trainingSum[row, j])
    let test = Double(layer.testSum[row, j])
    let mean = state.meanTrainingSum(layer: l, unit: j)
    let method = state.snapshot.watched.value.sums[l].method
    let place = state.evidence.mask(of: .source(of: l))
    let name = "unit \(j + 1) of \(state.layerName(l))"
    let trained = state.trainingWeights(layer: l, unit: j)
    var lines = [
      title(
        "step: the sum of \(name) under this step's mask (step \(state.evidence.step), example "
          + "\(state.evidence.examples[row]))"),
      BoxLine("  s = sum over i of W[i] * received[i], bias left out"),
      BoxLine(
        "    = " + products(trained, layer.received.row(row).map { Double($0) })),
      BoxLine("    = \(number(sum))", Style(.strong)),
      BoxLine("  " + receivedText(state, layer: l, factor: factor(place.trainingFactor))),
      BoxLine(
        "  z = s + bias = \(number(sum)) \(bias < 0 ? "-" : "+") \(number(bias.magnitude)) = "
          + number(Double(layer.preActivation[row, j]))),
      BoxLine(
        "  a = \(layer.activationFunction)(z) = \(number(Double(layer.activation[row, j])))"),
      BoxLine(""),
      title("train: its mean over masks, E s (\(method.name))"),
    ]
    lines += meanLines(state, layer: l, method: method, mean: mean)
    lines += [
      BoxLine(""), title("test: the sum of the test pass"),
      BoxLine("  s_test = sum over i of W[i] * received in testing[i]"),
      BoxLine("    = " + products(weights, layer.testReceived.row(row).map { Double($0) })),
      BoxLine("    = \(number(test))", Style(.strong)),
      BoxLine(
        "  received in testing = activation * \(factor(place.testFactor)), the factor of the test "
          + "pass"
      ),
      BoxLine(""), title("ratio: test / train"),
      BoxLine("  \(number(test)) / \(number(mean)) = \(number(test / mean, 3))", Style(.strong)),
    ]
    return lines
  }

  private static func receivedText(
    _ state: ExplorerState, layer: Int, factor: String
  ) -> String {
    let dropout = state.evidence.configuration.dropout
    if dropout.maskPass == .backward {
      return "received[i] = activation: nothing is masked forward"
    }
    if state.evidence.layers[layer].weightMask != nil {
      return "W[i] stands here times its mask and \(factor), the factor of training"
    }
    return "received[i] = mask * activation * \(factor), the factor of training"
  }

  private static func meanLines(
    _ state: ExplorerState, layer: Int, method: MeanMethod, mean: Double
  ) -> [BoxLine] {
    var lines: [BoxLine] = []
    switch method {
    case .none: lines.append(BoxLine("  nothing upstream is masked: each mask gives the same sum"))
    case .theory:
      let weights = state.evidence.layers[layer].weights.row(state.shownUnit).map { Double($0) }
      lines += [
        BoxLine("  E s = sum over i of W[i] * E multiplier[i] * activation[i]"),
        BoxLine("    = " + products(weights, meanReceived(state, layer: layer))),
        BoxLine("  E multiplier = " + multiplierText(state, layer: layer), Style(.dim)),
      ]
    case .exact:
      lines.append(
        BoxLine(
          "  E s = sum over all masks of P(mask) * s(mask): the mask directly below in closed "
            + "form, those further up enumerated"))
    case .monteCarlo(let count):
      lines.append(
        BoxLine(
          "  E s = mean of s over \(count) masks further up; the mask directly below in closed form"
        ))
    }
    return lines + [BoxLine("    = \(number(mean))", Style(.strong))]
  }

  /// The mean values that the selected unit receives where nothing further up is left to chance.
  static func meanReceived(_ state: ExplorerState, layer: Int) -> [Double] {
    let row = state.watchedRow
    let multipliers = meanMultipliers(state, layer: layer)
    let values = state.evidence.values(of: .source(of: layer))
    return values.row(row).enumerated().map { multipliers[$0.offset] * Double($0.element) }
  }

  /// The mean of what each activation is multiplied by on its way to the selected unit.
  private static func meanMultipliers(_ state: ExplorerState, layer: Int) -> [Double] {
    let snapshot = state.snapshot
    let plan = DropoutPlan(
      configuration: state.evidence.configuration, shape: snapshot.shape,
      interventions: snapshot.interventions, learner: snapshot.learner)
    let laws = plan.scaledTermLaws(
      into: layer, units: state.unitCount(of: .result(of: layer)), kernels: KernelPath.best.kernels)
    return laws.laws(of: state.shownUnit).map(\.mean)
  }

  private static func multiplierText(_ state: ExplorerState, layer: Int) -> String {
    let place = state.evidence.mask(of: .source(of: layer))
    let factor = factor(place.trainingFactor)
    let dropout = state.evidence.configuration.dropout
    if dropout.maskSharing == .fixed { return "the one mask * \(factor), the factor of training" }
    switch dropout.noise {
    case .gaussian: return "1: the noise has mean 1"
    case .bernoulli, .dropconnect, .groups:
      let keep = KeepText.factor(KeepText(place.keepProbability, decimals: 3).keep)
      return
        "p * factor of training = \(keep) * \(KeepText.factor(factor)); 0 for a killed unit, the "
        + "factor alone for a pinned one"
    }
  }
}
