import DropoutEngine
import TerminalCells

extension Panel {
  /// The phases of a step.
  public static let phases = Panel(
    "phases", draw: PhasesPanel.draw, formulas: BackwardFormulas.phases,
    explain: StepExplanations.phases)
}

/// The phases of one step, each with its result: the present one stands out, later ones are blank.
enum PhasesPanel {
  /// The rows that all phases need, with the heading.
  static func rows(_ state: ExplorerState) -> Int { state.phases.count + 1 }

  /// Draws the heading and the phases that fit; the present one is always in sight.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let used = frame.heading("ONE STEP", on: &buffer)
    let step = "step \(state.evidence.step)"
    let phase = "phase \(state.phaseIndex + 1) of \(state.phases.count)"
    let short = "\(state.phaseIndex + 1)/\(state.phases.count)"
    let isHeld = state.isRunning || state.evidence.step != state.snapshot.step
    let places =
      state.phase == nil
      ? ["\(step), \(isHeld ? "held" : "whole")", step]
      : ["\(step), \(phase)", "\(step), \(short)", phase, short]
    if let place = places.first(where: { $0.columns < frame.area.width - used }) {
      buffer.write(place, endX: frame.area.maxX, y: frame.area.y, style: Style(.dim))
    }
    let phases = state.phases
    let shown = Table.visibleRows(
      count: phases.count, height: frame.area.height - 1, selection: state.phaseIndex)
    for (row, index) in shown.enumerated() {
      drawRow(state, phases[index], in: frame.area.row(row + 1), glyphs: frame.glyphs, on: &buffer)
      frame.mark(name(of: phases[index], state), at: frame.area.row(row + 1))
    }
  }

  private static func drawRow(
    _ state: ExplorerState, _ phase: StepPhase, in line: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let isNow = state.phase == phase
    let isReached = state.isReached(phase)
    if isNow { buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected)) }
    let name = name(of: phase, state)
    let style = isReached ? state.style(of: phase) : Style(.dim)
    buffer.write(
      name.truncated(to: max(0, line.width - 1), ellipsis: glyphs.ellipsis), x: line.x + 1,
      y: line.y, style: style)
    guard isReached else { return }
    let room = line.width - name.columns - 2
    let texts = facts(of: phase, state)
    guard let text = texts.first(where: { $0.columns <= room }) else { return }
    buffer.write(text, endX: line.maxX, y: line.y, style: style)
  }

  /// The name of a phase.
  static func name(of phase: StepPhase, _ state: ExplorerState) -> String {
    switch phase {
    case .minibatch: "minibatch"
    case .inputMask: "input mask"
    case .forward(let layer): "forward \(state.layerName(layer))"
    case .loss: "loss"
    case .backward(let layer): "backward \(state.layerName(layer))"
    case .update: "update"
    }
  }

  /// The results of a phase, from long to short.
  static func facts(of phase: StepPhase, _ state: ExplorerState) -> [String] {
    let evidence = state.evidence
    let row = state.watchedRow
    switch phase {
    case .minibatch:
      let count = evidence.examples.count
      return ["\(count) examples, \(evidence.examples[row]) is watched", "\(count) examples"]
    case .inputMask:
      guard evidence.configuration.hidesInputs else {
        return ["inputs are not masked", "not masked", "none"]
      }
      return maskFacts(evidence.inputDropout, state)
    case .forward(let layer):
      guard layer < state.outputLayer else { return outputFacts(state) }
      return maskFacts(evidence.layers[layer].mask, state)
    case .loss:
      let loss = NumberText.fixed(evidence.trainingLoss, decimals: 4)
      return ["mean over the minibatch \(loss)", "mean \(loss)", loss]
    case .backward(let layer):
      return backwardFacts(layer, state)
    case .update:
      let moved = (0...state.outputLayer).map { state.weightStep(layer: $0) }
      let whole = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let text = NumberText.fixed(whole, decimals: 4)
      let factor = evidence.layers.map(\.updateFactor).max() ?? 1
      let times =
        factor == 1
        ? "" : ", gradients times up to \(NumberText.factor(Double(factor), decimals: 2))"
      return ["weights move by \(text)\(times)", "weights move by \(text)", "by \(text)", text]
    }
  }

  private static func maskFacts(_ mask: MaskEvidence, _ state: ExplorerState) -> [String] {
    let dropout = state.evidence.configuration.dropout
    guard mask.keepProbability < 1 || mask.forwardMask.elements.contains(0) else {
      return ["not masked", "all kept"]
    }
    if dropout.noise.masksWeights { return ["weights above are masked", "weights"] }
    if dropout.maskPass == .backward {
      return ["not masked in this pass", "not masked", "unmasked"]
    }
    let values = mask.forwardMask.row(state.watchedRow)
    let factor = NumberText.factor(Double(mask.trainingFactor), decimals: 2)
    switch dropout.noise {
    case .gaussian: return ["times noise of mean 1", "x noise"]
    case .bernoulli, .dropconnect, .groups:
      let short = "\(values.count { $0 != 0 })/\(values.count)"
      // Where all examples have one mask, the row says so.
      let isShared = dropout.maskSharing != .example
      let kept = isShared ? "shared \(short)" : "kept \(short)"
      let long = isShared ? ["kept \(short), one mask for all"] : []
      return mask.trainingFactor == 1
        ? long + [kept, short] : long + ["\(kept), times \(factor)", kept, short]
    }
  }

  private static func outputFacts(_ state: ExplorerState) -> [String] {
    let evidence = state.evidence
    let row = state.watchedRow
    let names = state.snapshot.dataset.outputNames
    switch evidence.targets {
    case .classes(let classes):
      let value = NumberText.fixed(
        Double(evidence.trainingOutput[row, classes[row]]), decimals: 3)
      return [
        "\(value) for the right class, \(names[classes[row]])", "right class \(value)", value,
      ]
    case .values(let values):
      let dataset = state.snapshot.dataset
      func text(_ value: Float) -> String {
        NumberText.fixed(dataset.own(Double(value), output: 0), decimals: 3)
      }
      let value = text(evidence.trainingOutput[row, 0])
      let target = text(values[row, 0])
      return ["\(names[0]) \(value), target \(target)", "\(value) (\(target))", value]
    }
  }

  private static func backwardFacts(_ layer: Int, _ state: ExplorerState) -> [String] {
    let length = NumberText.significant(state.gradientNorm(layer: layer), digits: 3)
    let gradient = "gradient \(length)"
    guard layer < state.outputLayer, state.masksUnits else {
      return [gradient, length]
    }
    let units = state.unitCount(of: .result(of: layer))
    let passed = (0..<units).count { state.multipliers(layer: layer, unit: $0).backward != 0 }
    let differing = state.differingUnits(layer: layer)
    let other = differing == 0 ? "as forward" : "\(differing) not as forward"
    return [
      "\(passed)/\(units) signals pass, \(other), \(gradient)",
      "\(passed)/\(units) pass, \(gradient)", gradient, "\(passed)/\(units)", length,
    ]
  }
}
