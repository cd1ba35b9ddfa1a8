import DropoutEngine
import DropoutMeasure
import TerminalCells

// Where dropout goes, and what it costs.
extension Question {
  @Sendable static func slower(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    let layer = state.shownLayer
    guard let measured = state.snapshot.gradientMoments,
      let pass = measured.value.passes.first(where: { $0.maskPass == .both }),
      pass.layers.indices.contains(layer), pass.layers[layer].relativeNoise.isFinite
    else { return "The gradients of this step over many masks are being measured." }
    return "In steps, yes: often 2 to 3 times as many (Srivastava et al. 2014). Each step follows "
      + "the gradient under its own masks. Into \(state.layerName(layer)) that strays from mask to "
      + "mask by \(number(pass.layers[layer].relativeNoise, 2)) of the length of the gradient "
      + "without masks (column noise, row both, in the table on "
      + "\(state.keys[.own(.showMaskPasses)])); with nothing masked theory says 0, else no formula "
      + "gives it. A step itself takes hardly longer. The race (\(state.keys[.view(.race)])) "
      + "trains with none beside it."
  }

  @Sendable static func places(_ state: ExplorerState) -> String {
    if let other = other(state) { return other }
    let evidence = state.evidence
    let layers = (0..<state.outputLayer).map { ($0, evidence.layers[$0].mask) }
    let keeps = [("inputs", evidence.inputDropout)] + layers.map { (state.layerName($0.0), $0.1) }
    let here = keeps.map { "\(KeepText($0.1.keepProbability).keep) for \($0.0)" }
    let masked = layers.first { $0.1.keepProbability < 1 } ?? (-1, evidence.inputDropout)
    let (units, keep) = (masked.1.forwardMask.columns, masked.1.keepProbability)
    let kept = (0..<masked.1.forwardMask.rows).map { row in
      masked.1.forwardMask.row(row).count { $0 != 0 }
    }
    let inputs = evidence.inputDropout.forwardMask.columns
    func gone(_ keep: Double, _ count: Int) -> String {
      let chance = (0..<count).reduce(1.0) { chance, _ in chance * (1 - keep) }
      return NumberText.fixed(100 * chance, decimals: chance < 0.01 ? 3 : 1) + " %"
    }
    return "Wide hidden layers first, at about 0.5; inputs little, at 0.8 or more; outputs never "
      + "(Srivastava et al. 2014). Here keep is \(here.joined(separator: ", ")). A narrow "
      + "layer may lose all it has: of \(units) units at keep \(KeepText(keep).keep) none is left "
      + "in \(gone(keep, units)) of examples by theory; in this step \(kept.min() ?? 0) to "
      + "\(kept.max() ?? 0) were. Of \(inputs) inputs at 0.80 it would be \(gone(0.8, inputs))."
  }

  @Sendable static func softmax(_ state: ExplorerState) -> String {
    let evidence = state.evidence
    guard case .classes(let classes) = evidence.targets, evidence.loss == .crossEntropy else {
      return
        "Here the output is a number, and no softmax: masked, it would be 0 whatever goes in, and "
        + "an error that no weight can mend. Masks belong to hidden units, and to inputs."
    }
    let row = state.watchedRow
    let right = classes[row]
    let sums = evidence.layers[state.outputLayer].preActivation.row(row)
    let others = sums.indices.filter { $0 != right }.map { exponential(Double(sums[$0])) }
    let masked = 1 / (1 + others.reduce(0, +))
    return "Before the weights into the output, yes: that masks the last hidden layer. Behind "
      + "them, on the sums that the softmax turns into probabilities, no: a masked sum is 0, and 0 "
      + "is a vote like any other. In this step the network gives the right class of the watched "
      + "example \(number(Double(evidence.trainingOutput[row, right]))); with the sum of that "
      + "class masked it would be \(number(masked)), and with all \(sums.count) masked theory says "
      + "1/\(sums.count) = \(number(1 / Double(sums.count))), whatever goes in. No factor makes up "
      + "for it, as the softmax bends sums."
  }

  /// e to the power of a number, as the odds of the logistic function.
  private static func exponential(_ power: Double) -> Double {
    let logistic = UnitActivation.hidden(.sigmoid)
    return logistic.value(power) / logistic.value(-power)
  }
}
