public import DropoutEngine

/// The distance between the average of the networks and the averaged network over many inputs, for
/// one output.
public struct JensenMap: Equatable, Sendable {
  /// The output, counted from 0.
  public var output: Int
  /// The method of the means; for drawn masks, the samples are those of the rows that could not be
  /// enumerated.
  public var method: EnsembleMethod
  /// The arithmetic mean of the subnetworks' outputs, `[rows]`.
  public var arithmeticMean: [Double]
  /// The output of the weight-scaling network, `[rows]`.
  public var weightScaling: [Double]

  /// |arithmetic mean - weight scaling|, `[rows]`.
  public var gap: [Double] { zip(arithmeticMean, weightScaling).map { abs($0 - $1) } }
}

extension Measurer {
  /// The mean of the ensemble and the weight-scaling network's output for each row of inputs.
  ///
  /// The units that feed the output layer are enumerated if at most ``JensenMap/feedingUnitLimit``
  /// of them send anything, the units below them up to ``JensenMap/upstreamUnitLimit``. Beyond
  /// these limits the engine draws `masks` masks, the same ones for every row, so that a map is
  /// smooth.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - inputs: scaled inputs, `[rows][inputs]`.
  ///   - output: the output to compare.
  ///   - masks: the number of masks to draw where there are too many, at least 1.
  /// - Returns: both values of each row.
  /// - Complexity: for each row at most 2^5 or `masks` forward passes, and as many blocks of
  ///   subnetworks.
  public func jensenMap(
    _ state: NetworkState, inputs: Matrix, output: Int, masks: Int = 32
  ) -> JensenMap {
    precondition(
      output >= 0 && output < state.shape.outputs,
      "there are \(state.shape.outputs) outputs, but number \(output) is chosen")
    return withBlocks(of: state) { blocks, plan, transform in
      let transform = transform(.values([]))
      var map = JensenMap(output: output, method: .exact, arithmeticMean: [], weightScaling: [])
      map.arithmeticMean.reserveCapacity(inputs.rows)
      map.weightScaling.reserveCapacity(inputs.rows)
      let mean = UnsafeMutableBufferPointer<Double>.allocate(capacity: state.shape.outputs)
      defer { mean.deallocate() }
      for row in 0..<inputs.rows {
        let values = inputs.row(row)
        map.weightScaling.append(transform.outputs(of: blocks.weightScalingSums(values))[output])
        blocks.begin(values)
        let way = JensenMap.way(blocks, plan: plan, masks: max(1, masks))
        if way != .enumerated, !plan.randomSources.isEmpty {
          map.method = .monteCarlo(samples: max(1, masks))
        }
        mean.initialize(repeating: 0)
        var sum = 0.0
        _ = blocks.forEach(way) { _ in
          if transform.hasProbabilities {
            blocks.block.prepare(withFloats: true)
            blocks.block.addMean(to: mean, precision: .single)
          } else {
            sum += blocks.block.weight * blocks.block.meanSum(of: output)
          }
        }
        map.arithmeticMean.append(transform.hasProbabilities ? mean[output] : sum)
      }
      return map
    }
  }
}

extension JensenMap {
  /// The largest number of units feeding the output layer whose masks are enumerated for each row.
  public static let feedingUnitLimit = 14
  /// The largest number of units further down whose masks are enumerated for each row.
  public static let upstreamUnitLimit = 5

  fileprivate static func way(
    _ blocks: SubnetworkBlocks, plan: DropoutPlan, masks: Int
  ) -> SubnetworkBlocks.Way {
    guard blocks.space != nil else {
      return .sampled(plan.randomSources.isEmpty ? 1 : masks)
    }
    guard blocks.relevantFeedingUnits <= feedingUnitLimit else { return .sampled(masks) }
    return blocks.upstream.count <= upstreamUnitLimit ? .enumerated : .upstreamSampled(masks)
  }
}
