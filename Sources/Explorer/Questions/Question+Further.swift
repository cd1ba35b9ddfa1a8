import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The questions that people ask when they have understood the first ones.
extension Question {
  static let further: [Question] = [
    Question(
      text: "Must each example have its own mask?", arrival: [.view(.live)], answer: ownMasks),
    Question(
      text: "Which keep probability should I take?", arrival: [.view(.sums)], answer: keep),
    Question(
      text: "How many test answers does wrong scaling cost?", arrival: [.view(.live)],
      subject: .tested, answer: accuracy),
    Question(
      text: "May dropout stay on when I predict?", arrival: [.view(.ensemble)], answer: staysOn),
    Question(
      text: "Is it a random forest in disguise?", arrival: [.view(.ensemble)], answer: forest),
    Question(
      text: "Does dropout want a larger learning rate?", arrival: [.view(.backward)],
      answer: learningRate),
    Question(
      text: "Do dropout and batch norm clash?", arrival: [.view(.live)], answer: batchNorm),
    Question(
      text: "Does dropout go before the ReLU or behind it?", arrival: [.view(.live)],
      answer: order),
    Question(
      text: "Is my network too small for dropout?", arrival: [.view(.live)], answer: size),
    Question(
      text: "Gaussian noise or DropConnect: the same?", arrival: [.view(.sums)], answer: noise),
    Question(
      text: "Does dropout help at all?", arrival: [.view(.live)], subject: .curves, answer: help),
    Question(
      text: "Does dropout make training slower?", arrival: [.view(.backward)], answer: slower),
    Question(
      text: "Which layers should be masked, and inputs?", arrival: [.view(.live)],
      answer: places),
    Question(
      text: "May dropout stand right before the softmax?", arrival: [.view(.live)],
      answer: softmax),
  ]

  /// The sentence where nothing that feeds the marked unit is masked; nil where something is.
  private static func unmasked(_ state: ExplorerState) -> String? {
    if let other = other(state) { return other }
    guard state.fedKeep == 1 else { return nil }
    return "Nothing that feeds \(state.layerName(state.shownLayer)) is masked. "
      + "\(state.keys.nextLayerName) goes to the next layer."
  }

  @Sendable private static func ownMasks(_ state: ExplorerState) -> String {
    if let unmasked = unmasked(state) { return unmasked }
    let units = UnitLayer.source(of: state.shownLayer)
    let mask = state.mask(of: units)
    let different = Set((0..<mask.rows).map { Array(mask.row($0)) }).count
    let quieter = number(Double(mask.rows).squareRoot(), 1)
    return "Yes, if the minibatch is to be quiet. The \(mask.rows) examples of this step have "
      + "\(different) different masks of the \(state.unitCount(of: units)) units below. The noise "
      + "of N masks of their own falls with 1/sqrt(N) in the mean of a minibatch, here by up to "
      + "\(quieter). One mask for all (variant shared-mask) is right on average, but its noise "
      + "stays whole."
  }

  @Sendable private static func keep(_ state: ExplorerState) -> String {
    if let unmasked = unmasked(state) { return unmasked }
    guard let sums = state.snapshot.unitSums?.value else {
      return "The sums over all masks are being measured."
    }
    let keep = state.fedKeep
    let usual =
      "No formula says it. Usual are 0.5 for hidden units and 0.8 for inputs (Srivastava et al. "
      + "2014); dropscope compare --sweep keep=0.5,0.8 measures it on your data. "
    let theory = number(sums.theory.variance.squareRoot())
    let noise =
      "A lower one adds noise: over masks this unit's sum spreads by "
      + "\(number(sums.distribution.deviation)) (theory \(theory))"
    return usual + noise
      + ", and beside its mean that grows with sqrt((1 - keep)/keep), "
      + "\(number(((1 - keep) / keep).squareRoot(), 2)) at keep \(KeepText(keep).keep)."
  }

  @Sendable private static func accuracy(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    let rows = CounterfactualPanel.rows(state)
    func result(_ convention: TestConvention) -> Evaluation? {
      rows.first { $0.convention == convention }?.result
    }
    guard let plain = result(.asTheyAre), let scaled = result(.timesKeep) else {
      return "The ways to test these weights are being measured."
    }
    let losses =
      "Their loss is \(number(plain.loss)) as they are and \(number(scaled.loss)) times keep"
    guard let (one, other) = plain.accuracy.flatMap({ one in scaled.accuracy.map { (one, $0) } })
    else {
      return "\(losses). A prediction is a number here, so each error of scale is an error of the "
        + "answer."
    }
    let facts =
      "The same weights get \(NumberText.percent(one)) of \(testedPart(state)) right as they are, "
      + "and \(NumberText.percent(other)) times keep. \(losses). No formula gives either; theory "
      + "has the sums alone. "
    return facts
      + ((one - other).magnitude < 0.02
        ? "Accuracy hides it: where all sums grow alike (ReLU, no biases), the largest output "
          + "stays the largest, and only the loss shows that the answers are too sure."
        : "Accuracy shows it here. Where all sums grow alike (ReLU, no biases) it would hide it, "
          + "as the largest output stays the largest.")
  }

