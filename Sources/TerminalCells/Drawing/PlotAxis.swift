/// The vertical axis of a plot: its range, and the labels of its rows.
///
/// On a linear axis every row stands for a multiple of a step such as 1, 2, 3, 4, 5, 6 or 8 times a
/// power of ten, so labels are short and exact.
struct PlotAxis: Equatable, Sendable {
  /// The value at the middle of the lowest row.
  var low: Double
  /// The value at the middle of the topmost row.
  var high: Double
  /// The scale of values.
  var scale: PlotScale
  /// The number of rows.
  var rows: Int
  /// The value between neighbouring rows of a linear axis.
  var step: Double

  /// Values beyond this have no row, so that steps and differences stay finite.
  private static let farthest = 1e290

  /// Creates the axis for the values of a plot in `rows` rows; `nil` if there is no value.
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
      low = min(max(-Self.farthest, range.lowerBound), Self.farthest)
      high = min(max(-Self.farthest, range.upperBound), Self.farthest)
      if high <= low { high = low + max(1, low.magnitude * 1e-6) }
      step = (high - low) / Double(max(1, rows - 1))
    case .linear:
      let intervals = Double(rows - 1)
      let least = max(range.lowerBound, -Self.farthest)
      let greatest = min(range.upperBound, Self.farthest)
      // A curve that is almost flat is not magnified beyond the digits of its labels.
      let size = max(least.magnitude, greatest.magnitude)
      let spread = max(greatest - least, size * 1e-4, size == 0 ? 1 : 1e-290)
      guard rows > 2 else {
        // No round step has zero between two neighbouring rows, so the ends are the values
        // themselves.
        low = least
        high = least + spread
        step = spread
        break
      }
      var candidate = Self.niceStep(atLeast: spread / intervals)
      var lowest = (least / candidate).rounded(.down) * candidate
      while lowest + intervals * candidate < greatest {
        candidate = Self.niceStep(atLeast: candidate * 1.01)
        lowest = (least / candidate).rounded(.down) * candidate
      }
      step = candidate
      low = lowest
      high = lowest + intervals * candidate
    }
    guard low.isFinite, high.isFinite, high > low else { return nil }
  }

  /// The height of a value, 0 at the lowest row and 1 at the topmost; `nil` for a gap.
  ///
  /// It is finite even for values far outside.
  func share(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch scale {
    case .linear: return min(max(-1e9, (value - low) / (high - low)), 1e9)
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
      if step < 1e-6 { return value == 0 ? "0" : NumberText.significant(value, digits: 6) }
      guard step >= 1, high.magnitude >= 1e6 || low.magnitude >= 1e6 else {
        return NumberText.fixed(value, decimals: min(6, decimals))
      }
      return step.magnitude >= high.magnitude / 50
        ? NumberText.compact(value) : NumberText.significant(value, digits: 6)
    case .logarithmic:
      let share = rows > 1 ? fromBottom / Double(rows - 1) : 0
      return NumberText.significant(value(atShare: share), digits: 2)
    }
  }

  /// The number of decimals that makes the labels of neighbouring rows differ, and differ by about
  /// as much as their values where the step is not round.
  private var decimals: Int {
    var places = 0
    var scaled = step
    while scaled > 0, scaled < 0.999_999, places < 9 {
      scaled *= 10
      places += 1
    }
    // The label of a row is off by at most half of its last decimal: a fifth of the step.
    let isRound = (scaled - scaled.rounded()).magnitude < 1e-6
    return isRound || scaled >= 2.5 ? places : places + 1
  }

  private func value(atShare share: Double) -> Double {
    guard scale == .logarithmic else { return low + (high - low) * share }
    // Bisection by ratios: exact enough for labels, and without a power function.
    var (below, above) = (low, high)
    for _ in 0..<60 {
      let middle = below.squareRoot() * above.squareRoot()
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
