import DropoutEngine

extension EpochCalendar {
  /// The step at which the next epoch begins, or this one, or the one before where this one begins
  /// at the step.
  func step(of neighbor: KeyCommand.Neighbor, at step: Int) -> Int {
    let epoch = epoch(at: step)
    if neighbor == .next { return firstStep(of: epoch + 1) }
    let begin = firstStep(of: epoch)
    return begin < step ? begin : firstStep(of: max(0, epoch - 1))
  }
}
