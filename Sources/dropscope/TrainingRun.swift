import DropoutEngine
import DropoutMeasure
import ExperimentFiles

/// A training that writes lines of metrics.
struct TrainingRun {
  /// The end of a training.
  ///
  /// In each case the last line is written and the weights are good.
  enum End {
    /// All steps are done, or a limit is reached.
    case done
    /// The next step would not be finite.
    case notFinite(NotFiniteError)
    /// A signal came.
    case interrupted(Int32)
  }

  private let settings: Settings
  private let group: LearnerGroup
  private let start: RunStart
  private let lines: MetricsLines
  private let interruption: Interruption
  private let steps: Int
  private var divergence: DivergenceSchedule
  private var progress: ProgressBar

  init(
    experiment: Experiment, from start: RunStart, scope: MetricsScope, format: MetricsFormat,
    interruption: Interruption, activity: ActivityLine
  ) {
    settings = experiment.settings
    let group = start.group
    self.group = group
    self.start = start
    self.interruption = interruption
    divergence = DivergenceSchedule(scope, of: group)
    lines = MetricsLines(
      of: group, scope: scope, format: format, threads: ThisProcess.processorCount,
      activity: activity)
    steps = start.lastStep(of: experiment)
    progress = ProgressBar(
      total: steps, isShown: StandardError.isTerminal && !OutputStream.isTerminal)
  }

  /// Trains to the end, and writes all lines.
  ///
  /// - Returns: the reason for the end.
  mutating func run() throws -> End {
    var end = End.done
    var written = group.step
    try writeLine(isLast: steps == written)
    loop: while group.step < steps, try !isReached() {
      let goal = min(steps, (group.step / settings.run.every + 1) * settings.run.every)
      while group.step < goal {
        do {
          try start.advance(steps: min(64, goal - group.step))
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
      if group.step > written {
        let isLast = if case .done = end { group.step == steps } else { true }
        try writeLine(isLast: isLast)
        written = group.step
      }
      if case .done = end { continue }
      break loop
    }
    try lines.finish()
    progress.clear()
    return end
  }

  private mutating func writeLine(isLast: Bool) throws {
    let measuresDivergence = divergence.isDue(at: group.step, isLast: isLast)
    try lines.write(group.takeMoment(), measuresDivergence: measuresDivergence)
  }

  /// Whether the newest line reaches a limit.
  ///
  /// Training waits for that line only where there is one.
  private func isReached() throws -> Bool {
    guard settings.run.untilLoss != nil || settings.run.untilAccuracy != nil,
      let test = try lines.newest()?.test
    else { return false }
    if let loss = settings.run.untilLoss, test.loss <= loss { return true }
    if let wanted = settings.run.untilAccuracy, let accuracy = test.accuracy, accuracy >= wanted {
      return true
    }
    return false
  }
}
