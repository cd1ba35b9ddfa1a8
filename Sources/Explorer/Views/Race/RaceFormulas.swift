import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of the race's numbers.
enum RaceFormulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    let first = state.lanes.first?.name ?? "the first"
    return [
      BoxLine("the race: the same data, minibatches, start and masks for all", Style(.title)),
      BoxLine(
        "  test loss: of the variant's own test pass over the test part; than \(first): how "
          + "much less or more it is than the first one's"
      ),
      BoxLine("  masked loss: mean loss of the masked minibatches since the last measurement"),
      BoxLine(
        "  test/train: sum |s_test| / sum |E s_train| of the output's sums over the probes; "
          + "1.00 is right"
      ),
      BoxLine(
        "  divergence: sum |E s_train - s_test| / sum |s_test| of the output's sums, drawn"
      ),
      BoxLine(
        "  weight size |W|: square root of the sum of all squared weights, biases left out"),
      BoxLine(
        "  scaling alone: two variants with the same weights to the bit, one of which scales at "
          + "test; the difference of their test losses"
      ),
      BoxLine(
        "  too early: below \(RaceContest.fewSteps) steps, or the order is not that of half the "
          + "steps"
      ), BoxLine(""),
    ]
      + state.lanes.enumerated().flatMap { index, lane in
        let settings = RaceSettings(of: lane, among: state.lanes)
        return [BoxLine("  " + line(index, lane))]
          + (settings.differs ? [BoxLine("    differs from \(first) in \(settings.text)")] : [])
      }
  }

  /// One runner in a line.
  static func line(_ lane: Int, _ value: LaneSnapshot) -> String {
    let score =
      value.test.accuracy.map { NumberText.percent($0, decimals: 1) + " right" }
      ?? "R2 \(NumberText.fixed(value.test.r2 ?? .nan, decimals: 3))"
    return
      "\(value.name): test loss "
      + "\(NumberText.fixed(value.test.loss, decimals: 4)), \(score), masked "
      + "\(NumberText.fixed(value.minibatchLoss, decimals: 4)), divergence "
      + "\(NumberText.fixed(value.output.drawn, decimals: 3)), test/train "
      + "\(NumberText.fixed(value.output.ratio, decimals: 3)), weight size "
      + "\(NumberText.fixed(value.weightNorm, decimals: 2))."
  }
}
