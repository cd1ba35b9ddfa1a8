public import DropoutEngine
import DropoutMeasure

/// A training that a person steers, with the snapshot that shows it; it knows no threads and no
/// clock.
///
/// ``TrainingThread`` drives one live; the snapshot command and tests drive one step by step. It
/// belongs to one thread.
public final class SteeredTraining {
  /// The state that a person sees: its measured parts are as old as the last ``measure()``.
  public internal(set) var snapshot: TrainingSnapshot
  /// The run: the learners where they stand, and all that they came by.
  public internal(set) var timeline: Timeline
  let kernels: KernelPath
  let load: ExperimentLoader
  /// The most parameters of a network that is measured as soon as it starts; nil sets no bound.
  let measuredAtStart: Int?
  var loaded: LoadedExperiment
  var parts: SnapshotParts
  /// The example of the minibatch that is watched.
  var row = 0
  /// Whether the person chose it; else it is one whose sums say something, or, where several
  /// learners mask nothing, the first one.
  var isRowChosen = false
  var subject = MeasuredSubject.live
  /// The example that is watched until a person chooses one.
  var telling = TellingExample.sums
  /// The network before the step that is watched.
  var watchedState: NetworkState
  /// The number of updates at which training pauses; nil is never.
  var pauseStep: Int?
  /// The experiment that was put aside for a lesson; nil where none was.
  var aside: ExperimentAside?

  /// Whether training stops at the last good step where the loss leaves its range, or a value is
  /// not finite.
  ///
  /// That is for a person who can go on in spite of it; pictures show the step that they name.
  public var stopsOutOfRange = false
  /// Whether a person goes on in spite of what breaks it.
  var goesOnOutOfRange = false

  /// Starts an experiment: builds the network and measures it once.
  ///
  /// - Parameters:
  ///   - experiment: the experiment to train.
  ///   - kernels: the path of the arithmetic.
  ///   - measuredAtStart: the most parameters of a network that is measured at once; a larger one
  ///     starts with its evidence alone, and its measurements are pending. Nil measures all.
  ///   - replaying: told how far it is, where a run is gone on with.
  ///   - load: reads the data of another experiment when the person starts one.
  /// - Throws: `ConfigurationError` where configuration, data and weights do not fit,
  ///   `NotFiniteError` where even the first step has a value that is not finite.
  public init(
    _ experiment: LoadedExperiment, kernels: KernelPath = .best, measuredAtStart: Int? = nil,
    replaying: @escaping @Sendable (TimelineProgress) -> Void = { _ in },
    load: @escaping ExperimentLoader
  ) throws {
    self.kernels = kernels
    self.load = load
    self.measuredAtStart = measuredAtStart
    loaded = experiment
    let learners = try LearnerGroup(
      configuration: experiment.configuration, dataset: experiment.dataset,
      initial: experiment.initial, kernels: kernels)
    parts = SnapshotParts(dataset: experiment.dataset, kernels: kernels)
    if let course = experiment.course {
      timeline = Timeline(
        learners, from: experiment.configuration, initial: experiment.initial,
        branches: course.branches, current: course.position.branch)
      var replay = CurveReplay(timeline, parts, isBounded: measuredAtStart != nil, tell: replaying)
      parts.curves = BranchCurves(try replay.curves(of: course))
    } else {
      timeline = Timeline(learners, from: experiment.configuration, initial: experiment.initial)
    }
    snapshot = try SteeredTraining.start(
      experiment, timeline, parts, as: .first, measuredAtStart: measuredAtStart)
    parts.show(curvesOf: timeline.branch.number, in: &snapshot.measured)
    watchedState = timeline.group.learners[0].state
    row = snapshot.watched.value.row
  }

  /// The learners, where they stand.
  public var group: LearnerGroup { timeline.group }

