import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the backward view: the answer to one of three questions, with the numbers of
/// this step.
enum BackwardSentence {
  /// The questions that confuse people.
  enum Question: Equatable, CaseIterable {
    /// Which factor does a unit meet on the way back?
    case factor
    /// Why is the gradient multiplied by the same mask?
    case sameMask
    /// Which numbers does the update times 1/keep change, and which stay?
    case update
  }

  /// The question that settings and phase raise.
  ///
  /// The backward pass asks why it has the mask, the update asks about 1/keep, and all else asks
  /// about the factor.
  static func question(_ state: ExplorerState) -> Question {
    switch state.phase {
    case .backward(let layer): layer < state.outputLayer ? .sameMask : .factor
    case .update: .update
    case nil where state.evidence.configuration.dropout.updateScale == .inverseKeep: .update
    case nil, .minibatch, .inputMask, .forward, .loss: .factor
    }
  }

  /// The number that stands large beside the sentence: the share of hidden units that both passes
  /// multiply alike, and before the backward pass the phase; nil where no unit is masked.
  static func hero(_ state: ExplorerState) -> HeroBlock? {
    guard let (alike, units) = matches(state) else {
      return state.phase.map { _ in
        HeroBlock("\(state.phaseIndex + 1)/\(state.phases.count)", .neutral)
      }
    }
    let text = NumberText.percent(Double(alike) / Double(units)).filter { $0 != " " }
    return HeroBlock(text, alike == units ? .calm : .neutral)
  }

  /// How many of the hidden units both passes multiply alike, as far as the backward pass has come;
  /// nil where that is to none.
  static func matches(_ state: ExplorerState) -> (alike: Int, units: Int)? {
    let configuration = state.evidence.configuration
    let layers = (0..<state.outputLayer).filter {
      configuration.keepProbability(hidden: $0) < 1 && state.isReached(.backward($0))
    }
    guard state.masksUnits, !layers.isEmpty else { return nil }
    let units = layers.reduce(0) { $0 + state.unitCount(of: .result(of: $1)) }
    let differing = layers.reduce(0) { $0 + state.differingUnits(layer: $1) }
    return units > 0 ? (units - differing, units) : nil
  }

