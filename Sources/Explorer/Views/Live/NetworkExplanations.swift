import DropoutEngine
import TerminalCells

/// The meaning of what the picture of the network says in numbers.
enum NetworkExplanations: Formulas {
  /// Explains the mask, or what a unit adds to the selected one.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    switch place.name {
    case "mask": return mask(state)
    case "adds": return place.row.flatMap { adds(state, source: $0) }
    default: return nil
    }
  }

  private static func mask(_ state: ExplorerState) -> [BoxLine] {
    let units: UnitLayer = max(.result(of: 0), .source(of: state.shownLayer))
    let row = state.mask(of: units).row(state.watchedRow)
    let kept = row.count { $0 != 0 }
    return [
      Explained.head("the mask of step \(state.evidence.step)", "\(kept) of \(row.count) kept"),
      Explained.gloss(
        "Each unit is kept or masked by chance, anew in every step and for every example."),
      Explained.note("Wires go from the kept units into the selected one, if that is kept itself."),
    ]
  }

  private static func adds(_ state: ExplorerState, source: Int) -> [BoxLine]? {
    let layer = state.evidence.layers[state.shownLayer]
    guard source < layer.received.columns else { return nil }
    let weight = Double(layer.weights[state.shownUnit, source])
    let received = Double(layer.received[state.watchedRow, source])
    return [
      Explained.head("it adds", number(state.contribution(source: source))),
      Explained.gloss(
        "What unit \(source + 1) adds to the sum of unit \(state.shownUnit + 1) of "
          + "\(state.layerName(state.shownLayer)) in this step."),
      Explained.formula(
        "weight * what it sends = \(number(weight)) * \(number(received)) = "
          + number(weight * received)),
    ]
  }
}