  /// The first snapshot of an experiment, measured where its network is not too large.
  static func start(
    _ experiment: LoadedExperiment, _ timeline: Timeline, _ parts: SnapshotParts,
    as identity: ExperimentIdentity, measuredAtStart: Int?
  ) throws(NotFiniteError) -> TrainingSnapshot {
    let group = timeline.group
    let states = group.states
    let state = states[0]
    let run = TimelineOutline(timeline)
    let networks = MeasuredNetworks(
      generation: 0, states: states, learner: 0, run: run, minibatchLoss: .nan)
    let evidence = try group.learners[0].evidence()
    var snapshot = TrainingSnapshot(
      experiment: identity, initialConfiguration: experiment.configuration,
      initial: experiment.initial,
      settings: group.configuration, journal: group.journal, generation: 0,
      counterfactualGeneration: 0, handledCommands: 0, notice: nil, dataset: experiment.dataset,
      summary: DatasetSummary(of: experiment.dataset), step: group.step, epoch: group.epoch,
      stepsPerSecond: 0, isRunning: false, notFinite: nil, interventions: group.interventions,
      learner: 0,
      watched: networks.measured(
        parts.watched(
          evidence, row: states.count > 1 ? 0 : evidence.row(of: .sums), state: state)),
      measured: SnapshotMeasurements(outputs: group.shape.outputs),
      timeline: run, dataFingerprint: experiment.dataset.fingerprint,
      fingerprint: group.fingerprint)
    if measuredAtStart.map({ state.parameterCount * states.count <= $0 }) ?? true {
      parts.measure(networks, into: &snapshot.measured)
    }
    return snapshot
  }

  /// Takes a snapshot before each learner of a new experiment is made.
  package var whilePreparing: ((TrainingSnapshot) -> Void)?
  /// Is told how far a journey through the run is; false calls it off.
  package var whileTravelling: ((TimelineProgress) -> Bool)?
  /// The points of the curves before a lesson begins.
  package var lessonPoints = 40

  /// Carries out a command; what it cannot do it says in the snapshot's notice.
  public func perform(_ command: TrainingCommand) {
    snapshot.handledCommands += 1
    // A command for another experiment has no effect on this one.
    if let start = command.experiment, start != snapshot.experiment.start { return }
    switch command {
    case .run(let isRunning):
      snapshot.isRunning = isRunning
      if isRunning { goOnOutOfRange() }
    case .step:
      goOnOutOfRange()
      snapshot.isRunning = false
      advance(steps: 1)
      showNextStep()
    case .speed: break
    case .pauseAt(let step): pauseStep = step
    case .change(let change, of: _): apply(change)
    case .watch(let offset, let isChoice, of: _):
      let watched = snapshot.watched.value
      let rows = watched.evidence.examples.count
      row = ((watched.row + offset) % rows + rows) % rows
      isRowChosen = isRowChosen || isChoice
      showNextStep(keepsRow: true)
    case .drawLearner(let offset, of: _): drawLearner(offset: offset)
    case .look(let subject, of: _): look(at: subject)
    case .adopt(let handover): adopt(handover)
    case .travel(let destination, of: _): travel(to: destination)
    case .callOff: break
    case .nameBranch(let number, let name, of: _): nameBranch(number, name)
    case .removeBranch(let number, of: _): removeBranch(number)
    case .startAnew(let configuration): startAnew(configuration)
    case .setAside(let configuration, let steps): setAside(for: configuration, steps: steps)
    case .bringBack: bringBack()
    }
  }

  /// Looks at another subject, and watches an example for it.
  private func look(at subject: MeasuredSubject) {
    self.subject = subject
    // Where something lies over a view, the example of the view stays.
    guard !subject.liesOverView, telling != subject.telling else { return }
    telling = subject.telling
    showNextStep()
  }

  /// The networks as they stand, to be measured for the live view.
  package func measurementRequest() -> LiveMeasurements.Request {
    LiveMeasurements.Request(
      experiment: snapshot.experiment, dataset: loaded.dataset, networks: takeNetworks())
  }

  /// The networks as they stand, with the loss of the minibatches since they were asked for last.
  private func takeNetworks() -> MeasuredNetworks {
    let minibatches = group.minibatchCount
    return MeasuredNetworks(
      generation: snapshot.generation, states: group.states, learner: snapshot.learner,
      run: TimelineOutline(timeline), minibatchLoss: group.takeMinibatchLoss() ?? .nan,
      minibatches: minibatches)
  }

  /// The request to measure the subject that is looked at; nil where the live view needs no more.
  package var subjectRequest: SubjectRequest? {
    guard subject != .live else { return nil }
    return SubjectRequest(
      experiment: snapshot.experiment, subject: subject, dataset: loaded.dataset,
      watched: snapshot.watched, state: watchedState)
  }

