import CKernels
import DropoutEngine

/// One measurement of an ensemble: first the single passes, then all blocks of subnetworks.
struct EnsembleMeasurement {
  let state: NetworkState
  let inputs: [Float]
  let transform: OutputTransform
  let options: EnsembleOptions
  let blocks: SubnetworkBlocks
  let plan: DropoutPlan
  let testKind: ForwardPass.Kind

  private var outputs: Int { state.shape.outputs }

  /// The way to find the subnetworks of the inputs that ``SubnetworkBlocks/begin(_:)`` took.
  private var way: SubnetworkBlocks.Way {
    // A single network is one pass, whatever the noise is.
    if plan.randomSources.isEmpty { return blocks.space == nil ? .sampled(1) : .enumerated }
    guard blocks.space != nil,
      options.enumerates(units: blocks.relevantUnits, upstream: blocks.upstream.count)
    else { return .sampled(max(2, options.samples)) }
    return .enumerated
  }

  /// Measures; nil where `progress` ended it.
  func ensemble(isClassification: Bool, progress: @escaping (Double) -> Bool) -> SubnetworkEnsemble?
  {
    precondition(
      inputs.count == state.shape.inputs,
      "the network has \(state.shape.inputs) inputs, got \(inputs.count)")
    let target = transform.target.numbers(outputs: outputs)
    precondition(target.count == outputs, "\(outputs) outputs need as many targets")
    var targetClass = 0
    if case .classNumber(let number) = transform.target { targetClass = number }
    let chosen = options.output ?? targetClass
    precondition(
      (0..<outputs).contains(chosen), "there are \(outputs) outputs, but number \(chosen) is chosen"
    )

    let testSums = blocks.sums(inputs, in: testKind)
    let scaledSums = blocks.weightScalingSums(inputs)
    blocks.begin(inputs)
    let way = way
    // Sums have no bounds that are known beforehand, so these are looked for first.
    var range = 0.0...1.0
    if !transform.hasProbabilities {
      guard let found = sumRange(of: chosen, way: way, progress: { progress(0.5 * $0) }) else {
        return nil
      }
      range = found
    }
    let tally = EnsembleTally(
      shift: transform.outputs(of: scaledSums), sumShift: scaledSums,
      lossShift: transform.loss(ofSums: scaledSums), target: target, targetClass: targetClass,
      chosen: chosen, bins: options.bins, range: range, precision: options.precision)
    let start = transform.hasProbabilities ? 0 : 0.5
    let isDone = blocks.forEach(way, progress: { progress(start + (1 - start) * $0) }) { number in
      tally.add(blocks.block, number: number)
    }
    guard isDone else { return nil }
    return assembled(
      tally, way: way, isClassification: isClassification, target: target,
      chosen: chosen, range: range, scaledSums: scaledSums, testSums: testSums)
  }

  /// The arithmetic mean of the outputs alone, with its method.
  func mean() -> (mean: [Double], method: EnsembleMethod) {
    blocks.begin(inputs)
    let way = way
    let precision = options.precision
    var mean = [Double](repeating: 0, count: outputs)
    mean.withUnsafeMutableBufferPointer { buffer in
      _ = blocks.forEach(way) { _ in
        let block = blocks.block
        if transform.hasProbabilities {
          block.prepare(withFloats: precision == .single)
          block.addMean(to: buffer, precision: precision)
        } else {
          for output in 0..<outputs { buffer[output] += block.weight * block.meanSum(of: output) }
        }
      }
    }
    return (mean, method(of: way))
  }

  private func method(of way: SubnetworkBlocks.Way) -> EnsembleMethod {
    if case .sampled(let count) = way, !plan.randomSources.isEmpty {
      return .monteCarlo(samples: count)
    }
    return .exact
  }

