import DropoutEngine

/// The keep probabilities for checking a law.
///
/// At 0.5 alone, keep and drop could be confused.
package let lawKeepProbabilities = [0.5, 0.8, 0.3]

/// Whether two values agree within rounding of Floats, relative to a scale of at least 1e-3.
package func agree(_ found: Double, _ expected: Double, scale: Double = 0, tolerance: Double = 1e-5)
  -> Bool
{
  abs(found - expected) <= tolerance * Swift.max(abs(expected), scale, 1e-3)
}

/// The sum of products.
package func dot(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).map { $0 * $1 }.reduce(0, +)
}

/// log of the sum of exponentials.
package func logSumExp(_ values: [Double]) -> Double {
  let top = values.max() ?? 0
  return top
    + ElementaryFunctions.logarithm(
      values.map { ElementaryFunctions.exponential($0 - top) }.reduce(0, +))
}

/// Whether two lists agree within rounding of Floats, relative to the largest value.
package func agree(_ found: [Double], _ expected: [Double], tolerance: Double = 1e-5) -> Bool {
  let scale = expected.map { abs($0) }.max() ?? 0
  return found.count == expected.count
    && zip(found, expected).allSatisfy { agree($0, $1, scale: scale, tolerance: tolerance) }
}
