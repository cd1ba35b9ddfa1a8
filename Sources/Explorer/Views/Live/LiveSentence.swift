import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the live view: what training and testing do, and what the selected unit gets.
enum LiveSentence {
  /// The number that stands large beside the sentence; nil where testing draws masks, since the sum
  /// of one of them against a mean says nothing.
  static func hero(_ state: ExplorerState) -> HeroBlock? {
    state.evidence.configuration.dropout.testPass == .masked ? nil : state.sentenceSums.hero
  }

  static func forms(_ state: ExplorerState) -> [String] {
    let configuration = state.evidence.configuration
    let unit = state.sentenceUnit
    let sums = state.sentenceSums
    let name =
      unit.layer == state.outputLayer
      ? "output \(state.snapshot.dataset.outputNames[unit.unit])" : "unit \(unit.unit + 1)"
    if let forms = state.learnerForms(unit: name, sum: sums.test) { return forms }
    guard
      (0...state.outputLayer).contains(where: { configuration.keepProbability(feeding: $0) < 1 })
    else {
      if configuration.dropout.keepSchedule == .curriculum, configuration.keepStep == 0 {
        return [
          "Nothing is masked yet: keep falls from 1 over \(configuration.keepSteps) steps. So "
            + "\(name) gets \(sums.test) in TRAINING and in TESTING. \(state.keys[.stepOn]) takes "
            + "a step."
        ]
      }
      return [
        "Nothing is masked, so TRAINING and TESTING are the same pass: \(name) gets \(sums.test) "
          + "in both. Lower keep with \(state.keys[.keep(.less)]) or choose a variant with "
          + "\(state.keys[.variants]) ."
      ]
    }
    if configuration.dropout.maskPass == .backward {
      return [
        "TRAINING masks gradients only: no activation is masked, so \(name) gets \(sums.test) in "
          + "training and in TESTING alike. The price is noise in the updates, and smaller ones.",
        "TRAINING masks gradients only, no activation: \(name) gets \(sums.test) in TESTING, too. "
          + "The price: noisy, smaller updates.",
      ]
    }
    if state.snapshot.watched.value.sums[unit.layer].method == .none {
      return [
        "Nothing that feeds \(state.layerName(unit.layer)) is masked: \(name) gets \(sums.test) in "
          + "TRAINING and in TESTING. \(state.keys.nextLayerName) goes to the next layer, "
          + "whose inputs are masked."
      ]
    }
    if let nothing = sums.nothing(of: name, keys: state.keys) { return nothing }
    if configuration.dropout.testPass == .masked {
      let facts =
        "TESTING still masks: this test draws one mask, and \(name) gets \(sums.test). Over all "
        + "masks it is \(sums.training) on average, in TRAINING and in testing alike."
      return [
        "\(facts) Ask again, and the answer differs. \(state.keys[.variants]) has right ways.",
        "\(facts) Ask again, and the answer differs.", facts,
        "TESTING still masks: \(name) gets \(sums.test) from one mask, on average "
          + "\(sums.training).",
      ]
    }
    let verdict = sums.verdict
    // A mask that is the same for good leaves nothing to average over.
    let isFixed = configuration.dropout.maskSharing == .fixed
    let fate = fate(state, unit, isFixed: isFixed)
    func start(_ fate: String) -> String {
      "So \(name)\(fate) " + (isFixed ? "gets " : "averages ") + sums.training
    }
    let end = (sums.agree ? " and" : " but") + " gets \(sums.test) in testing: \(verdict)."
    let facts = start(fate) + (isFixed ? "" : " over all masks") + " in training" + end
    let fewerFacts = start(fate) + (isFixed ? " in training" : " over masks") + end
    func brief(_ fate: String) -> String {
      sums.agree
        ? isFixed
          ? "So \(name)\(fate) gets \(sums.test) in both."
          : "So \(name)\(fate) averages \(sums.test), as in testing."
        : start(fate) + (isFixed ? " in training" : " over masks")
          + ", \(sums.test) in testing: \(verdict)."
    }
    let testing = testing(configuration, unit.layer)
    let passes = training(configuration, layer: unit.layer, isBrief: false) + "; " + testing + "."
    let fewer = training(configuration, layer: unit.layer, isBrief: true) + "; " + testing + "."
    let fewest = fewer.replacing("masks none and multiplies", with: "multiplies")
    func briefest(_ fate: String) -> String {
      sums.agree ? brief(fate) : start(fate) + ", in testing \(sums.test): \(verdict)."
    }
    let (ending, hint) = ending(state)
    return [
      "\(passes) \(facts) \(ending)", "\(passes) \(fewerFacts) \(ending)",
      "\(passes) \(fewerFacts) \(hint)", "\(passes) \(brief(fate)) \(ending)",
      "\(passes) \(brief(fate)) \(hint)", "\(fewer) \(brief(fate)) \(hint)",
      "\(fewer) \(briefest(fate)) \(hint)", "\(passes) \(brief(fate))", "\(fewer) \(brief(fate))",
      // Both passes say more than the mask of the moment, which the network shows.
      "\(fewer) \(brief(""))",
      "\(fewest) \(brief(""))", "\(fewest) \(briefest(""))",
      brief(fate),
    ]
  }

