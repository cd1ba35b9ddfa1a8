import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the divergence.
enum DivergenceExplanations: Formulas {
  /// Explains a column in the row of a layer.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let values = state.snapshot.measured.divergence.value
    guard let layer = place.row, values.indices.contains(layer),
      let column = DivergencePanel.Column(rawValue: place.name)
    else { return nil }
    let value = values[layer]
    let (name, masks) = (state.layerName(layer), Measurer.drawnMasks)
    switch column {
    case .measured:
      return [
        Explained.head("divergence into \(name)", number(value.drawn)),
        Explained.gloss("How far its test sums lie from the mean of its training sums; 0: alike."),
        Explained.formula(
          "sum |train - test| / sum |test| = \(number(value.drawnDifference)) / "
            + "\(number(value.totals.test)) = \(number(value.drawn))"),
        Explained.note("Measured: \(masks) masks drawn for each of the probe examples."),
      ]
    case .theory:
      return [
        Explained.head("its theory", number(value.expected)),
        Explained.gloss("The same without chance: \(source(of: value.method))."),
        Explained.formula(
          "sum |train - test| / sum |test| = \(number(value.totals.difference)) / "
            + "\(number(value.totals.test)) = \(number(value.expected))"),
      ] + withoutBends(state, layer)
    case .ratio:
      return [
        Explained.head("ratio into \(name)", number(value.ratio)),
        Explained.gloss("How many times its test sums are as large as those of training."),
        Explained.formula(
          "sum |test| / sum |train| = \(number(value.totals.test)) / "
            + "\(number(value.totals.training)) = \(number(value.ratio))"),
      ]
    case .noise:
      return [
        Explained.head("noise", number(value.drawnFloor)),
        Explained.gloss("What \(masks) masks leave by chance: measured cannot fall below it."),
        Explained.formula(
          "sqrt(2 / (pi \(masks))) * sum sd / sum |test| = \(number(value.drawnFloor))"),
      ]
    }
  }

  /// The ratio that a network of straight units would have, where bent ones feed a layer through
  /// masks.
  private static func withoutBends(_ state: ExplorerState, _ layer: Int) -> [BoxLine] {
    let configuration = state.evidence.configuration
    let dropout = configuration.dropout
    guard dropout.noise.isScaled, dropout.maskPass != .backward, dropout.testPass == .plain,
      dropout.maskSharing != .fixed,
      (0..<layer).contains(where: { configuration.activation[$0] != .linear })
    else { return [] }
    let masked = (0...layer).count { configuration.keepProbability(feeding: $0) < 1 }
    guard masked > 1 else { return [] }
    let ratio = configuration.linearRatio(into: layer)
    return [
      Explained.note(
        "If no unit bent its sum and none had a bias, test sums would be \(number(ratio, 2)) times "
          + "those of training: \(masked) masked layers, each with its factor.")
    ]
  }

  private static func source(of method: MeanMethod) -> String {
    switch method {
    case .none: "nothing is masked"
    case .theory: "from the weights and keep alone"
    case .exact: "the mean over every mask there is"
    case .monteCarlo(let count): "over \(count) masks further up, the last one in closed form"
    }
  }
}
