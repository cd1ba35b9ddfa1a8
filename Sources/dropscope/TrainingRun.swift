import DropoutCore
import ExperimentFiles
import Foundation

/// A training that writes lines of metrics as it goes.
struct TrainingRun {
  /// How a training ended; in each case the last line is written and the weights are good.
  enum End {
    /// The steps are done, or what was waited for is reached.
    case done
    /// The next step would not be finite.
    case notFinite(NotFiniteError)
    /// A signal came.
    case interrupted(Int32)
  }

  private let settings: Settings
  private let group: LearnerGroup
  private let measurer: Measurer
  private let format: MetricsFormat
  private let interruption: Interruption
  private let steps: Int
  private var progress: ProgressBar

  init(
    experiment: Experiment, group: LearnerGroup, format: MetricsFormat, interruption: Interruption
  ) {
    settings = experiment.settings
    self.group = group
    self.format = format
    self.interruption = interruption
    measurer = Measurer(dataset: experiment.dataset, kernels: group.kernels)
    steps = settings.run.stepCount(
      examples: experiment.dataset.trainingExamples.count, batch: settings.experiment.batch)
    progress = ProgressBar(
      total: steps, isShown: StandardError.isTerminal && isatty(STDOUT_FILENO) == 0)
  }

  /// Trains to the end.
  ///
  /// - Returns: why it ended.
  mutating func run() throws(CommandFailure) -> End {
    var output = OutputStream.standardOutput()
    var metrics = TrainingMetrics(of: group, measurer: measurer)
    if let header = format.header(for: metrics) { try output.writeLine(header) }
    try output.writeLine(format.line(metrics))
    try output.flush()
    var end = End.done
    loop: while group.step < steps, !isReached(metrics) {
      let goal = min(steps, (group.step / settings.run.every + 1) * settings.run.every)
      while group.step < goal {
        do {
          try group.advance(steps: min(64, goal - group.step))
        } catch {
          end = .notFinite(error)
          break
        }
        if let signal = interruption.signal {
          end = .interrupted(signal)
          break
        }
        progress.show(group.step)
      }
      if group.step > metrics.step {
        metrics = TrainingMetrics(of: group, measurer: measurer)
        try output.writeLine(format.line(metrics))
        try output.flush()
      }
      if case .done = end { continue }
      break loop
    }
    progress.clear()
    return end
  }

  private func isReached(_ metrics: TrainingMetrics) -> Bool {
    if let loss = settings.run.untilLoss, let test = metrics.test?.loss, test <= loss {
      return true
    }
    if let accuracy = settings.run.untilAccuracy, let test = metrics.test?.accuracy,
      test >= accuracy
    {
      return true
    }
    return false
  }
}
