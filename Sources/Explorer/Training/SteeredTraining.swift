public import DropoutEngine
import DropoutMeasure

/// A training that a person steers, with the snapshot that shows it; it knows no threads and no clock.
///
/// ``TrainingThread`` drives one live; the snapshot command and tests drive one step by step. It belongs to one
/// thread.
public final class SteeredTraining {
  /// What a person sees: its measured parts are as old as the last ``measure()``.
  public private(set) var snapshot: TrainingSnapshot
  /// The learners.
  public private(set) var group: LearnerGroup
  private let kernels: KernelPath
  private let load: ExperimentLoader
  /// The most parameters of a network that is measured as soon as it starts; nil sets no bound.
  private let measuredAtStart: Int?
  private var loaded: LoadedExperiment
  private var parts: SnapshotParts
  private var curves = CurveRecorder()
  private var row = 0
  private var subject = MeasuredSubject.live
  /// The network before the step that is watched.
  private var watchedState: NetworkState
  /// The number of updates at which training pauses; nil is never.
  private(set) var pauseStep: Int?

  /// Starts an experiment: builds the network and measures it once.
  ///
  /// - Parameters:
  ///   - experiment: what to train.
  ///   - kernels: the path of the arithmetic.
  ///   - measuredAtStart: the most parameters of a network that is measured at once; a larger one starts with its
  ///     evidence alone, and its measurements are pending. Nil measures all.
  ///   - load: reads the data of another experiment, when the person starts anew with one.
  /// - Throws: `ConfigurationError` where configuration, data and weights do not fit, `NotFiniteError` where even
  ///   the first step has a value that is not finite.
  public init(
    _ experiment: LoadedExperiment, kernels: KernelPath = .best, measuredAtStart: Int? = nil,
    load: @escaping ExperimentLoader
  ) throws {
    self.kernels = kernels
    self.load = load
    self.measuredAtStart = measuredAtStart
    loaded = experiment
    (group, parts, snapshot) = try SteeredTraining.start(
      experiment, kernels: kernels, number: 1, measuredAtStart: measuredAtStart)
    watchedState = group.learners[0].state
    recordFirstPoint()
  }

  private static func start(
    _ experiment: LoadedExperiment, kernels: KernelPath, number: Int, measuredAtStart: Int?
  ) throws -> (LearnerGroup, SnapshotParts, TrainingSnapshot) {
    let group = try LearnerGroup(
      configuration: experiment.configuration, dataset: experiment.dataset,
      initial: experiment.initial, kernels: kernels)
    let parts = SnapshotParts(dataset: experiment.dataset, kernels: kernels)
    let states = group.states
    let state = states[0]
    func measured<Value>(_ value: Value, generation: Int = 0) -> Measured<Value> {
      Measured(step: 0, generation: generation, value: value)
    }
    var snapshot = TrainingSnapshot(
      experiment: number, initialConfiguration: experiment.configuration,
      initial: experiment.initial,
      configuration: experiment.configuration, journal: Journal(), generation: 0,
      counterfactualGeneration: 0, handledCommands: 0, notice: nil, dataset: experiment.dataset,
      summary: DatasetSummary(of: experiment.dataset), step: 0, epoch: 0, stepsPerSecond: 0,
      isRunning: false, notFinite: nil, interventions: [:], learner: 0,
      watched: measured(
        parts.watched(try group.learners[0].evidence(), row: 0, state: state)),
      divergence: measured([], generation: -1),
      counterfactual: measured(Counterfactual(), generation: -1),
      examples: measured(ExampleOutputs.none(of: group.shape.outputs), generation: -1),
      maps: nil, subject: nil, variants: nil, progress: nil, curves: [], marks: [])
    if measuredAtStart.map({ state.parameterCount * states.count <= $0 }) ?? true {
      snapshot.divergence = measured(parts.divergence(state))
      snapshot.counterfactual = measured(parts.counterfactual(states))
      snapshot.examples = measured(parts.examples(states))
      snapshot.maps = parts.maps(states).map { measured($0) }
    }
    return (group, parts, snapshot)
  }

  /// Carries out a command; what it cannot do it says in the snapshot's notice.
  public func perform(_ command: TrainingCommand) {
    snapshot.handledCommands += 1
    switch command {
    case .run(let isRunning): snapshot.isRunning = isRunning
    case .step:
      snapshot.isRunning = false
      advance(steps: 1)
      showNextStep()
    case .speed: break
    case .pauseAt(let step): pauseStep = step
    case .change(let change): apply(change)
    case .watch(let offset):
      let rows = snapshot.watched.value.evidence.examples.count
      row = ((row + offset) % rows + rows) % rows
      showNextStep()
    case .drawLearner(let offset): drawLearner(offset: offset)
    case .look(let subject): self.subject = subject
    case .adopt(let handover): adopt(handover)
    case .startAnew(let configuration): startAnew(configuration)
    }
  }

  /// What is to be measured of the subject that is looked at; nil where the live view needs no more.
  var subjectRequest: SubjectRequest? {
    guard subject != .live else { return nil }
    return SubjectRequest(
      experiment: snapshot.experiment, subject: subject, dataset: loaded.dataset,
      watched: snapshot.watched, state: watchedState)
  }

  /// Measures the subject that is looked at now.
  public func measureSubject() {
    // The list of variants lies over a view, whose own subject stays.
    if subject != .variants { snapshot.subject = nil }
    guard let request = subjectRequest else { return }
    parts.subject(request, progress: { _ in true }) { snapshot.take($0, of: request) }
  }

  /// The learner that is drawn.
  private var drawn: Trainer { group.learners[snapshot.learner] }

