/// The spread of values over seeds.
///
/// Values that are not finite are counted but left out.
public struct SampleSummary: Equatable, Sendable {
  /// All values, in the order of the seeds.
  public let values: [Double]
  /// The number of values that are finite.
  public let count: Int
  /// The mean of the finite ones; NaN where there is none.
  public let mean: Double
  /// Their standard deviation, divided by one less than their number; NaN for fewer than two.
  public let deviation: Double
  /// The smallest; NaN where there is none.
  public let minimum: Double
  /// The largest; NaN where there is none.
  public let maximum: Double

  /// Sums up values.
  public init(_ values: [Double]) {
    self.values = values
    let finite = values.filter(\.isFinite)
    count = finite.count
    let mean = finite.reduce(0, +) / Double(finite.count)
    self.mean = mean
    let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = count < 2 ? .nan : (squares / Double(count - 1)).squareRoot()
    minimum = finite.min() ?? .nan
    maximum = finite.max() ?? .nan
  }
}
