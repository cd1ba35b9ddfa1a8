/// The steps at which epochs begin, in a run whose minibatch may have been changed on the way.
public struct EpochCalendar: Sendable {
  /// A stretch of steps with one size of the minibatch.
  private struct Stretch {
    /// The first step, and the place in the order of the examples before it.
    var step = 0
    var epoch = 0
    var used = 0
    var batch: Int

    /// The steps until the next epoch begins.
    func stepsLeft(_ examples: Int) -> Int { (examples - used + batch - 1) / batch }

    /// The steps of a whole epoch.
    func steps(_ examples: Int) -> Int { (examples + batch - 1) / batch }

    /// The stretch that begins at a later step.
    func next(at step: Int, batch: Int, examples: Int) -> Stretch {
      var next = Stretch(step: step, epoch: epoch, used: used, batch: batch)
      let taken = step - self.step
      let left = stepsLeft(examples)
      if taken < left {
        next.used = used + taken * self.batch
      } else {
        let (epochs, steps) = (taken - left).quotientAndRemainder(dividingBy: steps(examples))
        next.epoch = epoch + 1 + epochs
        next.used = steps * self.batch
      }
      return next
    }
  }

  private let examples: Int
  private let stretches: [Stretch]

  /// Creates the calendar of a run.
  ///
  /// - Parameters:
  ///   - examples: the number of training examples, at least 1.
  ///   - batch: the examples of a minibatch at step 0, at least 1.
  ///   - journal: the changes, of which those of `batch` matter.
  public init(examples: Int, batch: Int, journal: Journal) {
    self.examples = examples
    stretches = journal.entries.reduce(into: [Stretch(batch: batch)]) { stretches, entry in
      guard case .parameter("batch", let text) = entry.change, let batch = Int(text),
        let last = stretches.last
      else { return }
      stretches.append(last.next(at: entry.step, batch: batch, examples: examples))
    }
  }

  /// The number of updates before an epoch, counted from 0.
  public func firstStep(of epoch: Int) -> Int {
    guard epoch > 0 else { return 0 }
    for (index, stretch) in stretches.enumerated() where epoch > stretch.epoch {
      let step =
        stretch.step + stretch.stepsLeft(examples)
        + (epoch - stretch.epoch - 1) * stretch.steps(examples)
      let isLast = index == stretches.count - 1
      if isLast || step <= stretches[index + 1].step { return step }
    }
    return stretches.first { $0.epoch == epoch && $0.used == 0 }?.step ?? 0
  }

  /// The epoch, counted from 0, of the step that comes after a number of updates.
  public func epoch(at step: Int) -> Int {
    guard let stretch = stretches.last(where: { $0.step <= step }) else { return 0 }
    return stretch.next(at: step, batch: stretch.batch, examples: examples).epoch
  }
}
