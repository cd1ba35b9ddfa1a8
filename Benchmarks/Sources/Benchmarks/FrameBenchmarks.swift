import DropoutEngine
import Explorer
import Figures
import TerminalCells

/// The cost of the explorer's frames: drawing the cells, and finding those that changed.
struct FrameBenchmarks {
  let options: BenchmarkOptions

  /// The sizes of the screen.
  private static let sizes = [(80, 24), (120, 40), (200, 60)]

  func run() throws -> ReportSection {
    var section = ReportSection(
      "Frames of the explorer",
      "The live view of the default experiment: drawing its cells from the state, and finding "
        + "those that changed since the frame before, the training having gone on in between. What "
        + "a terminal does with them comes on top.",
      columns: ["screen", "milliseconds a frame", "share of a core at 30 frames a second"])
    say("frames …")
    let snapshots = try self.snapshots()
    for (columns, rows) in Self.sizes {
      let states = snapshots.map {
        ExplorerState(snapshot: $0, size: ScreenSize(columns: columns, rows: rows))
      }
      var samples: [Double] = []
      for _ in 0..<options.rounds {
        var shown: CellBuffer?
        var changed = 0
        let elapsed = ContinuousClock().measure {
          for _ in 0..<options.frameRepeats {
            for state in states {
              let frame = Screen.draw(state)
              changed += frame.changes(from: shown).count
              shown = frame
            }
          }
        }
        precondition(changed > 0, "frames of different steps show no difference")
        samples.append(elapsed / .milliseconds(1) / Double(options.frameRepeats * states.count))
      }
      let figure = Figure(samples)
      section.rows.append([
        "\(columns)x\(rows)", figure.text, "\(figure.map { 3 * $0 }.text) %",
      ])
      section.note("frame \(columns)x\(rows)", "ms", figure)
    }
    return section
  }

  /// The contents of consecutive frames.
  private func snapshots() throws -> [TrainingSnapshot] {
    let configuration = ExperimentConfiguration()
    let experiment = LoadedExperiment(
      configuration: configuration, dataset: try BuiltInDataset.circle.generate(configuration),
      initial: nil)
    let training = try SteeredTraining(experiment) {
      (_: ExperimentConfiguration) throws(ExperimentLoadError) in
      throw .unreadable(BenchmarkFailure("no other experiment is started here"))
    }
    training.train(to: 600, points: 300)
    return (0..<10).map { _ in
      training.advance(steps: 2)
      training.measure()
      return training.snapshot
    }
  }
}
