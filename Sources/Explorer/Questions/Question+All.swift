import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Question {
  /// The questions, in the order of the list.
  static let all = first + further

  /// The questions that people ask first.
  private static let first: [Question] = [
    Question(
      text: "Why does dropout scale at all?", arrival: [.view(.live)], answer: scaling),
    Question(
      text: "Training loss above validation loss: is that a bug?", arrival: [.view(.live)],
      subject: .curves, answer: losses),
    Question(
      text: "What does p mean in my framework?", arrival: [.view(.live)], answer: frameworks),
    Question(text: "Is L2 enough, without scaling?", arrival: [.view(.live)], answer: penalty),
    Question(
      text: "Classic or inverted: does it matter?", arrival: [.view(.live)],
      subject: .tested, answer: conventions),
    Question(
      text: "Is it the average of many networks?", arrival: [.view(.ensemble)], answer: average),
    Question(
      text: "Does the mask act on the way back, too?", arrival: [.view(.backward)],
      answer: wayBack),
    Question(
      text: "How do dropout's masks add up over the layers?", arrival: [.view(.sums)],
      subject: .depth, answer: depth),
    Question(
      text: "Is the dropout in my own training right?", arrival: [.view(.live)], answer: own),
  ]

  static func number(_ value: Double?, _ decimals: Int = 3) -> String {
    value.map { NumberText.fixed($0, decimals: decimals) } ?? "n/a"
  }

  /// The variants that the answers speak of.
  private static let ordinary: [Variant] = [.unscaled, .unscaledL2, .classic, .inverted]

  /// The sentence where the network has no ordinary dropout, which the answers speak of; nil where
  /// it has.
  static func other(_ state: ExplorerState) -> String? {
    let configuration = state.configuration
    let (keys, name) = (state.keys, configuration.variantName)
    guard ordinary.contains(where: { $0.rawValue == name }) else {
      return
        "This network is trained in another way: \(name). Choose unscaled, classic or inverted "
        + "with \(keys[.variants]), and ask again; the list there says what \(name) does."
    }
    let isMasked = (0...state.outputLayer).contains {
      configuration.keepProbability(feeding: $0) < 1
    }
    return isMasked
      ? nil
      : "Nothing is masked in this network, so there is nothing to ask. \(keys[.keep(.less)]) "
        + "lowers the keep probability of hidden units."
  }

  /// The part of the data that tests are made on.
  static func testedPart(_ state: ExplorerState) -> String {
    state.snapshot.dataset.testExamples.isEmpty ? "the training part" : "the test part"
  }

  /// Whether the sums are scaled, in one of the two right ways.
  static func isScaled(_ state: ExplorerState) -> Bool {
    let name = state.configuration.variantName
    return name == Variant.classic.rawValue || name == Variant.inverted.rawValue
  }

  @Sendable private static func scaling(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    let sums = state.sentenceSums
    let keep = state.configuration.keepProbability(feeding: state.sentenceUnit.layer)
    guard keep < 1 else {
      return
        "Nothing that feeds \(state.layerName(state.sentenceUnit.layer)) is masked, so its sums "
        + "are alike. \(state.keys.nextLayerName) goes to the next layer."
    }
    let facts =
      "In training some terms of a sum are missing, in testing none. The marked unit gets "
      + "\(sums.training) on average over masks in training and \(sums.test) in testing: "
      + "\(sums.ratio). "
    let text = KeepText(keep)
    return facts
      + (isScaled(state)
        ? "That is what scaling does: without it theory says 1/keep = \(text.inverse) behind the "
          + "first masked layer."
        : "Without scaling theory says 1/keep = \(text.inverse) behind the first masked layer. "
          + "\(state.keys[.nextScaling]) scales, and there the ratio becomes 1.")
  }

  @Sendable private static func losses(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    guard let point = state.snapshot.measured.curves.last(where: { $0.minibatches > 0 }) else {
      return "Take some steps first (\(state.keys[.toggleRunning])): nothing is measured yet."
    }
    var rows = [
      "With masks, before step \(point.step): \(number(point.minibatchLoss)).",
      "The same weights without masks: \(number(point.trainLoss)).",
    ]
    var order = ""
    if !state.snapshot.dataset.testExamples.isEmpty {
      rows.append("The test part without masks: \(number(point.testLoss)).")
      let isAbove = point.minibatchLoss > point.testLoss
      order = " Here training is \(isAbove ? "above" : "below") the test part."
    }
    let facts =
      "Not by itself: the training loss has masks on, while the weights still change.\(order)\n"
      + rows.map { "\($0)\n" }.joined()
    let scaled = CounterfactualPanel.rows(state).first {
      $0.convention == state.snapshot.configuration.scaledConvention
    }
    guard !isScaled(state), let scaled else {
      return facts + "Compare what is measured in the same mode: with masks, or without."
    }
    return facts
      + "Nothing is scaled here, so without masks the sums are such as training never saw. Scaled "
      + "by keep, \(testedPart(state)) has \(number(scaled.result.loss)). Compare in one mode, and "
      + "scaled."
  }

  @Sendable private static func frameworks(_ state: ExplorerState) -> String {
    let keep = state.configuration.keep[0]
    let text = KeepText(keep)
    let variant = VariantDescription(.inverted, keepProbability: keep)
    let mask = state.evidence.layers[0].mask.forwardMask
    let share = Double(mask.elements.count { $0 != 0 }) / Double(max(1, mask.elements.count))
    // Noise keeps all units, and so does a mask of the way back.
    let kept = other(state) == nil ? " (this step's masks keep \(number(share, 2)) of it)" : ""
    return "Here p is the probability to KEEP a unit: \(text.keep) in the first hidden layer"
      + "\(kept). Most frameworks take the probability to DROP one, 1 - p = \(text.drop): "
      + "\(variant.pyTorch) in PyTorch, \(variant.keras) in Keras. At 0.5 a mix-up hides. In a "
      + "shell, dropscope translate \"CODE\" reads a line of yours."
  }

  @Sendable private static func penalty(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    let sums = state.sentenceSums
    let keep = state.configuration.keepProbability(feeding: state.sentenceUnit.layer)
    guard keep < 1 else { return scaling(state) }
    let unit = state.sentenceUnit
    let test = Double(state.evidence.layers[unit.layer].testSum[state.watchedRow, unit.unit])
    let half = (
      training: number(state.meanTrainingSum(layer: unit.layer, unit: unit.unit) / 2),
      test: number(test / 2)
    )
    let l2 = ParameterTable.definition(named: "l2")?.get(state.settings) ?? "n/a"
    let now =
      "No. L2 is \(l2) now, and the marked unit's test sum is \(sums.ratio) its mean training sum. "
    let theory =
      "Without scaling it is 1/keep = \(KeepText(keep).inverse) times behind the first masked "
      + "layer, for weights of any size. "
    return now + theory
      + (isScaled(state)
        ? "Here the scaling makes the sums alike, and not L2. \(race(state))"
        : "With half of each weight into it, as L2 may leave, it gets \(half.training) and "
          + "\(half.test): \(sums.ratio) still. \(state.keys[.l2(.more)]) turns L2 up. "
          + race(state))
  }

  /// The way to networks that were trained in each way.
  private static func race(_ state: ExplorerState) -> String {
    "The race (\(state.keys[.view(.race)])) trains them side by side."
  }

  @Sendable private static func conventions(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    func loss(_ convention: TestConvention) -> String {
      number(CounterfactualPanel.rows(state).first { $0.convention == convention }?.result.loss)
    }
    return "To the sums behind the first masked layer, no: both make training and testing alike. "
      + "Classic multiplies by keep at test; inverted by 1/keep in training, and then testing "
      + "needs nothing. To the weights, yes. These very weights have loss \(loss(.asTheyAre)) as "
      + "they are, which suits inverted, and \(loss(.timesKeep)) times keep, which suits classic. "
      + "No formula gives a loss. " + race(state)
  }

  @Sendable private static func average(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      return "All networks that dropout can leave are being measured."
    }
    let output = ensemble.histogram.output
    let geometric =
      ensemble.geometricMean.map { ", the geometric mean \(number($0[output]))" } ?? ""
    let exact =
      ensemble.weightScalingIsExact.isExact
      ? "What is masked feeds the output linearly here, so by theory the scaled network is exactly "
        + "one of these means."
      : "No theorem makes the scaled network one of these means, and no formula says how near it "
        + "is: the mean of a bend is not the bend of the mean (Jensen)."
    return "Of \(EnsembleText.networks(ensemble)) the mean answer for this example is "
      + "\(number(ensemble.arithmeticMean[output]))\(geometric). The one scaled network says "
      + "\(number(ensemble.weightScaling[output])). \(exact)"
  }

  @Sendable private static func wayBack(_ state: ExplorerState) -> String {
    other(state)
      ?? ("Yes, the same mask: a masked unit sent 0, so no gradient comes back through it. "
        + "\(state.keys[.own(.nextPhase)]) goes through one step phase by phase. With masks on the "
        + "way back alone, training and testing would have the same sums: that is noise on the "
        + "gradient, and no dropout.")
  }

  @Sendable private static func depth(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    // The table's own numbers, once they are there.
    let row = state.snapshot.depth?.first { $0.scaling == state.configuration.dropout.scaling }
    let layers =
      row?.layers.map(\.ratio) ?? state.snapshot.measured.divergence.value.map(\.ratio)
    let ratios = layers.enumerated().filter { $0.element.isFinite }.map {
      "\(state.layerName($0.offset)) \(number($0.element, 2))"
    }
    var unscaled = state.configuration
    unscaled.dropout.scaling = .off
    let product = unscaled.linearRatio(into: state.outputLayer)
    return "Test sums over training sums, layer by layer: \(ratios.joined(separator: ", ")). "
      + "Without scaling the factors 1/keep multiply: \(number(product, 2)) into the output, in a "
      + "linear network without biases. Bends change that, as the mean of a bend is not the bend "
      + "of the mean (Jensen). Scaling takes the factors away."
  }

  @Sendable private static func own(_ state: ExplorerState) -> String {
    let layers = state.snapshot.measured.divergence.value
    let ratios = layers.enumerated().filter { $0.element.ratio.isFinite }.map {
      "\(number($0.element.ratio, 2)) into \(state.layerName($0.offset))"
    }
    return
      "Test sums over training sums say it: right is 1 behind the first masked layer, and near 1 "
      + "behind bends. Here: \(ratios.joined(separator: ", ")). For a PyTorch model of yours: pip "
      + "install the wheel, then dropscope.check(model, batch) says for each place where something "
      + "is dropped whether its scaling is right. dropscope.watch(model, batch) records it while "
      + "it trains, and dropscope view shows the recording on a screen like this one."
  }
}
