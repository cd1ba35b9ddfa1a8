/// The losses of the last steps, and which of them were beyond the range.
///
/// One minibatch may have a large loss in a training that is well: a single example, or an outlier.
/// So the loss has left its range where it was beyond in a quarter of the last 64 steps. What is
/// noted takes a fixed room, and noting allocates nothing.
final class RecentLosses {
  /// The steps that are looked at.
  static let window = 64
  /// The steps among them at which the loss must have been beyond its range.
  static let mostBeyond = 16

  /// A single loss this many times as large as the end of the range is enough.
  ///
  /// No outlier among examples is that large, and later losses may look well though the weights are
  /// ruined.
  static let ruin = 1000.0

  private let losses: UnsafeMutablePointer<Double>
  /// The number of updates before the newest loss.
  private var newest = -1
  private var count = 0
  /// A bit for each step, the newest one lowest.
  private var beyond: UInt64 = 0

  init() {
    losses = .allocate(capacity: RecentLosses.window)
    losses.initialize(repeating: 0, count: RecentLosses.window)
  }

  deinit { losses.deallocate() }

  /// Forgets all: training goes on from another moment.
  func restart() { (newest, count, beyond) = (-1, 0, 0) }

  /// Notes the loss of a step; one that is beyond the range counts only behind one that was not.
  func note(_ loss: Double, step: Int, isCalm: Bool) {
    guard isCalm || count > 0 else { return }
    losses[step % RecentLosses.window] = loss
    newest = step
    count = min(count + 1, RecentLosses.window)
    beyond = beyond << 1 | (isCalm ? 0 : 1)
  }

  /// The loss of ``mostBeyond`` steps ago; 0 where none is known.
  ///
  /// Where a training breaks sooner, the value that is not finite says more than this loss.
  var lossBefore: Double {
    count > RecentLosses.mostBeyond
      ? losses[(newest - RecentLosses.mostBeyond) % RecentLosses.window] : 0
  }

  /// Whether the loss was beyond its range often enough.
  var hasLeft: Bool { beyond.nonzeroBitCount >= RecentLosses.mostBeyond }

  /// Whether it was beyond another bound as often.
  func hasLeft(_ most: Double) -> Bool {
    all.count { $0.loss > most } >= RecentLosses.mostBeyond
  }

  /// The losses in the order of their steps.
  private var all: [LossCourse.Point] {
    (newest - count + 1..<newest + 1).map {
      LossCourse.Point(step: $0, loss: losses[$0 % RecentLosses.window])
    }
  }

  /// The losses from the last one before the first that was beyond; the last ones where none was.
  var course: [LossCourse.Point] {
    let behind = beyond == 0 ? 3 : RecentLosses.window - beyond.leadingZeroBitCount + 1
    return all.suffix(behind)
  }

  /// The losses from the last one that was good before the first that was beyond; from the last one
  /// before that where none was good.
  ///
  /// A loss that rises slowly is high long before it is beyond its range.
  func course(good: Double) -> [LossCourse.Point] {
    let all = all
    let before = all.count - course.count
    let start = all[...before].lastIndex { $0.loss <= good } ?? before
    return Array(all[start...])
  }
}