  private func sumRange(
    of chosen: Int, way: SubnetworkBlocks.Way, progress: @escaping (Double) -> Bool
  ) -> ClosedRange<Double>? {
    var lowest = Double.infinity
    var highest = -Double.infinity
    let isDone = blocks.forEach(way, progress: progress) { _ in
      let range = blocks.block.range(of: chosen)
      lowest = min(lowest, range.lowest)
      highest = max(highest, range.highest)
    }
    guard isDone else { return nil }
    return lowest <= highest ? lowest...highest : 0...0
  }

  private func assembled(
    _ tally: EnsembleTally, way: SubnetworkBlocks.Way, isClassification: Bool,
    target: [Double], chosen: Int, range: ClosedRange<Double>, scaledSums: [Double],
    testSums: [Double]
  ) -> SubnetworkEnsemble {
    let mean = tally.mean
    let variance = tally.variance
    let sums = tally.sums
    let method = method(of: way)
    let isExact = method == .exact
    var samples = 1
    if case .monteCarlo(let count) = method { samples = count }
    let units = blocks.space?.units.count ?? 0
    // exp of the mean logarithm, normalised: the logarithms of the denominators are the same for
    // all classes.
    let geometricMean = transform.hasProbabilities ? transform.outputs(of: sums.mean) : nil
    return SubnetworkEnsemble(
      example: -1, outputs: outputs, isClassification: isClassification,
      hasProbabilities: transform.hasProbabilities,
      method: method,
      subnetworks: blocks.space == nil
        ? Double(samples) : Double(sign: .plus, exponent: min(units, 1023), significand: 1),
      maskedUnits: units, relevantUnits: isExact ? blocks.relevantUnits : units, target: target,
      arithmeticMean: mean, geometricMean: geometricMean,
      weightScaling: transform.outputs(of: scaledSums),
      testNetwork: transform.outputs(of: testSums),
      standardError: isExact
        ? nil : variance.map { ($0 / Double(samples - 1)).squareRoot() },
      outputVariance: variance,
      outputSum: EnsembleOutputSums(
        mean: sums.mean, variance: sums.variance, weightScaling: scaledSums),
      loss: EnsembleLosses(
        meanOfSubnetworks: tally.meanLoss,
        meanStandardError: isExact
          ? nil : (tally.lossVariance / Double(samples - 1)).squareRoot(),
        arithmeticMean: transform.loss(ofOutputs: mean),
        geometricMean: geometricMean == nil ? nil : transform.loss(ofSums: sums.mean),
        weightScaling: transform.loss(ofSums: scaledSums),
        testNetwork: transform.loss(ofSums: testSums)),
      ambiguity: EnsembleAmbiguity(
        squaredErrorOfMean: transform.squaredError(of: mean), meanSquaredError: tally.squaredError,
        meanSquaredDistance: variance.reduce(0, +)),
      histogram: EnsembleHistogram(output: chosen, range: range, bins: tally.histogram),
      best: described(tally.ranks.best, way: way, chosen: chosen) { $0 < $1 },
      worst: described(tally.ranks.worst, way: way, chosen: chosen) { $0 > $1 },
      weightScalingIsExact: WeightScalingExactness(state))
  }

  /// Computes subnetworks once more, each in 64 bits, in the order of their losses.
  ///
  /// A mask that was drawn twice is listed once.
  private func described(
    _ ranks: [ck_ranked], way: SubnetworkBlocks.Way, chosen: Int,
    by isBefore: (Double, Double) -> Bool
  ) -> [RankedSubnetwork] {
    var found: [RankedSubnetwork] = []
    for rank in ranks {
      let subnetwork = blocks.subnetwork(rank, way: way)
      let ranked = RankedSubnetwork(
        kept: subnetwork.kept, probability: subnetwork.probability,
        loss: transform.loss(ofSums: subnetwork.sums),
        output: transform.outputs(of: subnetwork.sums)[chosen])
      let isKnown = !ranked.kept.isEmpty && found.contains { $0.kept == ranked.kept }
      if !isKnown { found.append(ranked) }
    }
    return found.sorted { isBefore($0.loss, $1.loss) }
  }
}
