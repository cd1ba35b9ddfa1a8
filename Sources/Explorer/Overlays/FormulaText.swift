import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formula of every number of a panel, with the values of the step that is drawn put in.
enum FormulaText {
  static func lines(_ state: ExplorerState, panel: Panel) -> [BoxLine] {
    switch panel {
    case .network, .sums: sums(state)
    case .divergence: divergence(state)
    case .tested: tested(state)
    case .curves: curves(state)
    case .outcome: outcome(state)
    case .distribution, .terms, .bend, .depth: SumsFormulas.lines(state, panel: panel)
    case .raceCurves, .raceTable, .raceNetwork: RaceFormulas.lines(state)
    case .subnetworks, .means, .ranked, .convergence, .gapMap:
      EnsembleFormulas.lines(state, panel: panel)
    case .phases, .signals, .gradientNetwork, .maskPasses:
      BackwardFormulas.lines(state, panel: panel)
    case .examples, .inputs, .classes: data(state)
    }
  }

  private static func number(_ value: Double, _ decimals: Int = 4) -> String {
    NumberText.fixed(value, decimals: decimals)
  }

  private static func factor(_ value: Float) -> String {
    NumberText.factor(Double(value), decimals: 3)
  }

  private static func title(_ text: String) -> BoxLine { BoxLine(text, Style(.title)) }

  /// A sum of products written out: `0.31*1.20 - 0.4*0.00 + ...`.
  static func products(_ weights: [Double], _ values: [Double]) -> String {
    var text = ""
    for (weight, value) in zip(weights, values) {
      let factor = number(weight.magnitude, 3)
      let sign = weight < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + factor + "*" + number(value, 3)
    }
    return text.isEmpty ? "0" : text
  }

