import TerminalCells

extension Panel {
  /// The outcome of testing, beside the data that it is of: as in the live view.
  public static let results = Panel(
    "results", draw: OutcomePanel.draw, formulas: OutcomeFormulas.lines,
    explain: OutcomeExplanations.lines)
}
