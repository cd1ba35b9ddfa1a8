/// The end of a training that broke, which stands at the last good step before it.
public enum Breakdown: Equatable, Sendable {
  /// A loss left its range for many steps.
  case leftRange(LossDeparture)
  /// A step has a value that is not finite.
  case notFinite(NotFiniteError)

  /// The last good step: the number of updates before the loss was beyond its range.
  public var goodStep: Int {
    switch self {
    case .leftRange(let departure): departure.goodStep
    case .notFinite(let error): error.calmStep
    }
  }

  /// The likely cause.
  public var cause: NotFiniteError.Cause {
    switch self {
    case .leftRange(let departure): departure.cause
    case .notFinite(let error): error.cause
    }
  }

  /// The departure of the loss; nil where a value is not finite.
  public var departure: LossDeparture? {
    guard case .leftRange(let departure) = self else { return nil }
    return departure
  }
}
