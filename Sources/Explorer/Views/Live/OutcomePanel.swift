import DropoutEngine
import TerminalCells

extension Panel {
  /// The maps of the plane, the predictions for an image, or the accuracy by class.
  public static let outcome = Panel(
    "outcome", draw: OutcomePanel.draw, formulas: OutcomeFormulas.lines,
    explain: OutcomeExplanations.lines)
}

/// The outcome: the maps of the plane, the predictions of both passes for an image, the accuracy by
/// class, or predictions against targets.
enum OutcomePanel {
  /// Draws what suits the dataset.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let dataset = state.snapshot.dataset
    if state.snapshot.measured.maps != nil, dataset.plane != nil {
      MapsOutcome.draw(state, in: &frame, on: &buffer)
    } else if dataset.image != nil {
      ImageOutcome.draw(state, in: &frame, on: &buffer)
    } else if dataset.isClassification {
      ClassOutcome.draw(state, in: &frame, on: &buffer)
    } else {
      RegressionOutcome.draw(state, in: &frame, on: &buffer)
    }
  }
}
