/// The questions to an ensemble, and the limits of its cost.
public struct EnsembleOptions: Equatable, Sendable {
  /// The width of the numbers computed for each subnetwork.
  public enum Precision: Equatable, Sendable {
    /// 32 bits, for the screen: means of probabilities are off by less than 1e-6.
    case single
    /// 64 bits: means of probabilities are off by less than 1e-12 from plain enumeration.
    case double
  }

  /// The output whose distribution is counted; nil is the class of the target, or output 0 where
  /// targets are numbers.
  public var output: Int?
  /// The largest number of masked units whose subnetworks are enumerated; 0 always samples.
  ///
  /// Units that send 0 for this example under every mask do not count, since they change nothing.
  /// Four more units are enumerated where at most 12 lie below those that feed the output layer.
  public var exactUnitLimit: Int
  /// The number of masks to draw where there are more units, at least 2.
  public var samples: Int
  /// The number of bins of the histogram, at least 1.
  public var bins: Int
  /// The width of the numbers computed for each subnetwork.
  public var precision: Precision

  /// Creates options; the live screen has the same defaults.
  public init(
    output: Int? = nil, exactUnitLimit: Int = 20, samples: Int = 10_000, bins: Int = 256,
    precision: Precision = .single
  ) {
    self.output = output
    self.exactUnitLimit = exactUnitLimit
    self.samples = samples
    self.bins = bins
    self.precision = precision
  }

  /// Whether this many units are enumerated, `upstream` of them below the last hidden layer.
  func enumerates(units: Int, upstream: Int) -> Bool {
    guard units <= EnsembleOptions.largestUnitLimit,
      upstream <= EnsembleOptions.largestUpstreamLimit
    else { return false }
    return units <= exactUnitLimit
      || (exactUnitLimit > 0 && upstream <= 12 && units <= exactUnitLimit + 4)
  }

  /// The largest number of masked units that can be enumerated at all: 2^30 subnetworks.
  public static let largestUnitLimit = 30
  /// The largest number of units below those that feed the output layer: each of their masks is a
  /// forward pass.
  public static let largestUpstreamLimit = 24
}
