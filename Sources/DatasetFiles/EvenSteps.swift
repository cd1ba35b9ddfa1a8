/// Numbers in even steps, whole ones or decimals such as 0, 0.1, 0.2.
enum EvenSteps {
  /// Whether two numbers are a step apart.
  ///
  /// Whole steps are exact. Other decimals have no exact binary form, so 0.3 - 0.2 is not 0.1.
  static func isStep(from last: Double, to value: Double, of step: Double) -> Bool {
    let found = value - last
    guard step != 0, found != step else { return step != 0 }
    guard step != step.rounded() else { return false }
    return abs(found - step) <= min(4 * max(abs(value), abs(last)).ulp, abs(step) / 1000)
  }

  /// A step without what its decimals lost in binary.
  static func rounded(_ step: Double) -> Double {
    var power = 1.0
    for _ in 0...9 {
      let scaled = step * power
      if scaled.rounded() != 0, abs(scaled - scaled.rounded()) < 1e-6 * abs(scaled) {
        return scaled.rounded() / power
      }
      power *= 10
    }
    return step
  }

  /// The step of a grid on which all of a few numbers stand, as grades do; nil where it is none
  /// that a person would write.
  ///
  /// - Parameter values: different numbers, at least three of them.
  /// - Returns: the step, such as 0.25, where the numbers fill at least half of the grid.
  static func grid(of values: [Double]) -> Double? {
    let sorted = values.sorted()
    guard sorted.count >= 3, let least = sorted.first, let most = sorted.last else { return nil }
    let step = rounded(zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min() ?? 0)
    guard step > 0, (most - least) / step < Double(2 * sorted.count) else { return nil }
    let isOnGrid = sorted.allSatisfy { value in
      let steps = (value - least) / step
      return abs(steps - steps.rounded()) < 1e-6
    }
    return isOnGrid ? step : nil
  }
}
