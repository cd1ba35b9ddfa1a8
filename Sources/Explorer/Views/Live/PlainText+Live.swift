import DropoutEngine
import DropoutMeasure
import TerminalCells

extension PlainText {
  /// Divergence, counterfactual and loss.
  static func liveLines(_ state: ExplorerState) -> [String] {
    let snapshot = state.snapshot
    var lines: [String] = []
    for (layer, value) in snapshot.measured.divergence.value.enumerated() {
      let name = "Divergence into \(state.layerName(layer)): "
      lines.append(
        value.method == .none
          ? name + "inputs kept."
          : name
            + "drawn \(number(value.drawn)), \(value.method.name) \(number(value.expected)), ratio "
            + "\(NumberText.fixed(value.ratio, decimals: 2)).")
    }
    for row in CounterfactualPanel.rows(state) {
      let score = row.result.accuracy.map { NumberText.percent($0) + " right" }
      lines.append(
        "Same weights tested \(row.label)\(row.isNow ? " (now)" : ""): loss "
          + NumberText.fixed(row.result.loss, decimals: 3) + ", "
          + (score ?? "R2 \(number(row.result.r2 ?? .nan))") + ".")
    }
    if let last = snapshot.measured.curves.last, last.minibatchLoss.isFinite {
      lines.append("Masked training loss \(number(last.minibatchLoss)).")
    }
    return lines
  }

  private static func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
}
