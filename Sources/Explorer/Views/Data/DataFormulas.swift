import DropoutEngine
import DropoutMeasure
import TerminalCells

/// How the inputs are scaled.
enum DataFormulas: Formulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    let normalization = state.configuration.normalization
    let dataset = state.snapshot.dataset
    return [
      title("how inputs are scaled: \(normalization.rawValue)"),
      BoxLine("  scaled = (value - offset) / divisor, both from the training part only"),
    ]
      + dataset.inputNames.indices.prefix(40).map { input in
        let offset = dataset.origin(of: input) + Double(dataset.offsets[input])
        return BoxLine(
          "  \(dataset.inputNames[input]): (value - \(number(offset))) / "
            + (dataset.divisors[input] == 0
              ? "constant: 0" : NumberText.factor(Double(dataset.divisors[input]), decimals: 4)))
      }
  }
}
