import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of the race's numbers.
enum RaceFormulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    [
      BoxLine("the race: the same data, minibatches, start and masks for all", Style(.title)),
      BoxLine(
        "  loss: of the variant's own test pass over the test part; - a: less that of the first one"
      ),
      BoxLine("  masked: mean masked loss of the minibatches since the last measurement"),
      BoxLine(
        "  div: divergence of the output, sum |E s_train - s_test| / sum |s_test| over the probe "
          + "examples, drawn"
      ),
      BoxLine("  ratio: sum |s_test| / sum |E s_train| of the output"),
      BoxLine("  |W|: square root of the sum of all squared weights, biases left out"), BoxLine(""),
    ] + state.lanes.enumerated().map { BoxLine("  " + line($0.offset, $0.element)) }
  }

  /// One runner in a line.
  static func line(_ lane: Int, _ value: LaneSnapshot) -> String {
    let score =
      value.test.accuracy.map { NumberText.percent($0, decimals: 1) + " right" }
      ?? "R2 \(NumberText.fixed(value.test.r2 ?? .nan, decimals: 3))"
    return
      "\(RaceMarks.letter(lane)) \(value.name): test loss "
      + "\(NumberText.fixed(value.test.loss, decimals: 4)), \(score), masked "
      + "\(NumberText.fixed(value.minibatchLoss, decimals: 4)), divergence "
      + "\(NumberText.fixed(value.output.drawn, decimals: 3)), ratio "
      + "\(NumberText.fixed(value.output.ratio, decimals: 3)), |W| "
      + "\(NumberText.fixed(value.weightNorm, decimals: 2))."
  }
}
