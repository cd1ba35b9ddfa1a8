import DropoutEngine

/// The distribution of one sum over masks.
public struct SumDistribution: Equatable, Sendable {
  /// Whether all masks were enumerated, or how many the engine drew.
  public var method: MeanMethod
  /// The number of masks in the distribution.
  public var masks: Int
  /// The smallest and the largest sum.
  public var range: ClosedRange<Double>
  /// The probability mass in equal bins over the range; the total is 1.
  public var mass: [Double]
  /// The mean of the sum.
  public var mean: Double
  /// The variance of the sum.
  public var variance: Double
  /// The mean of f(s + b), where f is the unit's nonlinearity and b its bias.
  public var meanActivation: Double

  /// The number of bins.
  static let bins = 480

  /// The standard deviation.
  public var deviation: Double { variance.squareRoot() }

  /// The middle of a bin.
  public func middle(ofBin bin: Int) -> Double {
    range.lowerBound
      + (range.upperBound - range.lowerBound) * (Double(bin) + 0.5) / Double(mass.count)
  }
}

/// Collects weighted sums into a distribution.
///
/// Moments are taken relative to the first value, so that no digits are lost where the spread is
/// small.
struct SumCollector {
  private let range: ClosedRange<Double>
  private let scale: Double
  private let activation: UnitActivation
  private let bias: Double
  private var mass = [Double](repeating: 0, count: SumDistribution.bins)
  private var origin: Double?
  private var total = 0.0
  private var first = 0.0
  private var second = 0.0
  private var activated = 0.0

  init(range: ClosedRange<Double>, activation: UnitActivation, bias: Double) {
    self.range = range
    let width = range.upperBound - range.lowerBound
    scale = width > 0 ? Double(SumDistribution.bins) / width : 0
    self.activation = activation
    self.bias = bias
  }

  /// Adds a sum with its probability.
  mutating func add(_ sum: Double, probability: Double) {
    let place = ((sum - range.lowerBound) * scale).rounded(.down)
    mass[Int(nearest: place, in: 0...SumDistribution.bins - 1)] += probability
    let origin = origin ?? sum
    self.origin = origin
    let difference = sum - origin
    total += probability
    first += probability * difference
    second += probability * difference * difference
    activated += probability * activation.value(sum + bias)
  }

  /// The distribution of all added sums.
  func distribution(method: MeanMethod, masks: Int) -> SumDistribution {
    let shift = first / total
    return SumDistribution(
      method: method, masks: masks, range: range, mass: mass.map { $0 / total },
      mean: (origin ?? 0) + shift, variance: max(0, second / total - shift * shift),
      meanActivation: activated / total)
  }
}
