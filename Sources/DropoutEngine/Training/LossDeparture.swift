/// A loss that left its range for many steps, though all values are still finite.
///
/// The range of a minibatch's loss reaches to ten times that of the first step, to 10, and for
/// numbers to ten times the loss of a network that always answers 0, whichever is more. The loss
/// has left it where it was beyond in 16 of the last 64 steps: single outliers do not count, unless
/// one was beyond a thousand times the range, 16 steps ago.
public struct LossDeparture: Equatable, Sendable {
  /// The last good step: the number of updates before the last loss, of those that are known
  /// before it was beyond its range, that was at most a tenth of that range; where none was, before
  /// the last one in the range.
  public var goodStep: Int
  /// The number of updates after which it was clear.
  public var step: Int
  /// The end of the range.
  public var most: Double
  /// The learner, counted from 0; nil where there is only one.
  public var learner: Int?
  /// The last steps.
  public var course: LossCourse
  /// The likely reason.
  public var cause: NotFiniteError.Cause
}

extension LossDeparture: CustomStringConvertible {
  /// The losses that were seen, where the weights grew, and the likely cause with its remedy.
  public var description: String {
    "the loss\(learner.map { " of learner \($0 + 1)" } ?? "") left its range (up to "
      + "\(LossCourse.text(most))) after step \(goodStep). \(course) \(cause)"
  }
}
