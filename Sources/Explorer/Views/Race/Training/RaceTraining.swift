import Dispatch
public import DropoutEngine
import Sessions
import Threads

/// A race: several trainings in lockstep, on as many cores as there are.
///
/// It knows no clock. All runners have the same data, minibatches, start and masks; each has its
/// own parameters where a person changes one. Each runner is worked on by one thread at a time and
/// shares nothing with the others, so the bits do not depend on the cores.
public final class RaceTraining: Sendable {
  struct State: Sendable {
    var snapshot = RaceSnapshot(
      identity: nil, handledCommands: 0, step: 0, stepsPerSecond: 0, isRunning: false, lanes: [],
      twinDistance: nil, notice: nil)
    var map: LockstepMap?
    /// The most steps that the runners have taken.
    var reached = 0
    /// The weights that the runners started from; nil where these were drawn.
    var initial: [NetworkParameters]?
    /// The changes that a person made in this race, also those that are undone, in the order of
    /// making.
    var changes: [SavedRace.Change] = []
  }

  final class Slot: Sendable {
    let lane: Guarded<RaceLane>

    init(_ lane: sending RaceLane) { self.lane = Guarded(lane) }
  }

  let experiment: ExperimentIdentity
  let dataset: Dataset
  /// The weights that runners start from; nil where these are drawn.
  let initial: [NetworkParameters]?
  let kernels: KernelPath
  let allowedMemory: Int?
  let slots = Guarded<[Slot]>([])
  let state = Guarded(State())

  /// Creates a race without runners on the data of the experiment that a snapshot shows, from its
  /// weights.
  ///
  /// - Parameters:
  ///   - snapshot: the state that the person sees.
  ///   - allowedMemory: the bytes that race and experiment may take together; nil where nobody
  ///     knows.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  public convenience init(
    on snapshot: TrainingSnapshot, allowedMemory: Int? = nil, kernels: KernelPath = .best
  ) {
    let live = MemoryNeed(of: snapshot.configuration, dataset: snapshot.dataset, for: .evidence)
    self.init(
      of: snapshot.experiment, dataset: snapshot.dataset, initial: snapshot.initial,
      allowedMemory: allowedMemory.map { $0 - live.total }, kernels: kernels)
  }

  /// Creates a race without runners on a dataset.
  ///
  /// - Parameters:
  ///   - experiment: the experiment whose dataset it is.
  ///   - dataset: the dataset that is trained on.
  ///   - initial: weights to start from instead of random ones, for each learner; runners with
  ///     another number of learners draw theirs.
  ///   - allowedMemory: the bytes that the runners may take, the dataset left out; nil where nobody
  ///     knows.
  ///   - kernels: the path of the arithmetic; all give the same bits.
  public init(
    of experiment: ExperimentIdentity, dataset: Dataset, initial: [NetworkParameters]? = nil,
    allowedMemory: Int? = nil, kernels: KernelPath = .best
  ) {
    self.experiment = experiment
    self.allowedMemory = allowedMemory
    self.dataset = dataset
    self.initial = initial
    self.kernels = kernels
  }

  /// The state that a person sees.
  public var snapshot: RaceSnapshot { state.withLock { $0.snapshot } }

  /// The points of the curves on the way to a step that is gone to at once.
  private static let fewPoints = 40

  /// Carries out a command; the snapshot's notice says why where it cannot.
  public func perform(_ command: RaceCommand) {
    state.withLock { $0.snapshot.handledCommands += 1 }
    switch command {
    case .start(let start): self.start(start)
    case .run(let isRunning): state.withLock { $0.snapshot.isRunning = isRunning }
    case .step:
      state.withLock { $0.snapshot.isRunning = false }
      advance(steps: 1)
    case .travel(let destination): travel(to: destination)
    case .train(let step) where step < snapshot.step: travel(to: .step(step))
    case .train(let step):
      state.withLock { $0.snapshot.isRunning = false }
      // A race without runners never gets anywhere.
      if !slots.withLock({ $0.isEmpty }) { train(to: step, points: RaceTraining.fewPoints) }
    case .speed: break
    case .change(let name, let values, of: let race):
      guard race == snapshot.identity else { return }
      change(name, values)
    }
  }

  /// Says something to the person, as an answer to the last command.
  func say(_ text: String) {
    state.withLock { state in
      state.snapshot.notice = TrainingNotice(command: state.snapshot.handledCommands, text: text)
    }
  }

  /// Takes every runner on by a number of steps, on as many cores as there are.
  public func advance(steps: Int) {
    let slots = slots.withLock { $0 }
    guard !slots.isEmpty else { return }
    let start = snapshot.step
    let stages = RaceStages(lanes: slots.count, steps: steps)
    DispatchQueue.concurrentPerform(iterations: slots.count) { _ in
      while let stage = stages.begin() {
        slots[stage.lane].lane.withLock { lane in
          lane.advance(to: start + stage.goal, by: stage.steps)
        }
        stages.end(stage)
      }
    }
    state.withLock { state in
      state.snapshot.step = start + steps
      state.reached = max(state.reached, start + steps)
    }
  }

  /// Measures all runners now, and notes a point of each curve.
  public func measure() {
    let slots = slots.withLock { $0 }
    let measured = Guarded<[LaneSnapshot?]>(Array(repeating: nil, count: slots.count))
    DispatchQueue.concurrentPerform(iterations: slots.count) { index in
      let lane = slots[index].lane.withLock { $0.measure() }
      measured.withLock { $0[index] = lane }
    }
    let lanes = measured.withLock { $0.compactMap { $0 } }
    let distance = twinDistance(slots)
    let course = course(slots)
    state.withLock { state in
      state.snapshot.lanes = lanes
      state.snapshot.twinDistance = distance
      state.snapshot.course = course
    }
  }

  private func twinDistance(_ slots: [Slot]) -> Double? {
    guard let map = state.withLock({ $0.map }), slots.count == 2 else { return nil }
    let parameters = slots.map { $0.lane.withLock { $0.group.parameters[0] } }
    return map.distance(classic: parameters[0], inverted: parameters[1])
  }

  /// Trains up to a step and measures on the way, so that the curves have about that many points;
  /// then it is paused.
  public func train(to step: Int, points: Int) {
    let every = max(1, (step - snapshot.step) / max(1, points))
    while snapshot.step < step {
      advance(steps: min(every, step - snapshot.step))
      measure()
    }
    state.withLock { $0.snapshot.isRunning = false }
  }

  /// A runner of a race as it stands, for a training that goes on from there; nil where another
  /// race stands by now.
  public func handover(of lane: Int, in race: RaceIdentity) -> TrainingHandover? {
    guard race == snapshot.identity else { return nil }
    let slots = slots.withLock { $0 }
    guard slots.indices.contains(lane) else { return nil }
    return slots[lane].lane.withLock { $0.handover(of: race.experiment) }
  }

  /// Notes how fast it runs.
  func note(stepsPerSecond: Double) {
    state.withLock { $0.snapshot.stepsPerSecond = stepsPerSecond }
  }
}

extension RaceTraining: PacedTraining {
  var pacedStep: Int { state.withLock { $0.snapshot.step } }
  var isPacedOn: Bool { state.withLock { $0.snapshot.isRunning } }
}
