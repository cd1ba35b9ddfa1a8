public import DropoutEngine
import Threads

/// Trains on a thread of its own, at the speed that the person asks for, and publishes snapshots.
///
/// Commands go in through a mailbox that is looked into every few milliseconds, at any speed;
/// snapshots come out at most 30 times a second, and at once after a command. The evidence that is
/// drawn is held for 350 ms while training runs, so that the screen is calm. Nothing that is looked
/// at changes a bit of what is trained.
public final class TrainingThread: Sendable {
  private struct Mailbox: Sendable {
    var commands: [TrainingCommand] = []
    var isStopped = false
  }

  private let mailbox = Guarded(Mailbox())
  private let bell = Bell()
  private let board: SnapshotBoard
  private let measuring: MeasuringThread<LiveMeasurements.Request>
  private let subjects: MeasuringThread<SubjectRequest>
  /// The training, until its thread takes it.
  private let prepared: Guarded<SteeredTraining?>

  /// How long the evidence that is drawn is held while training runs.
  static let hold = Duration.milliseconds(350)
  /// The most parameters of a network that is measured before its first frame: that takes a few
  /// milliseconds.
  static let measuredAtStart = 20_000
  /// The time after which a fresh start shows its progress.
  static let patience = Duration.milliseconds(500)
  /// The time for which a change waits for the end of a journey: less than a screen waits for the
  /// change to be in force (and saved) before it is drawn.
  static let journeyPatience = Duration.milliseconds(150)
  /// The least time between two snapshots.
  static let frame = Duration.milliseconds(33)
  /// How long training goes on before it looks into the mailbox.
  static let stint = Duration.milliseconds(5)

  /// Prepares a training; ``start()`` starts it.
  ///
  /// - Parameters:
  ///   - experiment: the experiment to train.
  ///   - kernels: the path of the arithmetic.
  ///   - replaying: told how far it is, where a run is gone on with.
  ///   - load: reads the data of another experiment when the person starts one.
  ///   - wake: called from any thread when there is a new snapshot.
  /// - Throws: `ConfigurationError` where configuration, data and weights do not fit,
  ///   `NotFiniteError` where even the first step has a value that is not finite.
  public init(
    _ experiment: LoadedExperiment, kernels: KernelPath,
    replaying: @escaping @Sendable (TimelineProgress) -> Void = { _ in },
    load: @escaping ExperimentLoader,
    wake: @escaping @Sendable () -> Void
  ) throws {
    let first = try SteeredTraining(
      experiment, kernels: kernels, measuredAtStart: TrainingThread.measuredAtStart,
      replaying: replaying, load: load)
    let board = SnapshotBoard(first.snapshot, wake: wake)
    self.board = board
    prepared = Guarded(first)
    measuring = MeasuringThread {
      let measurements = LiveMeasurements(board: board, kernels: kernels)
      return { request, _ in measurements.measure(request) }
    }
    subjects = MeasuringThread {
      let measurements = SubjectMeasurements(board: board, kernels: kernels)
      return { measurements.measure($0, isSuperseded: $1) }
    }
  }

  /// The newest snapshot.
  public var snapshot: TrainingSnapshot { board.newest }

  /// Hands a command over; it takes effect within a few milliseconds.
  public func send(_ command: TrainingCommand) {
    mailbox.withLock { $0.commands.append(command) }
    bell.ring()
  }

  /// Starts the threads.
  public func start() {
    measuring.start()
    subjects.start()
    WorkerThread.start { [self] in
      if let training = takePrepared() { run(training) }
    }
  }

  /// The training, for the one thread that it belongs to from now on.
  private func takePrepared() -> sending SteeredTraining? {
    prepared.withLock { prepared in
      defer { prepared = nil }
      return prepared
    }
  }

  /// Ends the threads.
  public func stop() {
    mailbox.withLock { $0.isStopped = true }
    bell.ring()
    measuring.stop()
    subjects.stop()
  }

