public import DropoutEngine

/// The convergence of the average of k masked passes to the mean of the ensemble, and the k from
/// which it is as close as the weight-scaling network.
///
/// > Source: Srivastava et al. 2014, JMLR 15, section 7.5 and figure 11.
public struct MonteCarloConvergence: Equatable, Sendable {
  /// The distance at one number of masks.
  public struct Point: Equatable, Sendable {
    /// k, the number of masks in an average.
    public var masks: Int
    /// The root mean square of |P_k - P| over the repetitions, measured with masks that the engine
    /// drew.
    public var measured: Double
    /// sqrt(V/k), the distance expected of independent masks.
    public var expected: Double
  }

  /// The points, for k = 1, 2, 5, 10 and so on to ``largestCount``.
  public var points: [Point]
  /// The number of repetitions; the relative standard error of a measured distance is about
  /// 1/sqrt(2 x repetitions).
  public var repetitions: Int
  /// V, the variance of the outputs that are compared, summed.
  public var totalVariance: Double
  /// |weight scaling - arithmetic mean|, over the outputs that are compared.
  public var weightScalingDistance: Double
  /// The smallest k from which no measured distance up to ``largestCount`` is above that of weight
  /// scaling; nil where the last one still is.
  public var measuredMatch: Int?

  /// The k from which the expected distance is at most that of weight scaling, V/d^2.
  ///
  /// It is infinite where weight scaling is exact, and at least 1.
  public var expectedMatch: Double {
    totalVariance == 0
      ? 1 : max(1, totalVariance / (weightScalingDistance * weightScalingDistance))
  }

  /// The first count after the last distance that is above a given one.
  fileprivate static func match(of distances: [Double], with scaled: Double) -> Int? {
    let count = (distances.lastIndex { $0 > scaled } ?? -1) + 2
    return count <= distances.count ? count : nil
  }

  /// The largest number of masks in an average.
  public static let largestCount = 1_000
  /// The k of the points.
  public static let counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]
}

extension Measurer {
  /// Measures the convergence of averages over masks for one example.
  ///
  /// The engine draws the masks as in a training pass, but from a separate stream that the mask
  /// seed and the step decide.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - example: the example, as an index into the dataset.
  ///   - ensemble: the ensemble of the state for this example; averages converge to its mean.
  ///   - output: the output that is compared; nil compares all, by the 2-norm of their differences.
  ///   - repetitions: the number of independent repetitions, at least 1.
  /// - Returns: the distances.
  /// - Complexity: `repetitions` x 1,000 forward passes.
  public func monteCarloConvergence(
    _ state: NetworkState, example: Int, ensemble: SubnetworkEnsemble, output: Int? = nil,
    repetitions: Int = 32
  ) -> MonteCarloConvergence {
    let largest = MonteCarloConvergence.largestCount
    let mean = ensemble.arithmeticMean
    let compared = output.map { [$0] } ?? Array(mean.indices)
    var squares = [Double](repeating: 0, count: largest)
    withBlocks(of: state) { blocks, _, transform in
      let transform = transform(.values([]))
      blocks.begin(dataset.inputs(of: example))
      for repetition in 0..<max(1, repetitions) {
        var total = [Double](repeating: 0, count: mean.count)
        _ = blocks.forEach(
          .sampled(largest), purpose: .convergenceMask, firstSlot: UInt32(repetition * largest)
        ) { number in
          let sums = (0..<mean.count).map { blocks.block.base[$0] }
          let outputs = transform.outputs(of: sums)
          var square = 0.0
          for output in compared {
            total[output] += outputs[output]
            let distance = total[output] / Double(number + 1) - mean[output]
            square += distance * distance
          }
          squares[Int(number)] += square
        }
      }
    }
    let distances = squares.map { ($0 / Double(max(1, repetitions))).squareRoot() }
    let scaled = compared.reduce(0) { sum, output in
      let distance = ensemble.weightScaling[output] - mean[output]
      return sum + distance * distance
    }.squareRoot()
    let variance = compared.reduce(0) { $0 + ensemble.outputVariance[$1] }
    return MonteCarloConvergence(
      points: MonteCarloConvergence.counts.map { count in
        MonteCarloConvergence.Point(
          masks: count, measured: distances[count - 1],
          expected: (variance / Double(count)).squareRoot())
      }, repetitions: max(1, repetitions), totalVariance: variance, weightScalingDistance: scaled,
      measuredMatch: MonteCarloConvergence.match(of: distances, with: scaled))
  }
}
