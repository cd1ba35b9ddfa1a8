/// How an ensemble was found.
public enum EnsembleMethod: Equatable, Hashable, Sendable {
  /// Over all subnetworks, each weighted by its probability.
  case exact
  /// Over this many masks that the engine drew.
  case monteCarlo(samples: Int)

  /// The name that files and screens write: `exact` or `monte-carlo`.
  public var name: String {
    switch self {
    case .exact: "exact"
    case .monteCarlo: "monte-carlo"
    }
  }
}
