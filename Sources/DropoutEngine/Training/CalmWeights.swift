/// A copy of the weights from a time when the loss was within its range.
///
/// A training that explodes passes many steps whose weights are finite and useless. So every 64
/// steps, and where a person changes something, the weights are copied while the loss is at most
/// ten times that of the first step, or of 1 where that is more. Copying allocates nothing.
final class CalmWeights {
  private static let period = 64
  static let mostGrowth = 10.0

  /// The number of updates before the copied weights.
  private(set) var step: Int
  private let copy: FloatStorage
  private let count: Int
  /// The end of the loss's range; nil before the first step.
  private(set) var most: Double?
  /// The losses of the last steps.
  let recent = RecentLosses()
  /// Whether the next calm step is copied, whatever its number.
  var isDue = true

  /// Creates a copy of the weights that training starts from.
  init(_ weights: UnsafePointer<Float>, count: Int, step: Int) {
    self.step = step
    self.count = count
    copy = FloatStorage(count: count)
    copy.base.update(from: weights, count: count)
  }

  /// Copies the weights that training goes on from.
  ///
  /// The range stays that of the first step, unless training goes on from there.
  func restart(_ weights: UnsafePointer<Float>, step: Int) {
    isDue = true
    recent.restart()
    if step == 0 { most = nil }
    take(weights, step: step)
  }

  /// Whether a loss of a minibatch is within the range.
  func isCalm(_ loss: Double) -> Bool {
    guard let most else {
      self.most = CalmWeights.mostGrowth * max(loss, 1)
      return true
    }
    return loss <= most
  }

  /// Copies the weights of a step with a calm loss where it is time to.
  func take(_ weights: UnsafePointer<Float>, step: Int) {
    guard isDue || step % CalmWeights.period == 0 else { return }
    copy.base.update(from: weights, count: count)
    self.step = step
    isDue = false
  }

  /// The copied weights.
  var weights: UnsafePointer<Float> { UnsafePointer(copy.base) }
}
