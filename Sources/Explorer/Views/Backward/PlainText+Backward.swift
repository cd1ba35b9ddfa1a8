import DropoutEngine
import DropoutMeasure
import TerminalCells

extension PlainText {
  /// The numbers of the backward view: the phases that are reached, and the mask passes.
  static func backwardLines(_ state: ExplorerState) -> [String] {
    var lines = state.phases.filter { state.isReached($0) }.map { phase in
      let facts = PhasesPanel.facts(of: phase, state)[0]
      let mark = state.phase == phase ? "Now: " : ""
      return "\(mark)\(PhasesPanel.name(of: phase, state)): \(facts)."
    }
    guard let measured = state.snapshot.gradientMoments else {
      return lines + ["The gradients over masks are being measured."]
    }
    for pass in measured.value.passes where pass.layers.indices.contains(state.shownLayer) {
      let values = pass.layers[state.shownLayer]
      let theory =
        values.expectedMean.value.map { ", theory \(NumberText.fixed($0.share, decimals: 3))" }
        ?? ""
      lines.append(
        "Mask pass \(pass.maskPass.rawValue) into \(state.layerName(state.shownLayer)), step "
          + "\(measured.step): cosine of this step's gradient "
          + "\(NumberText.fixed(values.stepCosine, decimals: 2)), mean over masks "
          + "\(values.mean.method.name) \(NumberText.fixed(values.mean.share, decimals: 3)) of the "
          + "mean network's\(theory), noise "
          + "\(NumberText.fixed(values.relativeNoise, decimals: 2)).")
    }
    return lines
  }
}