  private static func sums(_ state: ExplorerState) -> [BoxLine] {
    let (l, j) = (state.shownLayer, state.shownUnit)
    let layer = state.evidence.layers[l]
    let row = state.watchedRow
    let weights = layer.weights.row(j).map { Double($0) }
    let bias = Double(layer.biases[j])
    let sum = Double(layer.trainingSum[row, j])
    let test = Double(layer.testSum[row, j])
    let mean = state.meanTrainingSum(layer: l, unit: j)
    let method = state.snapshot.watched.value.sums[l].method
    let place = l == 0 ? state.evidence.inputDropout : state.evidence.layers[l - 1].mask
    let name = "unit \(j + 1) of \(state.layerName(l))"
    // Where weights are masked, the factor multiplies the masked weights.
    let masked = layer.weightMask.map { mask in
      let first = (row * layer.trainingSum.columns + j) * weights.count
      return weights.indices.map {
        weights[$0] * Double(mask[first + $0]) * Double(place.trainingFactor)
      }
    }
    var lines = [
      title(
        "step: the sum of \(name) under this step's mask (step \(state.evidence.step), example "
          + "\(state.evidence.examples[row]))"),
      BoxLine("  s = sum over i of W[i] * received[i], bias left out"),
      BoxLine(
        "    = " + products(masked ?? weights, layer.received.row(row).map { Double($0) })),
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
        "  received in testing = activation * \(factor(place.testFactor)), the factor of the test pass"
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
          "  E s = sum over all masks of P(mask) * s(mask): the mask directly below in closed form, those further "
            + "up enumerated"))
    case .monteCarlo(let count):
      lines.append(
        BoxLine(
          "  E s = mean of s over \(count) masks further up; the mask directly below in closed form"
        ))
    }
    return lines + [BoxLine("    = \(number(mean))", Style(.strong))]
  }

  /// What the selected unit receives on average where nothing further up is left to chance.
  static func meanReceived(_ state: ExplorerState, layer: Int) -> [Double] {
    let row = state.watchedRow
    let source =
      layer == 0 ? state.evidence.inputs : state.evidence.layers[layer - 1].activation
    let multipliers = meanMultipliers(state, layer: layer)
    return source.row(row).enumerated().map { multipliers[$0.offset] * Double($0.element) }
  }

  /// The mean of what each activation is multiplied by on its way to the selected unit.
  private static func meanMultipliers(_ state: ExplorerState, layer: Int) -> [Double] {
    let place =
      layer == 0 ? state.evidence.inputDropout : state.evidence.layers[layer - 1].mask
    let units = state.unitCount(node: layer)
    let row = state.watchedRow
    let dropout = state.evidence.configuration.dropout
    let factor = Double(place.trainingFactor)
    if dropout.maskPass == .backward { return [Double](repeating: 1, count: units) }
    if dropout.maskSharing == .fixed {
      guard let weightMask = state.evidence.layers[layer].weightMask else {
        return place.forwardMask.row(row).map { Double($0) * factor }
      }
      let first = (row * state.unitCount(node: layer + 1) + state.shownUnit) * units
      return (0..<units).map { Double(weightMask[first + $0]) * factor }
    }
    return (0..<units).map { unit in
      let address = UnitAddress(layer: layer - 1, unit: unit)
      switch state.snapshot.interventions[address] {
      case .kill: return 0
      case .pin: return factor
      case .release, nil:
        return (dropout.noise == .gaussian ? 1 : place.keepProbability) * factor
      }
    }
  }

  private static func multiplierText(_ state: ExplorerState, layer: Int) -> String {
    let place =
      layer == 0 ? state.evidence.inputDropout : state.evidence.layers[layer - 1].mask
    let factor = factor(place.trainingFactor)
    let dropout = state.evidence.configuration.dropout
    if dropout.maskSharing == .fixed { return "the one mask * \(factor), the factor of training" }
    if dropout.noise == .gaussian { return "1: the noise has mean 1" }
    return
      "p * factor of training = \(KeepText.factor(KeepText(place.keepProbability, decimals: 3).keep)) * \(KeepText.factor(factor)); 0 for a killed unit, the factor "
      + "alone for a pinned one"
  }

  private static func divergence(_ state: ExplorerState) -> [BoxLine] {
    let measured = state.snapshot.divergence
    let l = state.shownLayer
    guard measured.value.indices.contains(l) else { return [BoxLine("being measured")] }
    let value = measured.value[l]
    let name = "into \(state.layerName(l))"
    return [
      title(
        "divergence \(name), over \(state.snapshot.dataset.probeExamples.count) probe examples and all its units"
      ),
      BoxLine("  D = sum |E s_train - s_test| / sum |s_test|, at step \(measured.step)"),
      BoxLine("  drawn: E s_train is the mean over 256 masks that the engine drew"),
      BoxLine(
        "    D = \(number(value.drawnDifference)) / \(number(value.totals.test)) = \(number(value.drawn))",
        Style(.strong)),
      BoxLine(
        "  it cannot fall below its noise: floor = sqrt(2/(pi 256)) sum sd / sum |s_test| = \(number(value.drawnFloor))"
      ),
      BoxLine("  expected (\(value.method.name)): from the weights and p alone"),
      BoxLine(
        "    D = \(number(value.totals.difference)) / \(number(value.totals.test)) = \(number(value.expected))",
        Style(.strong)),
      BoxLine(""), title("ratio \(name)"),
      BoxLine(
        "  sum |s_test| / sum |E s_train| = \(number(value.totals.test)) / \(number(value.totals.training)) = "
          + number(value.ratio, 3), Style(.strong)),
      BoxLine("  of the same weights tested otherwise:"),
    ]
      + TestConvention.allCases.map { convention in
        BoxLine(
          "    \(convention.words): \(number(value.conventionRatio[convention] ?? .nan, 3))")
      }
  }

  private static func tested(_ state: ExplorerState) -> [BoxLine] {
    let measured = state.snapshot.counterfactual
    let dataset = state.snapshot.dataset
    let isTest = !dataset.testExamples.isEmpty
    let count = (isTest ? dataset.testExamples : dataset.trainingExamples).count
    let loss =
      dataset.isClassification && state.configuration.loss != .meanSquaredError
      ? "mean of -log(probability of the right class), in nats"
      : "mean of half the squared error, summed over the outputs"
    return [
      title(
        "the weights of step \(measured.step), over \(count) \(isTest ? "test" : "training") examples"
      ),
      BoxLine("  loss = " + loss),
      BoxLine(
        dataset.isClassification
          ? "  right = share whose largest output is the right class"
          : "  R2 = 1 - sum of squared errors / sum of squared deviations from the mean"),
      BoxLine(""),
    ]
      + TestConvention.allCases.map { convention in
        let result = measured.value.evaluations[convention]
        return BoxLine(
          "  \(convention.words): " + (result.map(evaluationText) ?? "being measured"),
          Style(state.snapshot.configuration.ownConvention == convention ? .test : .text))
      }
  }

  private static func evaluationText(_ result: Evaluation) -> String {
    let count = Double(result.count)
    let loss =
      "loss = \(number(result.loss * count, 2)) / \(result.count) = \(number(result.loss))"
    guard let accuracy = result.accuracy else {
      return loss + ", R2 = \(number(result.r2 ?? .nan))"
    }
    return loss + ", right = \(number(accuracy * count, 0)) / \(result.count) = "
      + NumberText.percent(accuracy, decimals: 1)
  }

  private static func curves(_ state: ExplorerState) -> [BoxLine] {
    guard let last = state.snapshot.curves.last else { return [BoxLine("no point yet")] }
    return [
      title("the curves at step \(last.step)"),
      BoxLine("  T test pass as it is, over the test part: \(number(last.testLoss))"),
      BoxLine("  C the same weights tested with scaling: \(number(last.scaledLoss))"),
      BoxLine(
        "  m masked training pass, mean of the minibatches since the point before: \(number(last.minibatchLoss))"
      ),
      BoxLine("  R test pass over the training part: \(number(last.trainLoss))"),
      BoxLine("  the vertical lines stand where a parameter was changed", Style(.dim)),
    ]
  }

  private static func outcome(_ state: ExplorerState) -> [BoxLine] {
    let row = state.watchedRow
    let names = state.snapshot.dataset.outputNames
    let training = state.evidence.trainingOutput.row(row).map { Double($0) }
    let test = state.evidence.testOutput.row(row).map { Double($0) }
    let output = state.evidence.layers[state.outputLayer]
    let isProbability = state.evidence.loss == .crossEntropy
    var lines = [title("the outputs for the watched example (\(state.evidence.examples[row]))")]
    guard isProbability else {
      lines.append(BoxLine("  output = z = s + b, no function over it: training pass, test pass"))
      return lines
        + names.indices.prefix(40).map { index in
          let bias = Double(output.biases[index])
          return BoxLine(
            "  \(names[index]): \(number(Double(output.trainingSum[row, index]))) + \(number(bias)) = "
              + "\(number(training[index])), \(number(Double(output.testSum[row, index]))) + \(number(bias)) = "
              + number(test[index]))
        }
    }
    lines.append(BoxLine("  probability = exp(z) / sum of exp(z) over the classes, z = s + b"))
    for (pass, sums, probabilities) in [
      ("training", output.trainingSum, training), ("test", output.testSum, test),
    ] {
      let logits = names.indices.map { Double(sums[row, $0]) + Double(output.biases[$0]) }
      lines += [BoxLine(""), title("\(pass) pass")]
      lines.append(
        BoxLine("  z: " + logits.prefix(40).map { number($0, 3) }.joined(separator: ", ")))
      lines += names.indices.prefix(40).map {
        BoxLine(
          "  \(names[$0]): exp(\(number(logits[$0], 3))) / sum = \(number(probabilities[$0]))")
      }
    }
    return lines
  }

  private static func data(_ state: ExplorerState) -> [BoxLine] {
    let normalization = state.configuration.normalization
    let dataset = state.snapshot.dataset
    return [
      title("how inputs are scaled: \(normalization.rawValue)"),
      BoxLine("  scaled = (value - offset) / divisor, both from the training part only"),
    ]
      + dataset.inputNames.indices.prefix(40).map { input in
        BoxLine(
          "  \(dataset.inputNames[input]): (value - \(number(Double(dataset.offsets[input])))) / "
            + (dataset.divisors[input] == 0
              ? "constant: 0" : NumberText.factor(Double(dataset.divisors[input]), decimals: 4)))
      }
  }
}

extension TestConvention {
  /// The convention in words.
  var words: String {
    switch self {
    case .asTheyAre: "activations as they are"
    case .timesKeep: "activations times p"
    case .timesInverseKeep: "activations times 1/p"
    }
  }
}