  @Sendable private static func staysOn(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      return "All networks that dropout can leave are being measured."
    }
    let output = ensemble.histogram.output
    return "Not by mistake: it answers with one of \(EnsembleText.networks(ensemble)), and for "
      + "this example they spread by \(number(ensemble.outputVariance[output].squareRoot())) "
      + "about \(number(ensemble.arithmeticMean[output])). The mean of many such answers is Monte "
      + "Carlo dropout (Gal and Ghahramani 2016), and the spread says how far the masks disagree; "
      + "no formula gives it behind a bend. The one scaled network says "
      + "\(number(ensemble.weightScaling[output]))."
  }

  @Sendable private static func forest(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      return "All networks that dropout can leave are being measured."
    }
    let weights = state.evidence.layers.reduce(0) { $0 + $1.weights.elements.count }
    return "No. A forest trains each tree on its own. Here \(EnsembleText.count(ensemble)) "
      + "networks share \(NumberText.grouped(weights)) weights, a step trains "
      + "\(state.evidence.examples.count) of them for one example each, and a unit is masked anew "
      + "each time. On average one alone has loss \(number(ensemble.loss.meanOfSubnetworks)) here, "
      + "their mean \(number(ensemble.loss.arithmeticMean)). By theory that is never above it "
      + "(Jensen); no formula says how far below. \(state.keys[.variants]) has bagging and random "
      + "subspaces to compare."
  }

  @Sendable private static func learningRate(_ state: ExplorerState) -> String {
    if let unmasked = unmasked(state) { return unmasked }
    let layer = state.shownLayer
    guard let measured = state.snapshot.gradientMoments,
      let pass = measured.value.passes.first(where: { $0.maskPass == .both }),
      let scaled = pass.updates[.inverseKeep]?[layer], let one = pass.updates[.one]?[layer],
      let theory = pass.updateFactors[.inverseKeep]?[layer]
    else { return "The gradients over masks are being measured." }
    let sums =
      isScaled(state)
      ? "That the marked unit's test sum is \(state.sentenceSums.ratio) its mean training sum is "
        + "the scaling's doing."
      : "The marked unit's test sum stays \(state.sentenceSums.ratio) its mean training sum."
    return "Often: Srivastava et al. (2014) take 10 to 100 times the usual one. But it scales no "
      + "sum. Times 1/keep, this layer's update is \(number(scaled.weights / one.weights, 2)) "
      + "times as long (theory \(number(theory, 2))), just as with another learning rate. \(sums)"
  }

  @Sendable private static func batchNorm(_ state: ExplorerState) -> String {
    if let unmasked = unmasked(state) { return unmasked }
    let layer = state.evidence.layers[state.shownLayer]
    let (training, test) = (layer.received.moments, layer.testReceived.moments)
    let theory = maskedVariance(state)
    let ratio = test.variance / theory.mean
    return "They can. Batch norm takes the variance of what it gets in training, masks included, "
      + "and goes on using it at test. The \(NumberText.grouped(layer.received.elements.count)) "
      + "values that feed \(state.layerName(state.shownLayer)) in this minibatch vary by "
      + "\(number(training.variance)) in training and \(number(test.variance)) in testing: "
      + "\(number(test.variance / training.variance, 2)) times; theory \(number(ratio, 2)), give "
      + "or take \(number(ratio * theory.spread / theory.mean, 2)) by the masks of one minibatch "
      + "(Li et al. 2018). Mask behind the last batch norm."
  }

  /// The mean, over masks, of the variance of all values that feed the marked layer in this
  /// minibatch, and its standard deviation, by theory.
  ///
  /// A value a is sent on as f m a, with m = 1 with probability p. The sample variance is the mean
  /// of squares less the square of the mean, whose own variance is left out of the spread.
  private static func maskedVariance(_ state: ExplorerState) -> (mean: Double, spread: Double) {
    let units = UnitLayer.source(of: state.shownLayer)
    let factor = Double(state.evidence.mask(of: units).trainingFactor)
    let keep = state.fedKeep
    let values =
      state.shownLayer == 0
      ? state.evidence.inputs : state.evidence.layers[state.shownLayer - 1].activation
    let count = Double(values.elements.count)
    let (centre, variance) = values.moments
    let square = variance + centre * centre
    let mean = factor * keep * centre
    let slopes = values.elements.reduce(0.0) { sum, value in
      let sent = factor * Double(value)
      let slope = sent * sent - 2 * mean * sent
      return sum + slope * slope
    }
    let noise = factor * factor * keep * (1 - keep) * square / count
    return (
      factor * factor * keep * square - mean * mean - noise,
      (keep * (1 - keep) * slopes).squareRoot() / count
    )
  }
}