  /// The sentence about the large number: the masks of both passes, or the phase.
  private static func leadText(_ state: ExplorerState) -> String? {
    guard let (alike, units) = matches(state) else {
      return state.phase.map { phase in
        "Phase \(state.phaseIndex + 1) of \(state.phases.count): "
          + "\(PhasesPanel.name(of: phase, state))."
      }
    }
    let share = NumberText.percent(Double(alike) / Double(units)).filter { $0 != " " }
    let soFar = state.isReached(.backward(0)) ? "" : " so far"
    return alike == units
      ? "\(share): all \(units) hidden units\(soFar) have the same mask on the way back."
      : "\(share): only \(alike) of \(units) hidden units\(soFar) have the same mask on the way "
        + "back."
  }

  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    let forms = forms(question(state), state)
    // Without its words the large number is a riddle, so they come first.
    let match = leadText(state)
    guard state.phase != .update else {
      // Its question comes first, and stays where there is no room for both.
      return match.map { text in forms.prefix(3).map { "\($0) \(text)" } + forms } ?? forms
    }
    let matched = match.map { text in forms.map { "\(text) \($0)" } } ?? []
    guard state.phase == nil else { return matched + (match.map { [$0] } ?? []) + forms }
    let hint = "\(state.keys[.own(.nextPhase)]) goes through the phases."
    return matched.map { "\($0) \(hint)" } + matched
      + (match.map { ["\($0) \(hint)", $0] } ?? [])
      + forms.prefix(1).map { "\($0) \(hint)" } + forms
  }

  /// The answer to a question in forms from long to short.
  static func forms(_ question: Question, _ state: ExplorerState) -> [String] {
    let unit = subject(state)
    guard let unit else { return unmaskedForms(question, state) }
    switch question {
    case .factor: return factorForms(unit, state)
    case .sameMask: return sameMaskForms(unit, state)
    case .update: return updateForms(state)
    }
  }

  /// The unit that an answer is about: the selected one where its layer is masked, else one of the
  /// layer below it or of the first masked layer; nil where no hidden unit is masked.
  private static func subject(_ state: ExplorerState) -> Selection? {
    let configuration = state.evidence.configuration
    guard state.masksUnits else { return nil }
    func isMasked(_ layer: Int) -> Bool {
      (0..<state.outputLayer).contains(layer) && configuration.keepProbability(hidden: layer) < 1
    }
    if isMasked(state.shownLayer) {
      return Selection(layer: state.shownLayer, unit: state.shownUnit)
    }
    let below = UnitLayer.source(of: state.shownLayer).layer
    let others = [below].compactMap(\.self) + Array(0..<state.outputLayer)
    guard let layer = others.first(where: isMasked) else { return nil }
    let last = state.unitCount(of: .result(of: layer)) - 1
    let chosen = state.isSelectionChosen ? nil : state.strongestUnit(of: layer)
    return Selection(layer: layer, unit: chosen ?? min(max(0, state.selection.unit), last))
  }

  private static func number(_ value: Double, _ decimals: Int = 4) -> String {
    NumberText.fixed(value, decimals: decimals)
  }

  /// A multiplier as briefly as it is exact: `0`, `2`, `1.25`.
  private static func times(_ value: Double) -> String {
    NumberText.factor(value, decimals: value == value.rounded() ? 0 : 2)
  }

  private static func name(_ unit: Selection, _ state: ExplorerState) -> String {
    "unit \(unit.unit + 1) of \(state.layerName(unit.layer))"
  }

  // MARK: The factor

  private static func factorForms(_ unit: Selection, _ state: ExplorerState) -> [String] {
    let dropout = state.evidence.configuration.dropout
    let mask = state.evidence.layers[unit.layer].mask
    let value = state.backwardUnit(layer: unit.layer, unit: unit.unit)
    let keep = KeepText(mask.keepProbability).keep
    let kept = times(Double(mask.trainingFactor))
    let scaling = "scaling \(dropout.scaling.rawValue), keep \(keep)"
    let isBack = state.isReached(.backward(unit.layer))
    let isDrawn = state.isReached(.forward(unit.layer))
    let facts =
      !isDrawn
      ? "The mask of \(name(unit, state)) is not drawn yet."
      : !isBack
        ? "Here \(name(unit, state)) goes forward times \(times(value.forward)), and its signal "
          + "will come back times \(times(value.backward))."
        : "Here \(name(unit, state)) went forward times \(times(value.forward)), and its signal "
          + "\(SignalText.digits(value.signal)) comes back times \(times(value.backward)): "
          + "\(SignalText.digits(value.maskedSignal))."
    let brief =
      !isDrawn
      ? facts
      : "Here \(name(unit, state)): forward times \(times(value.forward)), back times "
        + "\(times(value.backward))."
    let back = "On the way back each unit's gradient is multiplied by"
    let answer: String
    switch dropout.maskPass {
    case .both:
      switch dropout.noise {
      case .gaussian:
        answer =
          "\(back) the same noise as the unit on the way forward."
      case .bernoulli, .dropconnect, .groups:
        answer =
          "\(back) the same mask factor as on the way forward: \(kept) where kept, 0 where masked "
          + "(\(scaling))."
      }
    case .backward:
      answer =
        "\(back) \(kept) where kept, 0 where masked (\(scaling)), though nothing is masked on the "
        + "way forward."
    case .forward:
      answer =
        "\(back) 1, whether the unit was masked or not: a wrong gradient."
    case .independent:
      answer =
        "\(back) \(kept) or 0 of another mask"
        + (isBack ? ": \(differingText(unit.layer, state))." : ".")
    }
    let isSame = dropout.maskPass == .both && dropout.noise.masksUnits
    let same = "Each unit's gradient is multiplied by the same factor as the unit: \(kept) or 0"
    let short = isSame ? "\(same) (\(scaling))." : answer
    return [
      "\(answer) \(facts)", "\(short) \(facts)", "\(short) \(brief)", answer, short,
    ] + (isSame ? [same + "."] : [])
  }

  /// How many units of a layer meet another mask on the way back.
  private static func differingText(_ layer: Int, _ state: ExplorerState) -> String {
    "\(state.differingUnits(layer: layer)) of the \(state.unitCount(of: .result(of: layer))) units "
      + "of \(state.layerName(layer)) differ"
  }

  // MARK: The same mask

  private static func sameMaskForms(_ unit: Selection, _ state: ExplorerState) -> [String] {
    let dropout = state.evidence.configuration.dropout
    let value = state.backwardUnit(layer: unit.layer, unit: unit.unit)
    let name = name(unit, state)
    let subject = "U" + name.dropFirst()
    let question = "Why the same mask?"
    let signal = SignalText.digits(value.signal)
    let product = "\(signal) x \(times(value.backward)) = \(SignalText.digits(value.maskedSignal))"
    let rule: String
    if value.forward == 0 {
      rule =
        "\(subject) sent 0 whatever its activation \(number(value.activation, 2)) was, so it had "
        + "no part in the loss: by the chain rule its gradient is \(signal) x 0 = 0."
    } else {
      rule =
        "\(subject) sent \(times(value.forward)) x its activation, so by the chain rule the loss "
        + "changes by \(times(value.forward)) x its signal: \(signal) x \(times(value.forward)) "
        + "= \(SignalText.digits(value.signal * value.forward))."
    }
    if !value.differs || dropout.maskPass == .both {
      let brief =
        value.forward == 0
        ? "\(subject) sent 0, so its gradient is 0 (chain rule): \(product)."
        : "\(subject) sent \(times(value.forward)) x a, so its gradient is \(product) (chain rule)."
      return ["\(question) \(rule)", "\(question) \(brief)", brief]
    }
    let wrong =
      "Mask pass \(dropout.maskPass.rawValue) has \(product): "
      + "\(differingText(unit.layer, state))."
    return [
      "\(question) \(rule) \(wrong)",
      "\(question) The chain rule wants \(signal) x \(times(value.forward)) for \(name). \(wrong)",
      "For \(name), the chain rule wants \(signal) x \(times(value.forward)). \(wrong)", wrong,
    ]
  }

  // MARK: The update

  private static func updateForms(_ state: ExplorerState) -> [String] {
    let evidence = state.evidence
    // The selected layer where a mask feeds it, else the first one that is fed by one.
    let layers = [state.shownLayer] + Array(0...state.outputLayer)
    let layer =
      layers.first { evidence.configuration.keepProbability(feeding: $0) < 1 } ?? state.shownLayer
    let keep = evidence.configuration.keepProbability(feeding: layer)
    let rate = Double(evidence.layers[layer].learningRate)
    let isOn = evidence.configuration.dropout.updateScale == .inverseKeep
    let moved = state.weightStep(layer: layer)
    let other = isOn ? moved * keep : moved / keep
    let name = state.layerName(layer)
    let divergence = state.snapshot.measured.divergence.value
    let ratio =
      divergence.indices.contains(layer)
      ? NumberText.fixed(divergence[layer].ratio, decimals: 2) + "x" : "n/a"
    let question = "What does update times 1/keep change?"
    func factor(_ value: Double) -> String { NumberText.factor(value, decimals: 3) }
    let verb = isOn ? "moves" : "would move"
    let rates = "\(factor(rate)) / \(KeepText.factor(KeepText(keep).keep)) = \(factor(rate / keep))"
    let facts =
      "It \(verb) the weights into \(name) as a learning rate of \(rates) does: |dW| "
      + "\(number(isOn ? moved : other)) instead of \(number(isOn ? other : moved)); not its "
      + "biases."
    let left = "It leaves the sums: test / train into \(name) stays \(ratio)."
    return [
      "\(question) \(facts) \(left)", "\(facts) \(left)",
      "\(question) The rate of the weights into \(name): \(rates). Not the sums: test / train "
        + "stays \(ratio).",
      "The update times 1/keep acts as a learning rate of \(factor(rate / keep)); test sums into "
        + "\(name) stay \(ratio) training's.",
    ]
  }

  // MARK: No unit is masked

  private static func unmaskedForms(_ question: Question, _ state: ExplorerState) -> [String] {
    let configuration = state.evidence.configuration
    if question == .update,
      (0...state.outputLayer).contains(where: { configuration.keepProbability(feeding: $0) < 1 })
    {
      return updateForms(state)
    }
    if !state.masksUnits {
      return [
        "Weights are masked, not units: each weight has the same multiplier in both passes, and a "
          + "masked weight gets no gradient from its example.",
        "Weights are masked: a masked weight gets no gradient.",
      ]
    }
    if configuration.inputKeepProbability < 1 {
      return [
        "Only inputs are masked: no signal comes back to them, so the backward pass needs no mask; "
          + "a masked input is 0, and so is the gradient of its weights.",
        "Only inputs are masked: their weights' gradients are 0.",
      ]
    }
    if configuration.variant.hasSeveralLearners {
      return [
        "Nothing is masked inside a learner, so forward and backward multiply by 1 everywhere; "
          + "\(state.keys[.variants]) has variants that mask.",
        "Nothing is masked inside a learner.",
      ]
    }
    return [
      "Nothing is masked, so forward and backward multiply by 1 everywhere. Lower keep in the live "
        + "view with \(state.keys[.keep(.less)]) .",
      "Nothing is masked: both passes multiply by 1.",
    ]
  }
}