  private func run(_ training: SteeredTraining) {
    var pace = TrainingPace()
    var schedule = Schedule()
    training.stopsOutOfRange = true
    while true {
      let (commands, isStopped) = mailbox.withLock { mailbox in
        defer { mailbox.commands = [] }
        return (mailbox.commands, mailbox.isStopped)
      }
      if isStopped { return }
      let wasRunning = training.snapshot.isRunning
      for (index, command) in commands.enumerated() {
        if case .speed(let speed) = command { pace.speed = speed }
        let begun = ContinuousClock.now
        training.whilePreparing = { [board] snapshot in
          // A short start shows nothing, since the text would only flash.
          if ContinuousClock.now - begun >= TrainingThread.patience { board.publish(snapshot) }
        }
        let later = commands[(index + 1)...]
        var log = TravelLog(begun)
        training.whileTravelling = { [self] progress in
          let now = ContinuousClock.now
          if let place = log.place(of: training, at: now) {
            var snapshot = training.snapshot
            // The command that is being carried out is not done yet.
            snapshot.handledCommands -= 1
            snapshot.travel = progress
            snapshot.placeOnTheWay = place
            board.publish(snapshot)
          }
          let isLong = now - begun >= TrainingThread.journeyPatience
          return mailbox.withLock { mailbox in
            !mailbox.isStopped
              && !(later + mailbox.commands).contains { $0.endsJourney(isLong: isLong) }
          }
        }
        // A training that was put aside comes back with its measurements.
        if case .setAside = command { training.takeMeasurements(of: board.newest) }
        training.perform(command)
      }
      if training.snapshot.isRunning {
        if !wasRunning || !commands.isEmpty { pace.restart(at: training.group.step) }
        pace.train(training, for: TrainingThread.stint)
      }
      publish(training, pace, &schedule, isUrgent: !commands.isEmpty)
      rest(training, pace, schedule)
    }
  }

  /// The last publication, and the times of it.
  private struct Schedule {
    var published = ContinuousClock.now - .seconds(1)
    var shown = ContinuousClock.now - .seconds(1)
    var hold = TrainingThread.hold
    var publishedStep = -1
    var wasRunning = false
    var measured: MeasuredMoment?
    var subject: SubjectRequest?
  }

  private func publish(
    _ training: SteeredTraining, _ pace: TrainingPace, _ schedule: inout Schedule, isUrgent: Bool
  ) {
    let now = ContinuousClock.now
    let stopped = schedule.wasRunning && !training.snapshot.isRunning
    let isDue = isUrgent || stopped || now - schedule.published >= TrainingThread.frame
    guard isDue else { return }
    let step = training.group.step
    let isNews = isUrgent || stopped || step != schedule.publishedStep
    if training.snapshot.watched.step != step,
      stopped || !training.snapshot.isRunning || now - schedule.shown >= schedule.hold
    {
      training.showNextStep()
      schedule.shown = now
      // The evidence of a very large network takes long: it may have a tenth of the time.
      schedule.hold = max(TrainingThread.hold, (ContinuousClock.now - now) * 10)
    }
    // Only after the snapshot is published: the board drops measurements of other experiments.
    defer {
      askForMeasurement(training, &schedule)
      askForSubject(training, &schedule)
    }
    guard isNews else { return }
    schedule.published = now
    schedule.publishedStep = step
    schedule.wasRunning = training.snapshot.isRunning
    var snapshot = training.snapshot
    snapshot.stepsPerSecond = snapshot.isRunning ? pace.measured : 0
    board.publish(snapshot)
  }

  private func askForMeasurement(_ training: SteeredTraining, _ schedule: inout Schedule) {
    guard training.measuredMoment != schedule.measured, measuring.isIdle else { return }
    measuring.measure(training.measurementRequest())
    schedule.measured = training.measuredMoment
  }

  /// Has the subject measured: at once where it is another one, else when there is new evidence and
  /// time for it.
  private func askForSubject(_ training: SteeredTraining, _ schedule: inout Schedule) {
    guard let request = training.subjectRequest else {
      schedule.subject = nil
      return
    }
    if let last = schedule.subject {
      guard !request.isSame(as: last) else { return }
      guard subjects.isIdle || request.isUrgent(after: last) else { return }
    }
    subjects.measure(request)
    schedule.subject = request
  }

  /// Waits until there is something to do: a step, a frame, or a command.
  private func rest(_ training: SteeredTraining, _ pace: TrainingPace, _ schedule: Schedule) {
    let snapshot = training.snapshot
    let isMeasured =
      training.measuredMoment == schedule.measured
      && (training.subjectRequest.map { schedule.subject?.isSame(as: $0) ?? false } ?? true)
    if !snapshot.isRunning {
      if isMeasured { bell.wait() } else { bell.wait(atMost: .milliseconds(10)) }
    } else if let pause = pace.timeToNextStep(after: training.group.step), pause > .zero {
      let milliseconds = Int(
        nearest: (min(pause, TrainingThread.frame) / .milliseconds(1)).rounded(.down), in: 1...1000)
      bell.wait(atMost: .milliseconds(milliseconds))
    }
  }
}
