/// Turns averaged gradients, a step's gradient and that of the mean network into the figures on the
/// screen.
struct GradientComparison {
  let found: AveragedGradients
  /// The step's gradient, one block.
  let step: [Double]
  let theory: GradientTheory

  private var ranges: [Range<Int>] { found.average.ranges }
  private var reference: [Double] { found.average.reference }
  private var everything: Range<Int> { 0..<reference.count }

  /// The figures of each layer.
  var layers: [GradientStatistics] {
    ranges.indices.map { layer in
      statistics(
        layer, in: ranges[layer], expectedMean: expectedMean(of: layer),
        expectedSquaredCosine: theory.expectedSquaredCosine(layer: layer))
    }
  }

  /// The figures of all layers as one vector.
  var whole: GradientStatistics {
    var expected = [Double](repeating: 0, count: reference.count)
    var gaps: [TheoryGap] = []
    for (layer, range) in ranges.enumerated() {
      switch theory.expectedMean(layer: layer, reference: reference) {
      case .value(let block): expected.replaceSubrange(range, with: block[range])
      case .none(let gap): gaps.append(gap)
      }
    }
    let mean: TheoryValue<ExpectedGradient> =
      if let gap = gaps.first {
        .none(gaps.count == ranges.count ? gap : .partOfLayers)
      } else {
        .value(compared(expected, ranges.count, in: everything))
      }
    return statistics(
      ranges.count, in: everything, expectedMean: mean,
      expectedSquaredCosine: .none(cosineGap))
  }

  /// Squared cosines have an expectation only layer by layer.
  private var cosineGap: TheoryGap {
    if case .none(let gap) = theory.expectedSquaredCosine(layer: 0) { gap } else { .partOfLayers }
  }

  private func expectedMean(of layer: Int) -> TheoryValue<ExpectedGradient> {
    switch theory.expectedMean(layer: layer, reference: reference) {
    case .value(let block): .value(compared(block, layer, in: ranges[layer]))
    case .none(let gap): .none(gap)
    }
  }

  private func compared(_ expected: [Double], _ entry: Int, in range: Range<Int>)
    -> ExpectedGradient
  {
    let square = found.average.referenceSquares[entry]
    let norm = square.squareRoot()
    return ExpectedGradient(
      share: GradientAverage.product(expected, reference, in: range) / square,
      difference: GradientAverage.distance(expected, reference, in: range) / norm,
      distance: GradientAverage.distance(found.mean, expected, in: range) / norm)
  }

  private func statistics(
    _ entry: Int, in range: Range<Int>, expectedMean: TheoryValue<ExpectedGradient>,
    expectedSquaredCosine: TheoryValue<Double>
  ) -> GradientStatistics {
    let square = found.average.referenceSquares[entry]
    let norm = square.squareRoot()
    let stepSquare = GradientAverage.square(step, in: range)
    let sums = found.average.sums[entry]
    let variance = variance(entry, in: range)
    return GradientStatistics(
      referenceNorm: norm, stepNorm: stepSquare.squareRoot(),
      stepCosine: GradientAverage.product(step, reference, in: range)
        / (stepSquare * square).squareRoot(),
      mean: mean(entry, in: range, variance: variance), variance: variance,
      varianceMethod: found.varianceMethod, squaredCosine: sums.squaredCosines,
      squaredCosineError: error(sums.squaredCosines, sums.fourthPowers),
      squaredCosineMethod: found.method, expectedMean: expectedMean,
      expectedSquaredCosine: expectedSquaredCosine)
  }

  private func mean(_ entry: Int, in range: Range<Int>, variance: Double) -> MeanGradient {
    let mean = found.mean
    let square = found.average.referenceSquares[entry]
    let norm = square.squareRoot()
    let meanNorm = GradientAverage.square(mean, in: range).squareRoot()
    let product = GradientAverage.product(mean, reference, in: range)
    let sums = found.average.sums[entry]
    let isDrawn = found.enumerated == nil
    return MeanGradient(
      method: found.meanMethod, norm: meanNorm, share: product / square,
      shareError: isDrawn ? error(sums.products, sums.squaredProducts) / square : 0,
      cosine: product / (meanNorm * norm),
      difference: GradientAverage.distance(mean, reference, in: range) / norm,
      error: isDrawn ? (variance / draws).squareRoot() / norm : 0)
  }

  /// The number of draws; infinite where all masks were enumerated.
  private var draws: Double {
    if case .monteCarlo(let count) = found.method { Double(count) } else { .infinity }
  }

  /// The standard error of a mean, from the mean and the mean of the squares.
  private func error(_ mean: Double, _ square: Double) -> Double {
    guard draws.isFinite else { return 0 }
    return (max(0, square - mean * mean) / max(1, draws - 1)).squareRoot()
  }

  private func variance(_ entry: Int, in range: Range<Int>) -> Double {
    if let variance = found.enumerated?.variance { return variance[entry] }
    // The spread of draws is about their own mean, even where the true mean was enumerated.
    let spread =
      found.average.sums[entry].squares - GradientAverage.square(found.average.mean, in: range)
    let isDrawn = draws.isFinite && draws > 1
    return max(0, spread) * (isDrawn ? draws / (draws - 1) : 1)
  }
}