extension Question {
  @Sendable private static func order(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    guard let hidden = state.firstMaskedLayer else {
      return "No hidden unit is masked here: inputs have no function that bends them, so there is "
        + "no before and behind. \(state.keys[.keep(.less)]) lowers the keep probability of "
        + "hidden units."
    }
    let layer = state.evidence.layers[hidden]
    let name = layer.activationFunction
    let function = UnitActivation.hidden(state.evidence.configuration.activation[hidden])
    let factor = Double(layer.mask.trainingFactor)
    var apart = 0.0
    for (index, sum) in layer.preActivation.elements.enumerated() {
      let multiplier = Double(layer.mask.forwardMask.elements[index]) * factor
      let behind = multiplier * function.value(Double(sum))
      apart = max(apart, abs(behind - function.value(multiplier * Double(sum))))
    }
    let facts =
      "Behind it, as here. Before it, the values that \(state.layerName(hidden)) sends on in this "
      + "minibatch would differ by up to \(number(apart)). "
    let atZero = function.value(0)
    return switch state.evidence.configuration.activation[hidden] {
    case .relu, .linear:
      facts + "For \(name), theory says 0: multiplied by 0 or by any factor above 0 before or "
        + "behind, the result is the same. With tanh or sigmoid it is not."
    case .tanh, .sigmoid:
      facts + "Theory: before it, a masked unit sends \(name)(0) = \(number(atZero, 2)) on, "
        + (atZero == 0 ? "so it is gone all the same" : "so it is not gone")
        + ", and a factor 1/keep does not pass through a curve. With ReLU the two are the same."
    }
  }

  @Sendable private static func help(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    guard let point = state.snapshot.measured.curves.last, point.testLoss.isFinite else {
      return "Take some steps first (\(state.keys[.toggleRunning])): nothing is measured yet."
    }
    guard !state.snapshot.dataset.testExamples.isEmpty else {
      return
        "It helps against overfitting: a test loss above that of the training part. Here is no "
        + "test part; --test-fraction gives one."
    }
    let gap = point.testLoss - point.trainLoss
    return
      "Against overfitting: a test loss above that of the training part. At step \(point.step) the "
      + "test part has loss \(number(point.testLoss)), \(number(gap.magnitude)) "
      + "\(gap > 0 ? "above" : "below") the training part's \(number(point.trainLoss)), with "
      + "dropout; what counts is that gap without it, and no formula gives it. The race "
      + "(\(state.keys[.view(.race)])) trains the same network with no dropout beside it; in a "
      + "shell, dropscope compare --variants none,inverted --seeds 20 says with intervals which is "
      + "better. It costs noise, and more steps (Srivastava et al. 2014)."
  }

  @Sendable private static func size(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    let hidden = state.firstMaskedLayer
    let mask = hidden.map { state.evidence.layers[$0].mask } ?? state.evidence.inputDropout
    let keep = mask.keepProbability
    let units = Double(mask.forwardMask.columns)
    let kept = (0..<mask.forwardMask.rows).map { row in
      mask.forwardMask.row(row).count { $0 > 0 }
    }
    let spread = (units * keep * (1 - keep)).squareRoot()
    let range = "\(kept.min() ?? 0) to \(kept.max() ?? 0)"
    // An input cannot be added.
    let advice =
      hidden == nil
      ? ""
      : " Where n units do without dropout, take n/keep: \(number(units / keep, 0)) for "
        + "\(Int(units)) (Srivastava et al. 2014)."
    return "The loss under the masks says it: if it does not fall, too little is left. Of the "
      + "\(Int(units)) units of \(hidden.map(state.layerName) ?? "the inputs") theory keeps "
      + "\(number(units * keep, 1)), give or take \(number(spread, 1)); in this step's "
      + "\(kept.count) examples it was \(range). Their loss is "
      + "\(number(state.evidence.trainingLoss)) under the masks and "
      + "\(number(state.evidence.testPassLoss)) in the test pass.\(advice)"
  }

  @Sendable private static func noise(_ state: ExplorerState) -> String {
    if let unmasked = unmasked(state) { return unmasked }
    guard let sums = state.snapshot.unitSums?.value else {
      return "The sums over all masks are being measured."
    }
    let keep = state.fedKeep
    let theory = sums.theory.variance.squareRoot()
    let isInverted = state.configuration.dropout.scaling == .inverted
    let scaled = isInverted ? "" : " (times 1/keep, as inverted has it: \(number(theory / keep)))"
    return "In one sum, nearly. Over masks this unit's sum spreads by "
      + "\(number(sums.distribution.deviation)), theory \(number(theory))\(scaled). Noise of mean "
      + "1 and variance (1 - keep)/keep = \(number((1 - keep) / keep, 2)) on each unit, or a mask "
      + "on each weight, give a sum the mean and the spread of inverted dropout. The shape is "
      + "another one, and with DropConnect a unit is never gone for all that it feeds. "
      + "\(state.keys[.variants]) has both to train."
  }
}

extension ExplorerState {
  /// The first hidden layer whose units are masked; nil where only inputs are.
  fileprivate var firstMaskedLayer: Int? {
    (0..<outputLayer).first { evidence.layers[$0].mask.keepProbability < 1 }
  }
}

extension Matrix {
  /// The mean and the variance of all elements.
  fileprivate var moments: (mean: Double, variance: Double) {
    let count = Double(elements.count)
    let mean = elements.reduce(0) { $0 + Double($1) } / count
    let variance = elements.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return (mean, variance)
  }
}