  /// Draws another learner; the evidence, and what is measured of one learner alone, become that one's.
  private func drawLearner(offset: Int) {
    let count = group.learners.count
    guard count > 1 else { return }
    snapshot.learner = ((snapshot.learner + offset) % count + count) % count
    snapshot.generation += 1
    row = 0
    showNextStep()
  }

  /// Takes steps, fewer where training pauses on the way: at a value that is not finite, or where it was asked to.
  public func advance(steps: Int) {
    let room = pauseStep.map { max(0, $0 - group.step) }
    do {
      try group.advance(steps: min(steps, room ?? steps))
      snapshot.notFinite = nil
    } catch {
      snapshot.notFinite = error
      snapshot.isRunning = false
    }
    if let pauseStep, group.step >= pauseStep { snapshot.isRunning = false }
    snapshot.step = group.step
    snapshot.epoch = group.epoch
  }

  /// Trains up to a step and measures on the way, so that the curves have about so many points.
  public func train(to step: Int, points: Int) {
    let every = max(1, (step - group.step) / max(1, points))
    snapshot.isRunning = true
    while group.step < step, snapshot.isRunning {
      advance(steps: min(every, step - group.step))
      measure()
    }
    snapshot.isRunning = false
  }

  /// Makes the evidence that is drawn that of the step which comes next.
  ///
  /// Where that step is not finite, the evidence stays that of the last one that was.
  public func showNextStep() {
    do {
      let evidence = try drawn.evidence()
      row = min(row, evidence.examples.count - 1)
      watchedState = drawn.state
      snapshot.watched = measured(parts.watched(evidence, row: row, state: watchedState))
      snapshot.notFinite = nil
    } catch {
      snapshot.notFinite = error
      snapshot.isRunning = false
    }
  }

  /// Measures all parts now, and notes a point of the curves.
  public func measure() {
    showNextStep()
    let states = group.states
    snapshot.divergence = measured(parts.divergence(states[snapshot.learner]))
    snapshot.counterfactual = measured(parts.counterfactual(states))
    snapshot.examples = measured(parts.examples(states))
    snapshot.maps = parts.maps(states).map { measured($0) }
    measureSubject()
    recordPoint(minibatchLoss: group.takeMinibatchLoss() ?? .nan)
  }

  private func measured<Value>(_ value: Value) -> Measured<Value> {
    Measured(step: group.step, generation: snapshot.generation, value: value)
  }

  /// Notes the first point of the curves, where the network was measured as it started.
  private func recordFirstPoint() {
    guard snapshot.isCurrent(snapshot.counterfactual) else { return }
    recordPoint(minibatchLoss: .nan)
  }

  private func recordPoint(minibatchLoss: Double) {
    let states = group.states
    curves.append(
      CurvePoint(
        snapshot.counterfactual.value, configuration: group.configuration, step: group.step,
        minibatchLoss: minibatchLoss, trainLoss: parts.trainingLoss(states),
        learnerLosses: parts.learnerLosses(states)))
    snapshot.curves = curves.points
  }

  private func apply(_ change: ExperimentChange) {
    let before = group.configuration
    do {
      try group.apply(change)
    } catch {
      say(error.description)
      return
    }
    snapshot.generation += 1
    snapshot.configuration = group.configuration
    snapshot.journal = group.journal
    snapshot.interventions = group.interventions
    if !group.configuration.testsWeightsLike(before) {
      snapshot.counterfactualGeneration = snapshot.generation
    }
    curves.mark(CurveMark(step: group.step, label: change.label))
    snapshot.marks = curves.marks
    showNextStep()
  }

  private func startAnew(_ configuration: ExperimentConfiguration) {
    do throws(ExperimentLoadError) {
      let next: LoadedExperiment
      if configuration.hasData(of: loaded.configuration) {
        next = LoadedExperiment(
          configuration: configuration, dataset: loaded.dataset, initial: loaded.initial)
      } else {
        next = try load(configuration)
      }
      let handled = snapshot.handledCommands
      let isRunning = snapshot.isRunning
      let number = snapshot.experiment + 1
      do {
        (group, parts, snapshot) = try SteeredTraining.start(
          next, kernels: kernels, number: number, measuredAtStart: measuredAtStart)
      } catch {
        throw ExperimentLoadError("\(error)")
      }
      loaded = next
      row = 0
      watchedState = group.learners[0].state
      snapshot.handledCommands = handled
      snapshot.isRunning = isRunning
      curves = CurveRecorder()
      recordFirstPoint()
    } catch {
      say(error.text)
    }
  }

  /// Goes on where another training of the same data stands: the curves start there.
  private func adopt(_ handover: TrainingHandover) {
    do throws(ConfigurationError) {
      group = try LearnerGroup(
        resuming: handover.checkpoints, dataset: loaded.dataset, kernels: kernels)
    } catch {
      say(error.description)
      return
    }
    loaded.configuration = handover.initialConfiguration
    loaded.initial = handover.initial
    row = 0
    snapshot.experiment += 1
    snapshot.generation += 1
    snapshot.counterfactualGeneration = snapshot.generation
    snapshot.initialConfiguration = handover.initialConfiguration
    snapshot.initial = handover.initial
    snapshot.configuration = group.configuration
    snapshot.journal = group.journal
    snapshot.interventions = group.interventions
    snapshot.learner = 0
    snapshot.notFinite = nil
    snapshot.isRunning = false
    snapshot.step = group.step
    snapshot.epoch = group.epoch
    curves = CurveRecorder()
    snapshot.marks = []
    measure()
  }

  private func say(_ text: String) {
    snapshot.notice = TrainingNotice(command: snapshot.handledCommands, text: text)
  }
}
