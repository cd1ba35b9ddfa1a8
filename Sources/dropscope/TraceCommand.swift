import ArgumentParser
import DropoutEngine
import ExperimentFiles

/// `dropscope trace`: the whole evidence of chosen steps as lines of JSON.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: """
      Write the whole evidence of chosen steps, one JSON object on each line, for another program \
      to check.
      """)

  @Option(
    help: ArgumentHelp(
      """
      The first step to write; 0 is the first update. Default: 0, or where the session stands.
      """,
      valueName: "STEP"))
  var at: Int?

  @Option(help: ArgumentHelp("The number of steps to write.", valueName: "COUNT"))
  var count = 1

  @Option(
    help: ArgumentHelp(
      """
      The learner whose steps are written, counted from 0; random-subspace and bagging have several.
      """,
      valueName: "LEARNER"))
  var learner = 0

  @OptionGroup(title: "Session") var resume: ResumeOptions
  @OptionGroup var experiment: ExperimentOptions

  func validate() throws {
    let steps = ParameterTable.stepRange
    let at = at ?? 0
    guard steps.contains(at) else {
      throw ValidationError("--at is \(at): it takes a step, 0 to \(steps.upperBound).")
    }
    // Compared with the rest of the range, since a sum could overflow.
    let most = steps.upperBound - at + 1
    guard (1...most).contains(count) else {
      throw ValidationError(
        "--count is \(count): it takes 1 to \(most)"
          + (at == 0 ? "." : ", since it starts at step \(at) (--at).")
          + " The last step there can be is \(steps.upperBound).")
    }
  }

  func run() throws {
    let activity = ActivityLine()
    defer { activity.end() }
    let (experiment, resumed) = try resume.load(
      experiment.assignments, for: resume.isGiven ? .evidence : .trace, saying: activity.begin)
    if let resumed { return try write(experiment, resumed, activity: activity) }
    let at = at ?? 0
    activity.begin("preparing the learner")
    let trainer = try experiment.trainer(
      learner: learner, kernels: .chosen(ThisProcess.environment))
    activity.end()
    experiment.announce("trace")
    var progress = ProgressBar(total: at, isShown: activity.isShown)
    defer { progress.clear() }
    var output = OutputStream.standardOutput()
    do {
      while trainer.step < at {
        progress.show(trainer.step)
        try trainer.advance(steps: min(64, at - trainer.step))
      }
      progress.clear()
      for _ in 0..<count {
        try TraceLine.write(try trainer.advanceWithEvidence()) { try output.write($0) }
      }
    } catch let error as NotFiniteError {
      try output.flush()
      throw CommandFailure(error)
    }
    try output.flush()
  }

  /// Writes steps of a session's branch, with the changes that were made on it.
  private func write(
    _ experiment: Experiment, _ resumed: ResumedSession, activity: ActivityLine
  ) throws {
    let learners = experiment.settings.experiment.learnerCount
    guard (0..<learners).contains(learner) else {
      throw Experiment.noLearner(learner, of: experiment.settings.experiment)
    }
    var given = self.experiment.assignments
    if let at { given.append(("at", "\(at)")) }
    if count != 1 { given.append(("count", "\(count)")) }
    if learner != 0 { given.append(("learner", "\(learner)")) }
    experiment.announce("trace", from: resumed, given)
    let start = try RunStart(
      experiment, resumed, kernels: .chosen(ThisProcess.environment), activity: activity)
    var output = OutputStream.standardOutput()
    do {
      try start.travel(to: at ?? start.group.step, activity: activity)
      for _ in 0..<count {
        try TraceLine.write(try start.group.learners[learner].evidence()) { try output.write($0) }
        try start.advance(steps: 1)
      }
    } catch let error as NotFiniteError {
      try output.flush()
      throw CommandFailure(error)
    }
    try output.flush()
  }
}