  /// The mask of the step that is drawn, where it drops the unit: its sum is the average's all the
  /// same, but nothing of it is sent on.
  private static func fate(_ state: ExplorerState, _ unit: Selection, isFixed: Bool) -> String {
    switch state.mark(of: unit.unit, in: .result(of: unit.layer)) {
    case .kept, .pinned: ""
    case .masked: isFixed ? ", itself masked," : ", masked now,"
    case .killed: ", masked by hand,"
    }
  }

  private static func training(
    _ configuration: ExperimentConfiguration, layer: Int, isBrief: Bool
  ) -> String {
    let own = configuration.keepProbability(feeding: layer)
    let keep =
      own < 1
      ? own
      : configuration.hidden.indices.map { configuration.keepProbability(hidden: $0) }
        .first { $0 < 1 } ?? configuration.inputKeepProbability
    let place = layer == 0 ? "input" : "hidden unit"
    let size = configuration.maskGroupSize
    let isGrouped = configuration.dropout.noise.sharesMasks
    let what = isGrouped ? "group of \(size) \(place)s" : place
    let plural = isGrouped ? "groups of \(size) \(place)s" : "\(place)s"
    let share = keep == 0.5 ? "half" : KeepText.dropShare(keep)
    switch configuration.dropout.noise {
    case .gaussian: return "TRAINING multiplies each \(what) by noise of mean 1"
    case .dropconnect: return "TRAINING masks each weight \(share) of the time"
    case .bernoulli, .groups: break
    }
    let masks =
      switch configuration.dropout.maskSharing {
      case .example: "TRAINING masks each \(what) \(share) of the time"
      case .batch: "TRAINING masks \(plural) \(share) of the time, alike for a minibatch"
      case .fixed: "TRAINING masks the same \(plural) for good"
      }
    func others(times factor: String) -> String {
      (isBrief ? ", others times " : ", the others times ") + factor
    }
    switch configuration.dropout.scaling {
    case .inverted, .double: return masks + others(times: KeepText(keep).inverse)
    case .inverseDrop: return masks + others(times: KeepText(keep).inverseDrop)
    case .off, .classic, .swapped: return masks
    }
  }

  private static func testing(_ configuration: ExperimentConfiguration, _ layer: Int) -> String {
    guard configuration.dropout.noise.isScaled else { return "TESTING leaves them as they are" }
    let keep = configuration.keepProbability(feeding: layer)
    switch configuration.dropout.scaling {
    case .off, .inverted, .inverseDrop: return "TESTING masks none"
    case .classic, .double:
      return "TESTING masks none and multiplies all by \(KeepText(keep).keep)"
    case .swapped: return "TESTING masks none and multiplies all by \(KeepText(keep).drop)"
    }
  }

  /// The end, in full and in few words: a key to press next, or a remark on the rest.
  private static func ending(_ state: ExplorerState) -> (full: String, brief: String) {
    let configuration = state.evidence.configuration
    let scaling = state.keys[.nextScaling]
    switch configuration.dropout.scaling {
    case .off: return ("\(scaling) tries a remedy.", "\(scaling) tries a remedy.")
    case .double, .swapped, .inverseDrop:
      return ("That is a bug; \(scaling) turns it off.", "A bug: \(scaling) turns it off.")
    case .classic, .inverted:
      guard let left = state.snapshot.measured.divergence.value.last?.expected, left.isFinite else {
        return ("", "")
      }
      let text = NumberText.percent(left)
      let sums = state.keys[.view(.sums)]
      return (
        "At the output both still differ by \(text), since a bent function of a mean is not the "
          + "mean of the function: \(sums) shows it.",
        "At the output both still differ by \(text): \(sums) shows why."
      )
    }
  }
}
