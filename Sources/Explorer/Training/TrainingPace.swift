import DropoutEngine

/// A training, or several in lockstep, that can be kept at a pace.
protocol PacedTraining {
  /// The number of updates so far.
  var pacedStep: Int { get }
  /// Whether it runs: it may pause by itself.
  var isPacedOn: Bool { get }
  /// Takes steps.
  func advance(steps: Int)
}

extension SteeredTraining: PacedTraining {
  var pacedStep: Int { group.step }
  var isPacedOn: Bool { snapshot.isRunning }
}

/// Keeps a training at a number of steps a second, and measures the number that it does.
struct TrainingPace {
  /// Steps a second; infinity is as fast as it goes.
  var speed = 60.0
  /// The number of steps in the last second or so, a second.
  private(set) var measured = 0.0
  private var start = ContinuousClock.now
  private var startStep = 0
  private var stint = 1
  private var counted = (step: 0, time: ContinuousClock.now)

  /// Starts counting again, after a pause or at another speed.
  mutating func restart(at step: Int) {
    start = ContinuousClock.now
    startStep = step
    counted = (step, start)
  }

  /// Takes the steps that are due, for about `time` at most.
  mutating func train(_ training: some PacedTraining, for time: Duration) {
    let clock = ContinuousClock()
    let begin = clock.now
    var due = Int.max
    if speed < .infinity {
      let elapsed = (begin - start) / .seconds(1)
      due = max(
        0,
        Int(nearest: (elapsed * speed).rounded(.down), in: 0...1 << 53)
          - (training.pacedStep - startStep))
      if Double(due) > speed / 2 + 10 {
        // The machine cannot keep up. Missed steps are not made up for.
        restart(at: training.pacedStep)
        due = 1
      }
    }
    while due > 0, training.isPacedOn {
      let steps = min(due, stint)
      let before = clock.now
      training.advance(steps: steps)
      due -= steps
      let taken = clock.now - before
      if steps == stint {
        if taken * 2 < time { stint = min(stint * 2, 1 << 16) }
        if taken > time { stint = max(1, stint / 2) }
      }
      if clock.now - begin >= time { break }
    }
    let now = clock.now
    if now - counted.time >= .milliseconds(500) {
      measured = Double(training.pacedStep - counted.step) / ((now - counted.time) / .seconds(1))
      counted = (training.pacedStep, now)
    }
  }

  /// How long it is until the next step is due; nil where it is due at once.
  func timeToNextStep(after step: Int) -> Duration? {
    guard speed < .infinity else { return nil }
    let due = start + .seconds(Double(step - startStep + 1) / speed)
    return due - ContinuousClock.now
  }
}
