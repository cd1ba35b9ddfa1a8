import DropoutEngine
import Explorer

/// The race of an explorer in lines: it goes on between two lines of input.
struct PlainRace {
  private let allowedMemory: Int?
  private let kernels: KernelPath
  private var race: RaceTraining?
  /// The step that was told last.
  private var told = 0

  /// Prepares for a race.
  init(allowedMemory: Int?, kernels: KernelPath) {
    (self.allowedMemory, self.kernels) = (allowedMemory, kernels)
  }

  /// Whether it goes on.
  var isRunning: Bool {
    guard let snapshot = race?.snapshot else { return false }
    // A race without runners never gets anywhere.
    return snapshot.isRunning && !snapshot.lanes.isEmpty
  }

  /// Carries out a command; a start takes the place of the race that there is.
  mutating func perform(_ command: RaceCommand, on snapshot: TrainingSnapshot) {
    if case .start = command {
      race = RaceTraining(on: snapshot, allowedMemory: allowedMemory, kernels: kernels)
    }
    race?.perform(command)
    told = race?.snapshot.step ?? 0
  }

  /// Takes all runners on, at most to the next step that is told or to the last one, where it
  /// pauses; returns the number of steps.
  func advance(steps: Int, every: Int, until last: Int?) -> Int {
    guard let race else { return 0 }
    let step = race.snapshot.step
    let goal = min(told + every - told % every, last ?? .max)
    let taken = max(0, min(steps, goal - step))
    race.advance(steps: taken)
    if let last, step + taken >= last { race.perform(.run(false)) }
    return taken
  }

  /// Whether it has come to a step that is to be told, or stands still.
  func isTold(every: Int) -> Bool {
    guard let snapshot = race?.snapshot else { return false }
    return snapshot.step >= told + every - told % every || !snapshot.isRunning
  }

  /// The race as it stands, measured now; nil where there is none.
  mutating func measured() -> RaceSnapshot? {
    guard let race else { return nil }
    if !race.snapshot.lanes.isEmpty { race.measure() }
    told = race.snapshot.step
    return race.snapshot
  }

  /// A runner as it stands; nil where another race stands by now.
  func handover(of lane: Int, in identity: RaceIdentity) -> TrainingHandover? {
    race?.handover(of: lane, in: identity)
  }
}
