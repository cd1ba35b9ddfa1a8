import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each curve, with its last value.
enum CurveExplanations: Formulas {
  /// Explains a curve, or the share that is right.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    if place.name == "right" { return right(state) }
    guard let curve = CurveData.Curve(rawValue: place.name) else { return nil }
    let points = CurveData.points(curve, state.snapshot.measured.curves)
    guard let last = points.last(where: { $0.y.isFinite }) else { return nil }
    let name = "\(curve.name()) loss"
    return [
      Explained.head(name, "\(number(last.y)) at step \(NumberText.fixed(last.x, decimals: 0))")
    ] + gloss(curve, state)
      + [Explained.formula("loss = " + lossText(state) + " = \(number(last.y))")]
  }

  private static func gloss(_ curve: CurveData.Curve, _ state: ExplorerState) -> [BoxLine] {
    let points = state.snapshot.measured.curves
    switch curve {
    case .masked:
      let last = points.last { $0.minibatchLoss.isFinite }
      let steps = CurveData.meanSteps(points)
      return [
        Explained.gloss("The loss of training, with masks: what the printed training loss is.")
      ]
        + (steps.map { steps in
          [
            Explained.note(
              "The curve is the mean of the last \(steps) steps"
                + (last.map { "; the last point alone is \(number($0.minibatchLoss))." } ?? "."))
          ]
        } ?? [])
    case .unmasked:
      return [
        Explained.gloss("The same weights on the same training examples, tested without masks."),
        Explained.note("Compare it with train masked: the masks alone make the difference."),
      ]
    case .scaled:
      return [Explained.gloss("The same weights on the test examples, tested with scaling.")]
    case .test:
      return [Explained.gloss("The loss on the test examples, tested as the experiment says.")]
    }
  }

  private static func lossText(_ state: ExplorerState) -> String {
    state.snapshot.dataset.isClassification && state.configuration.loss != .meanSquaredError
      ? "mean of -log(probability of the right class)"
      : "mean of half the squared error"
  }

  private static func right(_ state: ExplorerState) -> [BoxLine]? {
    let measured = state.snapshot.measured.counterfactual
    guard state.snapshot.isCurrent(measured), let share = state.snapshot.ownEvaluation?.accuracy
    else { return nil }
    return [
      Explained.head("right", "\(NumberText.percent(share, decimals: 1)) at step \(measured.step)"),
      Explained.gloss("The share of the test examples whose largest output is the right class."),
      Explained.formula("right / examples = \(number(share))"),
    ]
  }
}
