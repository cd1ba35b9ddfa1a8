import DropoutEngine
import Threads

/// Runs a race on a thread of its own, at the speed that the person asks for.
public final class RaceThread: Sendable {
  private struct Mailbox: Sendable {
    var commands: [RaceCommand] = []
    var isStopped = false
    /// The commands that were handed over, and those whose outcome is published.
    var sent = 0
    var answered = 0
  }

  private let mailbox = Guarded(Mailbox())
  private let bell = Bell()
  private let race: RaceTraining
  private let wake: @Sendable () -> Void

  /// The least time between two measurements of all runners.
  private static let measuring = Duration.milliseconds(200)
  /// How long the runners go on before they wait for each other and the mailbox is looked into.
  private static let stint = Duration.milliseconds(16)

  /// Prepares races; ``start()`` starts the thread.
  ///
  /// - Parameters:
  ///   - race: the races, which belong to the thread from now on.
  ///   - wake: called from the thread when there is a new snapshot.
  public init(_ race: RaceTraining, wake: @escaping @Sendable () -> Void) {
    self.race = race
    self.wake = wake
  }

  /// The newest snapshot.
  public var snapshot: RaceSnapshot { race.snapshot }

  /// A runner of a race as it stands; nil where another race stands by now.
  public func handover(of lane: Int, in identity: RaceIdentity) -> TrainingHandover? {
    race.handover(of: lane, in: identity)
  }

  /// Hands a command over; it takes effect within a frame of the screen.
  public func send(_ command: RaceCommand) {
    mailbox.withLock { mailbox in
      mailbox.commands.append(command)
      mailbox.sent += 1
    }
    bell.ring()
  }

  /// Starts the thread.
  public func start() {
    WorkerThread.start { [self] in run() }
  }

  /// Waits until the outcome of all commands is published, but not longer than a while.
  public func settle(within patience: Duration) {
    let end = ContinuousClock.now + patience
    while mailbox.withLock({ $0.answered < $0.sent }), ContinuousClock.now < end {
      Bell().wait(atMost: .milliseconds(2))
    }
  }

  /// Ends the thread.
  public func stop() {
    mailbox.withLock { $0.isStopped = true }
    bell.ring()
  }

  private func run() {
    let clock = ContinuousClock()
    var pace = TrainingPace()
    var measured = (step: -1, time: clock.now - .seconds(1))
    while true {
      let (commands, isStopped) = mailbox.withLock { mailbox in
        defer { mailbox.commands = [] }
        return (mailbox.commands, mailbox.isStopped)
      }
      if isStopped { return }
      for command in commands {
        if case .speed(let speed) = command { pace.speed = speed }
        race.perform(command)
      }
      let isRunning = race.snapshot.isRunning
      if !commands.isEmpty { pace.restart(at: race.snapshot.step) }
      if isRunning { pace.train(race, for: RaceThread.stint) }
      let step = race.snapshot.step
      let isDue = clock.now - measured.time >= RaceThread.measuring
      if !commands.isEmpty || (step != measured.step && (isDue || !isRunning)) {
        race.note(stepsPerSecond: isRunning ? pace.measured : 0)
        race.measure()
        measured = (step, clock.now)
        mailbox.withLock { $0.answered += commands.count }
        wake()
      }
      if !isRunning {
        bell.wait()
      } else if let pause = pace.timeToNextStep(after: step), pause > .zero {
        let milliseconds = Int(nearest: (pause / .milliseconds(1)).rounded(.down), in: 1...33)
        bell.wait(atMost: .milliseconds(milliseconds))
      }
    }
  }
}
