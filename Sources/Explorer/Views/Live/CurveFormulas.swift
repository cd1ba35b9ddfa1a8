import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The numbers at the end of the curves.
enum CurveFormulas: Formulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    guard let last = state.snapshot.measured.curves.last else { return [BoxLine("no point yet")] }
    return [
      title("the curves at step \(last.step)"),
      BoxLine("  test: the test pass as it is, over the test part: \(number(last.testLoss))"),
      BoxLine("  scaled: the same weights tested with scaling: \(number(last.scaledLoss))"),
      BoxLine(
        "  train masked: the training pass, mean of the minibatches since the point before: "
          + "\(number(last.minibatchLoss))"
      ),
      BoxLine("  train unmasked: the test pass over the training part: \(number(last.trainLoss))"),
    ]
      + (state.snapshot.dataset.targetScalings.isEmpty
        ? []
        : [BoxLine("  losses are of targets in units of their standard deviation", Style(.dim))])
      + [
        BoxLine(
          "  the curve of train masked is a running mean over a twentieth of its points",
          Style(.dim)),
        BoxLine("  the vertical lines stand where a parameter was changed", Style(.dim)),
      ]
  }
}