  /// Measures the subject that is looked at now.
  public func measureSubject() {
    // Where something lies over a view, the subject of the view stays.
    if !subject.liesOverView { snapshot.close.subject = nil }
    guard let request = subjectRequest else { return }
    request.subject.measure(request, with: parts.tools, progress: { _ in true }) {
      snapshot.close.take($0, of: request)
    }
  }

  /// The moment of a measurement for the live view: another one of this moment would give the same.
  var measuredMoment: MeasuredMoment {
    MeasuredMoment(
      experiment: snapshot.experiment, step: group.step, generation: snapshot.generation)
  }

  /// The learner that is drawn.
  private var drawn: Trainer { group.learners[snapshot.learner] }

  /// Draws another learner; the evidence, and what is measured of one learner alone, become that
  /// one's.
  private func drawLearner(offset: Int) {
    let count = group.learners.count
    guard count > 1 else { return }
    snapshot.learner = ((snapshot.learner + offset) % count + count) % count
    snapshot.generation += 1
    (row, isRowChosen) = (0, false)
    showNextStep()
  }

  /// Takes steps, fewer where training pauses on the way: at a value that is not finite, or where
  /// it was asked to.
  public func advance(steps: Int) {
    let room = pauseStep.map { max(0, $0 - group.step) }
    do {
      if stopsOutOfRange, !goesOnOutOfRange {
        if let breakdown = try timeline.advanceWithinRange(steps: min(steps, room ?? steps)) {
          return stop(at: breakdown)
        }
      } else {
        try timeline.advance(steps: min(steps, room ?? steps))
      }
      snapshot.notFinite = nil
    } catch {
      snapshot.notFinite = error
      snapshot.isRunning = false
    }
    if let pauseStep, group.step >= pauseStep { snapshot.isRunning = false }
    snapshot.step = group.step
    snapshot.epoch = group.epoch
    noteChanges()
  }

  /// Trains up to a step and measures on the way, so that curves have about that many points.
  ///
  /// The subject that is looked at has no curve: it is measured at the end only.
  public func train(to step: Int, points: Int) {
    train(to: step, points: points) { _ in true }
    measureSubject()
  }

  /// Trains up to a step and measures on the way; `tell` is told each step that it got to, and ends
  /// it by returning false.
  func train(to step: Int, points: Int, tell: (Int) -> Bool) {
    let every = max(1, (step - group.step) / max(1, points))
    snapshot.isRunning = true
    while group.step < step, snapshot.isRunning {
      advance(steps: min(every, step - group.step))
      measureLiveView()
      guard tell(group.step) else { break }
    }
    snapshot.isRunning = false
  }

  /// Makes the evidence that is drawn that of the step which comes next.
  ///
  /// Where that step is not finite, the evidence stays that of the last one that was.
  ///
  /// - Parameter keepsRow: whether the same example of the minibatch is watched, whoever chose it.
  public func showNextStep(keepsRow: Bool = false) {
    snapshot.timeline = TimelineOutline(timeline)
    snapshot.fingerprint = group.fingerprint
    do {
      let evidence = try drawn.evidence()
      row =
        keepsRow || isRowChosen || group.learners.count > 1
        ? min(row, evidence.examples.count - 1)
        : evidence.row(of: telling)
      watchedState = drawn.state
      snapshot.watched = measured(parts.watched(evidence, row: row, state: watchedState))
      snapshot.notFinite = nil
    } catch {
      if snapshot.isRunning, stopsOutOfRange, !goesOnOutOfRange {
        // Training meets the same in this step, and goes back to the last good one.
        advance(steps: 1)
        guard snapshot.isRunning else { return }
      }
      // The cause is the one that was measured when it broke, whatever was changed since.
      let stop = timeline.branch.stop
      snapshot.notFinite = stop?.step == error.step ? stop : error
      snapshot.isRunning = false
    }
  }

  /// Measures all parts now, and notes a point of the curves.
  public func measure() {
    measureLiveView()
    measureSubject()
  }

  /// Measures all parts but the subject that is looked at, and notes a point of the curves.
  private func measureLiveView() {
    showNextStep()
    parts.measure(takeNetworks(), into: &snapshot.measured)
  }

  func measured<Value>(_ value: Value) -> Measured<Value> {
    Measured(step: group.step, generation: snapshot.generation, value: value)
  }

  func say(_ text: String) {
    snapshot.notice = TrainingNotice(command: snapshot.handledCommands, text: text)
  }
}
