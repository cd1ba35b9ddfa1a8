import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the step view.
enum StepExplanations: Formulas {
  /// Explains the number that stands large on the screen.
  static func hero(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard place == .hero else { return nil }
    guard let (alike, units) = BackwardSentence.matches(state) else {
      return state.phase.flatMap {
        phases(state, ScreenPlace(name: PhasesPanel.name(of: $0, state)))
      }
    }
    return [
      Explained.head("units with one mask", NumberText.percent(Double(alike) / Double(units))),
      Explained.gloss(
        "The share of hidden units that the backward pass multiplies as the forward pass did."),
      Explained.formula("\(alike) of \(units) units"),
      Explained.note("By the chain rule it must be all of them."),
    ]
  }

  /// Explains a unit's numbers; the heading of a column speaks of the selected unit.
  static func signals(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let layer = state.shownLayer
    let unit = place.row ?? state.shownUnit
    guard unit < state.unitCount(of: .result(of: layer)) else { return nil }
    let value = state.backwardUnit(layer: layer, unit: unit)
    let name = "unit \(unit + 1) of \(state.layerName(layer))"
    func digits(_ value: Double) -> String {
      value == 0 ? "0" : NumberText.significant(value, digits: 6)
    }
    func lines(_ what: String, _ value: Double, _ words: String, _ formula: String? = nil)
      -> [BoxLine]
    {
      [Explained.head(what, digits(value)), Explained.gloss(words)]
        + (formula.map { [Explained.formula($0)] } ?? [])
    }
    switch place.name {
    case "forward":
      return lines(
        "forward", value.forward, "What the forward pass multiplies \(name) by; 0 is masked.")
    case "backward":
      return lines(
        "backward", value.backward,
        "What the backward pass multiplies the signal of \(name) by: it must be the same.")
    case "differ":
      let count = state.differingUnits(layer: layer)
      return [
        Explained.head("differ", "\(count)"),
        Explained.gloss("Units of \(state.layerName(layer)) whose two masks are not the same."),
      ]
    case "value":
      return lines("value", value.activation, "The activation of \(name), before the mask.")
    case "sent":
      return lines(
        "sent", value.sent, "What \(name) sends on.",
        "\(digits(value.activation)) * \(digits(value.forward)) = \(digits(value.sent))")
    case "signal":
      return lines(
        "signal", value.signal,
        "How the loss changes with what \(name) sends: what comes back from the layer above.",
        "dL/ds = sum of W * dL/dz of the layer above = \(digits(value.signal))")
    case "let through":
      return lines(
        "let through", value.maskedSignal, "The signal behind the mask.",
        "\(digits(value.signal)) * \(digits(value.backward)) = \(digits(value.maskedSignal))")
    case "at the sum", "error":
      return lines(
        place.name, value.delta, "How the loss changes with the sum of \(name): behind its bend.",
        "dL/dz = \(digits(value.delta))")
    case "gradient":
      return lines(
        "gradient", state.gradientNorm(layer: layer, unit: unit),
        "The length of the gradient of all weights into \(name), over all examples of the "
          + "minibatch: each has its own mask, so it is not 0 where the watched one masks it.")
    case "bias":
      return lines(
        "bias", Double(state.evidence.layers[layer].biasGradient[unit]),
        "The gradient of the bias of \(name).")
    case "output":
      return lines(
        "output", Double(state.evidence.trainingOutput[state.watchedRow, unit]),
        "What the output says, under the mask.")
    default: return nil
    }
  }

  /// Explains the pictures of the network.
  static func network(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    place.name == "wires"
      ? [
        title("the wires"),
        Explained.gloss(
          "The strongest wires of each layer: in a forward phase by what they carry into kept "
            + "units, else by the gradient of the watched example alone: the error at the sum of "
            + "the unit times what it received. A masked unit received, sent and passes nothing."),
        Explained.formula(
          "The weights move by the mean of \(state.evidence.examples.count) examples, each with "
            + "masks of its own: \(state.keys[.formula]) again has one written out."),
        Explained.note("One colour is a gradient above 0, the other one below 0."),
      ]
      : nil
  }

  /// Explains a phase: its name and its result.
  static func phases(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let phase = state.phases.first(where: { PhasesPanel.name(of: $0, state) == place.name })
    else { return nil }
    let words =
      switch phase {
      case .minibatch: "The examples of this step."
      case .inputMask: "Which inputs are masked."
      case .forward: "A layer adds up what it receives, bends it, and its units are masked."
      case .loss: "How wrong the outputs are."
      case .backward: "The signal comes back through the mask and the bend; gradients are made."
      case .update: "The weights move against their gradients."
      }
    let facts = state.isReached(phase) ? PhasesPanel.facts(of: phase, state)[0] : "not reached yet"
    return [title(place.name), Explained.gloss(words), Explained.formula(facts)]
  }

  /// Explains a column of the table of mask passes.
  static func maskPasses(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let words: [String: String] = [
      "step cosine": "The cosine between this step's gradient and the unmasked one; 1 is the same "
        + "direction.",
      "mean cosine": "The cosine between the mean gradient over masks and the unmasked one.",
      "mean share": "How long the mean gradient is along the unmasked one, as a share of it.",
      "share theory": "The share that theory expects.",
      "error": "The standard error of the share, where masks were drawn.",
      "mean apart": "How far the mean gradient is from the unmasked one, over its length.",
      "apart theory": "The distance that theory expects.",
      "noise": "How much the gradient changes from mask to mask, over the unmasked one's length.",
      "squared cosine": "The mean of the squared cosine of a step's gradient.",
      "squared theory": "The squared cosine that theory expects.",
      "update size": "How far one update moves the weights.",
      "update": "How much farther the update times 1/keep moves them.",
      "update theory": "1/keep where a mask feeds the layer, else 1.",
      "unmasked": "The length of the gradient of the averaged network.",
      "step length": "The length of this step's gradient.",
      "mean length": "The length of the mean gradient over masks.",
    ]
    return words[place.name].map { [title(place.name), Explained.gloss($0)] }
  }
}
