/// The vertical axis of a plot: the range it shows, and the labels of its rows.
///
/// On a linear axis every row stands for a multiple of a step such as 1, 2, 3, 4, 5, 6 or 8 times
/// a power of ten, so labels are short and exact.
struct PlotAxis: Equatable, Sendable {
  /// The value at the middle of the lowest row.
  var low: Double
  /// The value at the middle of the topmost row.
  var high: Double
  /// How values are laid out.
  var scale: PlotScale
  /// The number of rows.
  var rows: Int
  /// The value between neighbouring rows of a linear axis.
  var step: Double

  /// Creates the axis for the values of a plot in so many rows; `nil` if there is no value.
  init?(values range: ClosedRange<Double>?, scale: PlotScale, rows: Int, isExact: Bool) {
    guard let range, rows > 0 else { return nil }
    self.scale = scale
    self.rows = rows
    step = 0
    switch scale {
    case .logarithmic:
      guard range.lowerBound > 0 else { return nil }
      low = range.lowerBound
      high = range.upperBound
      if high / low < 1.01 {
        low /= 1.1
        high *= 1.1
      }
    case .linear where isExact || rows == 1:
      low = range.lowerBound
      high = range.upperBound
      if high <= low { high = low + max(1, low.magnitude * 1e-6) }
      step = (high - low) / Double(max(1, rows - 1))
    case .linear:
      let intervals = Double(rows - 1)
      var lowest = range.lowerBound
      let spread = max(range.upperBound - lowest, lowest.magnitude * 1e-9, 1e-300)
      var candidate = Self.niceStep(atLeast: spread / intervals)
      lowest = (range.lowerBound / candidate).rounded(.down) * candidate
      while lowest + intervals * candidate < range.upperBound, candidate.isFinite {
        candidate = Self.niceStep(atLeast: candidate * 1.01)
        lowest = (range.lowerBound / candidate).rounded(.down) * candidate
      }
      step = candidate
      low = lowest
      high = lowest + intervals * candidate
    }
    guard low.isFinite, high.isFinite, high > low else { return nil }
  }

  /// How far up a value lies, 0 at the lowest row and 1 at the topmost; `nil` for a gap.
  func share(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch scale {
    case .linear: return (value - low) / (high - low)
    case .logarithmic:
      guard value > 0 else { return nil }
      return (log2Approximation(value) - log2Approximation(low))
        / (log2Approximation(high) - log2Approximation(low))
    }
  }

  /// The text of a row counted from the top.
  func label(row: Int) -> String {
    let fromBottom = Double(rows - 1 - row)
    switch scale {
    case .linear:
      let value = step > 0 && rows > 1 ? low + step * fromBottom : low
      guard value.magnitude < 1e6 else { return NumberText.compact(value) }
      return NumberText.fixed(value, decimals: min(6, decimals))
    case .logarithmic:
      let share = rows > 1 ? fromBottom / Double(rows - 1) : 0
      return NumberText.significant(value(atShare: share), digits: 2)
    }
  }

  /// The decimals that tell the labels of neighbouring rows apart.
  private var decimals: Int {
    var places = 0
    var scaled = step
    while scaled > 0, scaled < 0.999_999, places < 9 {
      scaled *= 10
      places += 1
    }
    return places
  }

  private func value(atShare share: Double) -> Double {
    guard scale == .logarithmic else { return low + (high - low) * share }
    // Bisection on the share: exact enough for labels, and without a power function.
    var (below, above) = (low, high)
    for _ in 0..<60 {
      let middle = below + (above - below) / 2
      if (self.share(of: middle) ?? 0) < share { below = middle } else { above = middle }
    }
    return above
  }

  private static func niceStep(atLeast least: Double) -> Double {
    var power = 1.0
    while power * 10 <= least, power < 1e300 { power *= 10 }
    while power > least, power > 1e-300 { power /= 10 }
    for factor in [1.0, 2, 3, 4, 5, 6, 8] where power * factor >= least { return power * factor }
    return power * 10
  }
}

/// The binary logarithm of a value above zero, to about 1e-9: enough to place a dot.
private func log2Approximation(_ value: Double) -> Double {
  let fraction = (value.significand - 1) / (value.significand + 1)
  let square = fraction * fraction
  var sum = 0.0
  for odd in stride(from: 17.0, through: 1.0, by: -2) { sum = sum * square + 1 / odd }
  return Double(value.exponent) + 2 * fraction * sum * 1.442_695_040_888_963_4
}
