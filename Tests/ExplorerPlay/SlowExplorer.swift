package import DropoutEngine
import DropoutMeasure
package import Explorer
package import Lessons
package import RepeatableRandom
package import TerminalCells

/// An explorer whose threads are as slow as a test wants them: commands wait until they are carried
/// out, snapshots and requests to measure until they are handed over, and some never are.
package struct SlowExplorer {
  package private(set) var state: ExplorerState
  package let training: SteeredTraining
  private let board: SnapshotBoard
  private let live: LiveMeasurements
  private let close: SubjectMeasurements
  private var race: RaceTraining?
  private var commands: [TrainingCommand] = []
  private var raceCommands: [(race: RaceTraining, command: RaceCommand)] = []
  private var snapshots: [TrainingSnapshot] = []
  private var raceSnapshots: [RaceSnapshot] = []
  private var requests: [LiveMeasurements.Request] = []
  private var subjects: [SubjectRequest] = []
  /// The data of each race and of each experiment, as the numbers that they are.
  private var raceData: [RaceIdentity: Dataset.Values] = [:]
  private var data: [ExperimentIdentity: Dataset.Values] = [:]
  /// The handovers of a race that wait to be adopted, with the data that they were trained on.
  private var handovers: [(handover: TrainingHandover, data: Dataset.Values)] = []

  /// An explorer of a small experiment, which runs; `lessonPoints` are those of the curves before a
  /// lesson begins, each of which is measured.
  package init(
    _ assignments: [(name: String, value: String)], size: ScreenSize,
    stopsOutOfRange: Bool = false, lessonPoints: Int = 40,
    load: @escaping ExperimentLoader = BuiltInExperiments.load
  ) throws {
    let settings = try Settings(assignments: assignments)
    training = try SteeredTraining(
      try load(settings.experiment), measuredAtStart: 0, load: load)
    training.stopsOutOfRange = stopsOutOfRange
    training.lessonPoints = lessonPoints
    // A person calls off a journey that takes too long.
    training.whileTravelling = { $0.step < Self.farthestStep }
    let board = SnapshotBoard(training.snapshot, wake: {})
    self.board = board
    live = LiveMeasurements(board: board, kernels: .best)
    close = SubjectMeasurements(board: board, kernels: .best)
    state = ExplorerState(snapshot: training.snapshot, size: size)
    data[training.snapshot.experiment] = training.snapshot.dataset.values
    let effects = state.start()
    take(effects)
  }

  /// The step from which a journey does not go on.
  private static let farthestStep = 3000
  /// The bytes that a race and the experiment may take together.
  private static let allowedMemory = 512 << 20

  // MARK: What a person does

  package mutating func press(_ key: Key) { happen(.keyPressed(key)) }

  /// Something happens at the screen.
  package mutating func happen(_ action: Action) {
    let effects = state.update(action)
    take(effects)
  }

  /// Begins a lesson.
  package mutating func begin(_ lesson: Lesson) {
    let effects = state.begin(lesson)
    take(effects)
  }

  package mutating func type(_ text: String) {
    press(":")
    for scalar in text.unicodeScalars { press(.character(scalar)) }
    press(.enter)
    press(.escape)
  }

  private mutating func take(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .train(let command): commands.append(command)
      case .race(let command):
        if case .start(let start) = command {
          race = RaceTraining(on: state.snapshot, allowedMemory: Self.allowedMemory)
          raceData[start.identity] = state.snapshot.dataset.values
        }
        // A race goes to any step, and nobody has the time to wait for it.
        if case .travel(.step(let step)) = command, step > Self.farthestStep { continue }
        if let race { raceCommands.append((race, command)) }
      case .takeFromRace(let lane, of: let identity):
        guard let handover = race?.handover(of: lane, in: identity),
          let values = raceData[identity]
        else { continue }
        handovers.append((handover, values))
        let effects = state.adopt(handover)
        take(effects)
      case .copy, .save, .write, .redraw, .setUpDisplay, .keepProgress, .quit: break
      }
    }
  }

  // MARK: What the threads do

  /// Carries out some commands, trains on where it runs, and publishes.
  ///
  /// - Throws: ``BrokenInvariant`` where a runner that was taken is not the one of the race.
  package mutating func train(commands count: Int, steps: Int) throws(BrokenInvariant) {
    for command in commands.prefix(count) {
      let before = training.snapshot.experiment
      training.perform(command)
      let after = training.snapshot.experiment
      if after != before { data[after] = training.snapshot.dataset.values }
      guard case .adopt(let handover) = command, after != before else { continue }
      let origin = handovers.first { $0.handover == handover }
      try BrokenInvariant.unless(
        origin?.data == training.snapshot.dataset.values, "a runner is taken onto its own data")
      try BrokenInvariant.unless(
        training.group.checkpoints == handover.checkpoints, "a runner goes on where it stood")
    }
    commands.removeFirst(min(count, commands.count))
    if training.snapshot.isRunning { training.advance(steps: steps) }
    if training.snapshot.watched.step != training.group.step { training.showNextStep() }
    board.publish(training.snapshot)
    snapshots.append(board.newest)
  }

  /// Asks for measurements of the training as it stands.
  package mutating func ask() {
    requests.append(training.measurementRequest())
    if let request = training.subjectRequest { subjects.append(request) }
  }

  /// Measures something that was asked for, maybe long ago.
  package mutating func measure(_ random: inout Generator) {
    if !requests.isEmpty { live.measure(requests.remove(at: random.int(below: requests.count))) }
    if !subjects.isEmpty {
      close.measure(subjects.remove(at: random.int(below: subjects.count)), isSuperseded: { false })
    }
    snapshots.append(board.newest)
  }

  /// Carries out some commands of the race, and goes on where it runs.
  package mutating func race(commands count: Int, steps: Int) {
    for (race, command) in raceCommands.prefix(count) {
      race.perform(command)
      raceSnapshots.append(race.snapshot)
    }
    raceCommands.removeFirst(min(count, raceCommands.count))
    guard let race, race.snapshot.isRunning, steps > 0 else { return }
    race.advance(steps: steps)
    race.measure()
    raceSnapshots.append(race.snapshot)
  }

  // MARK: What arrives

  /// Hands over a snapshot that waits; those before it never arrive.
  package mutating func deliver(_ random: inout Generator) {
    guard !snapshots.isEmpty else { return }
    let index = random.int(below: snapshots.count)
    let effects = state.update(.snapshotArrived(snapshots[index]))
    snapshots.removeFirst(index + 1)
    take(effects)
  }

  /// Hands over a snapshot of a race, which may be one that is over.
  package mutating func deliverRace(_ random: inout Generator) {
    guard !raceSnapshots.isEmpty else { return }
    let index = random.int(below: raceSnapshots.count)
    let effects = state.update(.raceArrived(raceSnapshots[index]))
    raceSnapshots.removeFirst(index + 1)
    take(effects)
  }

  /// Lets everything arrive that is under way.
  ///
  /// - Throws: ``BrokenInvariant`` as for ``train(commands:steps:)``.
  package mutating func settle() throws(BrokenInvariant) {
    while !commands.isEmpty || !raceCommands.isEmpty || !snapshots.isEmpty || !raceSnapshots.isEmpty
    {
      try train(commands: commands.count, steps: 0)
      race(commands: raceCommands.count, steps: 0)
      if let last = snapshots.popLast() { take(state.update(.snapshotArrived(last))) }
      if let last = raceSnapshots.popLast() { take(state.update(.raceArrived(last))) }
      (snapshots, raceSnapshots) = ([], [])
    }
  }

  /// The data of the race on the screen, and the data of the experiment on the screen.
  package var shownData: (race: Dataset.Values?, experiment: Dataset.Values?) {
    (state.race?.identity.flatMap { raceData[$0] }, data[state.snapshot.experiment])
  }

  /// Whether nothing is asked for that the screen does not show yet.
  package var isSettled: Bool {
    state.sentCommands == state.snapshot.handledCommands && commands.isEmpty
  }
}
