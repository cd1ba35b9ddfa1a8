import Dispatch
public import DropoutEngine
import Synchronization

/// A race: several trainings in lockstep, on as many cores as there are.
///
/// It knows no clock. All runners have the same data, minibatches, start and masks; each has its
/// own parameters where a person changes one. Each runner is worked on by one thread at a time and
/// shares nothing with the others, so the bits do not depend on the cores.
public final class RaceTraining: Sendable {
  private struct State: Sendable {
    var snapshot = RaceSnapshot(
      identity: nil, handledCommands: 0, step: 0, stepsPerSecond: 0, isRunning: false, lanes: [],
      twinDistance: nil, notice: nil)
    var map: LockstepMap?
  }

  private final class Slot: Sendable {
    let lane: Mutex<RaceLane>

    init(_ lane: sending RaceLane) { self.lane = Mutex(lane) }
  }

  private let experiment: ExperimentIdentity
  private let dataset: Dataset
  private let initial: [NetworkParameters]?
  private let kernels: KernelPath
  private let allowedMemory: Int?
  private let slots = Mutex<[Slot]>([])
  private let state = Mutex(State())

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

  /// Carries out a command; the snapshot's notice says why where it cannot.
  public func perform(_ command: RaceCommand) {
    state.withLock { $0.snapshot.handledCommands += 1 }
    switch command {
    case .start(let start): self.start(start)
    case .run(let isRunning): state.withLock { $0.snapshot.isRunning = isRunning }
    case .step:
      state.withLock { $0.snapshot.isRunning = false }
      advance(steps: 1)
    case .speed: break
    case .change(let name, let values, of: let race):
      guard race == snapshot.identity else { return }
      change(name, values)
    }
  }

  private func start(_ start: RaceStart) {
    guard start.identity.experiment.hasData(of: experiment) else {
      put([], of: start.identity, twins: nil)
      say("the race is one of other data than these: m starts one on these")
      return
    }
    let entries = start.entries
    var fresh: [Slot] = []
    var map: LockstepMap?
    do throws(ConfigurationError) {
      var before: NetworkParameters?
      try checkMemory(of: entries.map(\.configuration))
      for entry in entries {
        var weights =
          initial?.count == entry.configuration.learnerCount ? initial : nil
        if entry.isTwin, let before, let first = entries.first {
          let twins = LockstepMap(first.configuration)
          weights = [twins.inverted(before)]
          // Twins that were turned are not one run any more, though they start as such.
          let areStill = [twins.classic, twins.inverted] == entries.map(\.configuration)
          map = areStill ? twins : nil
        }
        let lane = try RaceLane(entry, dataset: dataset, initial: weights, kernels: kernels)
        before = lane.group.parameters[0]
        fresh.append(Slot(lane))
      }
    } catch {
      put([], of: start.identity, twins: nil)
      say("a race of \(entries.count) runners: \(error.description)")
      return
    }
    put(fresh, of: start.identity, twins: map)
  }

  /// Puts other runners in the place of those that there are.
  private func put(_ fresh: [Slot], of race: RaceIdentity, twins: LockstepMap?) {
    slots.withLock { $0 = fresh }
    state.withLock { state in
      state.map = twins
      state.snapshot.identity = race
      state.snapshot.notice = nil
      state.snapshot.step = 0
      state.snapshot.isRunning = false
    }
    measure()
  }

  /// Refuses runners whose buffers do not fit; they share the data, and few of them are measured at
  /// once.
  private func checkMemory(
    of configurations: [ExperimentConfiguration]
  ) throws(ConfigurationError) {
    guard let allowedMemory else { return }
    let needs = configurations.map { MemoryNeed(of: $0, dataset: dataset) }
    let bytes = needs.reduce(0) { $0 + $1.engine } + (needs.map(\.measuring).max() ?? 0)
    guard bytes > allowedMemory else { return }
    throw .needsMemory(bytes: bytes, allowed: allowedMemory)
  }

  /// Refuses changes after which the runners' buffers would not fit.
  private func checkMemory(
    _ slots: [Slot], after name: String, _ values: [RaceChange]
  ) throws(ConfigurationError) {
    var configurations = slots.map { $0.lane.withLock { $0.group.configuration } }
    for change in values where slots.indices.contains(change.lane) {
      configurations[change.lane] = try configurations[change.lane]
        .changing(name, to: change.value)
    }
    try checkMemory(of: configurations)
  }

  private func change(_ name: String, _ values: [RaceChange]) {
    let slots = slots.withLock { $0 }
    do {
      try checkMemory(slots, after: name, values)
    } catch {
      say(error.description)
      return
    }
    for change in values where slots.indices.contains(change.lane) {
      let refusal: String? = slots[change.lane].lane.withLock { lane in
        do throws(ConfigurationError) {
          try lane.apply(.parameter(name: name, value: change.value))
          return nil
        } catch {
          return error.description
        }
      }
      if let refusal { say(refusal) }
    }
    // Twins whose settings are turned are twins no more.
    if !values.isEmpty { state.withLock { $0.map = nil } }
    measure()
  }

  private func say(_ text: String) {
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
    state.withLock { $0.snapshot.step = start + steps }
  }

  /// Measures all runners now, and notes a point of each curve.
  public func measure() {
    let slots = slots.withLock { $0 }
    let measured = Mutex<[LaneSnapshot?]>(Array(repeating: nil, count: slots.count))
    DispatchQueue.concurrentPerform(iterations: slots.count) { index in
      let lane = slots[index].lane.withLock { $0.measure() }
      measured.withLock { $0[index] = lane }
    }
    let lanes = measured.withLock { $0.compactMap { $0 } }
    let distance = twinDistance(slots)
    state.withLock { state in
      state.snapshot.lanes = lanes
      state.snapshot.twinDistance = distance
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
