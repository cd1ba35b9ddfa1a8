import DropoutEngine
import Sessions

/// The learners of a run where it starts: at step 0, or where a session stood.
struct RunStart {
  let group: LearnerGroup
  /// The run that a session goes on with; nil where it starts at step 0.
  let timeline: Timeline?
  /// The step at which it starts.
  let firstStep: Int

  /// Makes the learners, and goes to where the session stood.
  ///
  /// - Throws: a failure where the learners cannot be made, where the session's place is not
  ///   reached, or where the weights there are not those of the session.
  init(
    _ experiment: Experiment, _ resumed: ResumedSession?, kernels: KernelPath,
    interruption: Interruption? = nil, activity: ActivityLine
  ) throws(CommandFailure) {
    group = try experiment.group(kernels: kernels, saying: activity.begin)
    activity.end()
    guard let resumed else {
      (timeline, firstStep) = (nil, 0)
      return
    }
    let session = resumed.session
    let timeline = Timeline(
      group, from: experiment.settings.experiment, initial: experiment.initial,
      branches: session.branches, current: session.position.branch)
    try RunStart.travel(
      timeline, to: session.position, title: resumed.title, interruption: interruption,
      activity: activity)
    try resumed.checkWeights(of: timeline)
    (self.timeline, firstStep) = (timeline, group.step)
  }

  /// The step at which a run of this length ends: its steps and epochs count from the start.
  func lastStep(of experiment: Experiment) -> Int {
    firstStep
      + experiment.settings.run.stepCount(
        examples: experiment.dataset.trainingExamples.count, batch: group.configuration.batch)
  }

  /// Takes steps, with the changes that were made on the session's branch.
  func advance(steps: Int) throws(NotFiniteError) {
    if let timeline { try timeline.advance(steps: steps) } else { try group.advance(steps: steps) }
  }

  /// Goes to a step of the session's branch.
  ///
  /// - Precondition: there is a session.
  func travel(to step: Int, activity: ActivityLine) throws {
    guard let timeline else { preconditionFailure("step \(step) of no session") }
    guard step != group.step else { return }
    try RunStart.travel(
      timeline,
      to: TimelinePosition(
        branch: timeline.branch.number, step: step,
        changes: timeline.branch.journal.count(through: step)),
      title: "step \(step)", interruption: nil, activity: activity)
  }

  private static func travel(
    _ timeline: Timeline, to position: TimelinePosition, title: String,
    interruption: Interruption?, activity: ActivityLine
  ) throws(CommandFailure) {
    var progress = ProgressBar(
      total: position.step, noun: ReplayBar.noun, title: title, isShown: activity.isShown)
    let arrival = timeline.travel(to: position) { step in
      progress.show(step)
      return interruption?.signal == nil
    }
    progress.clear()
    switch arrival {
    case .arrived: return
    case .stopped(let error):
      throw .notFinite("\(title): \(error.description)")
    case .calledOff: throw .interrupted(signal: interruption?.signal ?? 0)
    }
  }
}
