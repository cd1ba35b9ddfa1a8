import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Question {
  /// The questions, in the order of the list; each has a digit.
  static let all: [Question] = [
    Question(
      text: "Why does dropout scale at all?", arrival: [.view(.live)], answer: scaling),
    Question(
      text: "Training loss above validation loss: is that a bug?", arrival: [.view(.live)],
      answer: losses),
    Question(
      text: "What does p mean in my framework?", arrival: [.view(.live)], answer: frameworks),
    Question(text: "Is L2 enough, without scaling?", arrival: [.view(.live)], answer: penalty),
    Question(
      text: "Classic or inverted: does it matter?", arrival: [.view(.live)], answer: conventions),
    Question(
      text: "Is it the average of many networks?", arrival: [.view(.ensemble)], answer: average),
    Question(
      text: "Does the mask act on the way back, too?", arrival: [.view(.backward)],
      answer: wayBack),
    Question(
      text: "How do dropout's masks add up over the layers?", arrival: [.view(.sums)],
      answer: depth),
    Question(
      text: "Is the dropout in my own training right?", arrival: [.view(.live)], answer: own),
  ]

  private static func number(_ value: Double?, _ decimals: Int = 3) -> String {
    value.map { NumberText.fixed($0, decimals: decimals) } ?? "n/a"
  }

  @Sendable private static func scaling(_ state: ExplorerState) -> String {
    let unit = state.sentenceUnit
    let sums = state.sentenceSums
    let keep = state.configuration.keepProbability(feeding: unit.layer)
    guard keep < 1 else {
      return
        "Nothing that feeds \(state.layerName(unit.layer)) is masked: its sums are the same in "
        + "training and testing, and need no scaling. \(state.keys.nextLayerName) goes to a layer "
        + "whose inputs are masked."
    }
    let text = KeepText(keep)
    return "In training some terms of a sum are missing, in testing none. The marked unit gets "
      + "\(sums.training) on average in training and \(sums.test) in testing: \(sums.ratio). "
      + "Without scaling theory says 1/p = \(text.inverse) behind the first masked layer. "
      + "\(state.keys[.nextScaling]) scales, and the ratio becomes 1."
  }

  @Sendable private static func losses(_ state: ExplorerState) -> String {
    guard let point = state.snapshot.measured.curves.last(where: { $0.minibatches > 0 }) else {
      return "Take some steps first (\(state.keys[.toggleRunning])): nothing is measured yet."
    }
    let gap = number(abs(point.minibatchLoss - point.trainLoss))
    let sign = point.minibatchLoss > point.trainLoss ? "above" : "below"
    let masked = "At step \(point.step) it was \(number(point.minibatchLoss)) with masks;"
    let same = "the same weights without masks have \(number(point.trainLoss)) on the same data."
    let rest = "So masks alone put it \(gap) \(sign). The test part: \(number(point.testLoss))."
    return "Not by itself: the training loss is measured with masks on. \(masked) \(same) \(rest) "
      + "Compare losses in the same mode."
  }

  @Sendable private static func frameworks(_ state: ExplorerState) -> String {
    let keep = state.configuration.keep[0]
    let text = KeepText(keep)
    let variant = VariantDescription(.inverted, keepProbability: keep)
    return "Here p is the probability to KEEP a unit: \(text.keep). Most frameworks take the "
      + "probability to DROP one, 1 - p = \(text.drop): \(variant.pyTorch) in PyTorch, "
      + "\(variant.keras) in Keras. At 0.5 a mix-up hides. In a shell, dropscope translate "
      + "\"CODE\" reads a line of yours."
  }

  @Sendable private static func penalty(_ state: ExplorerState) -> String {
    let sums = state.sentenceSums
    let keep = state.configuration.keepProbability(feeding: state.sentenceUnit.layer)
    let l2 = ParameterTable.definition(named: "l2")?.get(state.settings) ?? "n/a"
    return "No. L2 is \(l2) now, and the marked unit's test "
      + "sum is \(sums.ratio) its training sum. Without scaling theory says "
      + "\(KeepText(keep).inverse)x for all weights, small or large. Turn L2 up with "
      + "\(state.keys[.l2(.more)]): both sums shrink, and the ratio stays."
  }

  @Sendable private static func conventions(_ state: ExplorerState) -> String {
    let rows = CounterfactualPanel.rows(state).map {
      "\($0.label): loss \(number($0.result.loss))"
    }
    return "To the sums, no: both make training and testing alike. Classic multiplies by p at "
      + "test, inverted by 1/p in training, and then testing needs nothing. To the training, yes: "
      + "weights of one are not weights of the other. These very weights, tested in each way: "
      + rows.joined(separator: "; ") + "."
  }

  @Sendable private static func average(_ state: ExplorerState) -> String {
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      return "All networks that dropout can leave are being measured."
    }
    let output = ensemble.histogram.output
    let exact =
      ensemble.weightScalingIsExact.isExact
      ? "With one masked layer in front of the output it is their geometric mean, exactly."
      : "Behind several bent layers there is no theorem: near, and not the same (Jensen)."
    return "Nearly. Of \(EnsembleText.count(ensemble)) networks the mean answer for this example "
      + "is \(number(ensemble.arithmeticMean[output])), their geometric mean "
      + "\(number(ensemble.geometricMean?[output])), and the one scaled network says "
      + "\(number(ensemble.weightScaling[output])). \(exact)"
  }

  @Sendable private static func wayBack(_ state: ExplorerState) -> String {
    let pass = state.configuration.dropout.maskPass.rawValue
    return
      "Yes, the same mask: a masked unit sent 0, so no gradient comes back through it. Now the "
      + "mask pass is \(pass). \(state.keys[.own(.nextPhase)]) goes through one step phase by "
      + "phase. With masks on the way back alone, training and testing have the same sums: that is "
      + "noise on the gradient, and no dropout."
  }

  @Sendable private static func depth(_ state: ExplorerState) -> String {
    let layers = state.snapshot.measured.divergence.value
    let ratios = layers.enumerated().filter { $0.element.ratio.isFinite }.map {
      "\(state.layerName($0.offset)) \(number($0.element.ratio, 2))"
    }
    let product = state.configuration.keep.values.reduce(1.0) { $0 / $1 }
    return "Test sums over training sums, layer by layer: \(ratios.joined(separator: ", ")). "
      + "Without scaling the factors 1/p multiply: \(number(product, 2)) at the output if the "
      + "network were linear. Bent layers make it less, as a rule (Jensen)."
  }

  @Sendable private static func own(_ state: ExplorerState) -> String {
    "This network is dropscope's own. For a PyTorch model of yours: pip install the wheel, then "
      + "report = dropscope.check(model, batch) says for each place where something is dropped "
      + "whether its scaling is right. dropscope.watch(model, batch) records it while it trains, "
      + "and dropscope view shows the recording on a screen like this one."
  }
}
