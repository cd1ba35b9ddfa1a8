import DropoutEngine

/// A part of one training step, in the order in which the engine computes them.
///
/// Layers are counted from 0, the output layer last.
public enum StepPhase: Equatable, Hashable, Sendable {
  /// The examples are gathered.
  case minibatch
  /// The inputs are masked.
  case inputMask
  /// A layer receives values, sums them, applies its nonlinearity, and its units are masked.
  case forward(Int)
  /// The outputs are compared with the targets.
  case loss
  /// A layer's signal comes back through its mask and its nonlinearity, and its gradients are
  /// computed.
  case backward(Int)
  /// The parameters are moved.
  case update

  /// All phases of a step, by the number of the network's layers, output layer included.
  public static func all(layers: Int) -> [StepPhase] {
    [.minibatch, .inputMask] + (0..<layers).map { .forward($0) } + [.loss]
      + (0..<layers).reversed().map { .backward($0) } + [.update]
  }
}

extension ExplorerState {
  /// The phases of the step that is drawn.
  var phases: [StepPhase] { StepPhase.all(layers: evidence.layers.count) }

  /// The place of the phase that the step has come to; that of the last one where the whole step is
  /// drawn.
  var phaseIndex: Int { phase.flatMap { phases.firstIndex(of: $0) } ?? phases.count - 1 }

  /// Whether a phase is done, or being done: what it computes is drawn.
  func isReached(_ phase: StepPhase) -> Bool {
    (phases.firstIndex(of: phase) ?? 0) <= phaseIndex
  }

  /// Goes a phase on or back, and to the layer that it is about; the step is only looked at, so
  /// each phase leaves the bits that it finds.
  mutating func turnPhase(_ neighbor: KeyCommand.Neighbor) -> [Effect] {
    guard phase != phases[phases.count - 1] || neighbor == .previous else { return finishStep() }
    guard phase != phases[0] || neighbor == .next else {
      message =
        "this is the first phase of step \(evidence.step); a step that was taken is not taken back"
      return []
    }
    let effects = isRunning ? send(.run(false)) : []
    isRunning = false
    if phase == nil {
      // All phases of the whole step are done: one back is the last one.
      phase = neighbor == .next ? phases[0] : phases[phases.count - 1]
    } else {
      phase = phases[phaseIndex + neighbor.offset]
    }
    followPhase()
    return effects
  }

  /// Selects the layer that a phase is about, so that what it computes is in sight.
  private mutating func followPhase() {
    switch phase {
    case .forward(let layer), .backward(let layer):
      selection.layer = layer
      // Forward and back, a layer is told of by one unit.
      if choosesUnit, layer < outputLayer, let unit = strongestUnit(of: layer) {
        selection.unit = unit
      }
    case .minibatch, .inputMask, .loss, .update, nil: break
    }
  }

  /// Whether the step view chooses the unit that it tells of: the person and lessons choose their
  /// own.
  var choosesUnit: Bool { !isSelectionChosen && lesson == nil }

  /// Selects the kept unit that the largest signal passes.
  mutating func chooseStrongestUnit() -> [Effect] {
    guard choosesUnit else { return [] }
    let configuration = evidence.configuration
    // An output has no mask: a hidden layer that has one says more.
    let masked = (0..<outputLayer).filter { configuration.keepProbability(hidden: $0) < 1 }
    let layer =
      shownLayer < outputLayer || !masksUnits ? shownLayer : masked.last ?? shownLayer
    for layer in [layer] + masked.reversed() {
      guard let unit = strongestUnit(of: layer) else { continue }
      selection = Selection(layer: layer, unit: unit)
      return []
    }
    // Nothing comes back: a kept unit says so better than a masked one.
    let kept = (0..<unitCount(of: .result(of: layer))).first {
      multipliers(layer: layer, unit: $0).forward != 0
    }
    selection = Selection(layer: layer, unit: kept ?? shownUnit)
    return []
  }

  /// Selects another unit where a new minibatch leaves next to nothing to see at the one before.
  mutating func leaveDullUnit() -> [Effect] {
    guard choosesUnit else { return [] }
    guard phase == nil else {
      followPhase()
      return []
    }
    let strongest = strongestUnit(of: shownLayer).map { passedSignal(layer: shownLayer, unit: $0) }
    let now = passedSignal(layer: shownLayer, unit: shownUnit)
    // While training runs, the unit changes only where it must; where a person looks, it is the one
    // that tells most.
    if isRunning, shownLayer < outputLayer, let strongest, now >= strongest / 4 { return [] }
    return chooseStrongestUnit()
  }

  /// Takes the step; where it was looked at in phases, the next one starts with its first.
  mutating func finishStep() -> [Effect] {
    isRunning = false
    if phase != nil { phase = phases[0] }
    return send(.step)
  }
}

extension ViewKey {
  private static let backwardOnly: @Sendable (KeyMap<KeyCommand>) -> String = { keys in
    "\(keys[.own(.nextPhase)]) and \(keys[.own(.previousPhase)]) go through the phases of a step "
      + "in view \(keys[.backward])"
  }

  /// Show the table of mask passes in the place of the network, or the network again.
  static let showMaskPasses = ViewKey(
    name: "mask-passes",
    elsewhere: { "this key acts in view \($0[.backward]), one step" }
  ) {
    $0.showsMaskPasses.toggle()
    if !$0.showsMaskPasses, $0.focus == .maskPasses { $0.focus = nil }
    return []
  }

  /// Go a phase of the step on.
  static let nextPhase = ViewKey(name: "next-phase", elsewhere: backwardOnly) {
    $0.turnPhase(.next)
  }

  /// Go a phase of the step back.
  static let previousPhase = ViewKey(name: "previous-phase", elsewhere: backwardOnly) {
    $0.turnPhase(.previous)
  }
}
