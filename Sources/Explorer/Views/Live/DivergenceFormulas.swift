import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formulas of divergence and ratio.
enum DivergenceFormulas: Formulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    let measured = state.snapshot.measured.divergence
    let l = state.shownLayer
    guard measured.value.indices.contains(l) else { return pending }
    let value = measured.value[l]
    let (name, masks) = ("into \(state.layerName(l))", Measurer.drawnMasks)
    return [
      title(
        "divergence \(name), over \(state.snapshot.dataset.probeExamples.count) probe examples and "
          + "all its units"
      ),
      BoxLine("  D = sum |E s_train - s_test| / sum |s_test|, at step \(measured.step)"),
      BoxLine("  measured: E s_train is the mean over \(masks) masks that the engine drew"),
      BoxLine(
        "    D = \(number(value.drawnDifference)) / \(number(value.totals.test)) = "
          + "\(number(value.drawn))",
        Style(.strong)),
      BoxLine(
        "  it cannot fall below its noise = sqrt(2/(pi \(masks))) sum sd / sum |s_test| = "
          + "\(number(value.drawnFloor))"
      ),
      BoxLine("  theory (\(value.method.words)): from the weights and keep alone"),
      BoxLine(
        "    D = \(number(value.totals.difference)) / \(number(value.totals.test)) = "
          + "\(number(value.expected))",
        Style(.strong)),
      BoxLine(""), title("ratio \(name)"),
      BoxLine(
        "  sum |s_test| / sum |E s_train| = \(number(value.totals.test)) / "
          + "\(number(value.totals.training)) = "
          + number(value.ratio, 3), Style(.strong)),
      BoxLine("  of the same weights tested otherwise:"),
    ]
      + state.snapshot.configuration.testConventions.map { convention in
        BoxLine(
          "    \(convention.words): \(number(value.conventionRatio[convention] ?? .nan, 3))")
      }
  }
}
