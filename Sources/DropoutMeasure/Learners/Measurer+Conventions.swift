public import DropoutEngine

extension Measurer {
  /// Tests a network under each convention on all examples of the dataset.
  ///
  /// Training minimises the loss under masks and its training factor, so this loss shows the
  /// convention that weights were trained for. For each convention, masks are drawn with the factor
  /// that gives their sums the mean of that test pass. The loss of the test pass alone does not
  /// show it, since larger sums always help a network that answers well; but it has to agree.
  ///
  /// Intervals come from the bootstrap over examples: the same resamples for all conventions, so
  /// that their differences are paired.
  ///
  /// > Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, 13.3, the percentile
  /// > interval.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - seed: the seed of the resamples.
  /// - Returns: the results, in the order of the conventions.
  public func testConventions(_ state: NetworkState, seed: UInt64) -> ConventionTest {
    let examples = dataset.trainingExamples + dataset.testExamples
    let conventions = state.configuration.testConventions
    let tests = conventions.map { scores(state, examples: examples, as: $0) }
    let masked = conventions.map { convention in
      maskedLosses(state, examples: examples) { convention.factor($0) }
    }
    let constant = constantLosses(of: examples, loss: loss(of: state))
    let all = ResampledMean.means(
      of: [constant] + tests.map(\.losses) + masked + tests.compactMap(\.right), seed: seed)
    let (constantLoss, means) = (all[0], Array(all.dropFirst()))
    let count = conventions.count
    let (testLosses, rest) = (means[..<count], means[count...])
    let (maskedMeans, rights) = (Array(rest.prefix(count)), Array(rest.dropFirst(count)))
    let best = conventions.indices.min { maskedMeans[$0].mean < maskedMeans[$1].mean } ?? 0
    var results: [ConventionTest.Result] = []
    for (index, convention) in conventions.enumerated() {
      var result = ConventionTest.Result(
        convention: convention, loss: testLosses[index].estimate,
        masked: maskedMeans[index].estimate)
      if !rights.isEmpty { result.accuracy = rights[index].estimate }
      if index != best { result.excess = (maskedMeans[index] - maskedMeans[best]).estimate }
      results.append(result)
    }
    var conclusion = conclusion(results, best: best, state: state)
    // A network that knows nothing guesses better with smaller sums, whatever it was trained for.
    let bound = constantLoss.times(ConventionTest.shareOfConstant)
    let knows = testLosses.contains { (bound - $0).estimate.interval.lowerBound > 0 }
    if !knows, conclusion != .nothingDropped { conclusion = .uninformed }
    // Without dropout in training activations are wanted as they are too: then the two agree, and
    // larger sums are only surer answers.
    if case .decided(let convention) = conclusion, convention != .asTheyAre {
      let further = maskedLosses(state, examples: examples) { keep in
        convention.factor(keep) * convention.factor(keep)
      }
      let pair = ResampledMean.means(of: [masked[best], further], seed: seed)
      if !((pair[1] - pair[0]).estimate.interval.lowerBound > 0) {
        conclusion = .unbounded(convention)
      }
    }
    if case .decided(let convention) = conclusion, convention != .asTheyAre {
      let better = conventions.indices.filter { index in
        index != best
          && (testLosses[best] - testLosses[index]).estimate.interval.lowerBound > 0
      }
      if let other = better.min(by: { testLosses[$0].mean < testLosses[$1].mean }) {
        conclusion = .contradictory(masked: convention, test: conventions[other])
      }
    }
    return ConventionTest(results: results, examples: examples.count, conclusion: conclusion)
  }

  private func conclusion(
    _ results: [ConventionTest.Result], best: Int, state: NetworkState
  ) -> ConventionTest.Conclusion {
    let configuration = state.configuration
    let layers = state.parameters.layers.indices
    guard layers.contains(where: { configuration.keepProbability(feeding: $0) < 1 }) else {
      return .nothingDropped
    }
    let equals = results.filter { result in
      result.excess.map { !($0.interval.lowerBound > 0) } ?? false
    }
    guard !equals.isEmpty else { return .decided(results[best].convention) }
    return .undecided([results[best].convention] + equals.map(\.convention))
  }

  /// The loss of each example under the best constant answer: the shares of the classes, or the
  /// means of the targets.
  private func constantLosses(of examples: [Int], loss: LossFunction) -> [Double] {
    let count = Double(examples.count)
    switch dataset.targets {
    case .classes(let classes):
      var shares = [Double](repeating: 0, count: dataset.outputCount)
      for example in examples { shares[classes[example]] += 1 / count }
      return examples.map { example in
        loss == .crossEntropy
          ? -ElementaryFunctions.logarithm(shares[classes[example]])
          : ElementaryLoss.squaredError(shares) { $0 == classes[example] ? 1 : 0 }
      }
    case .values(let targets):
      let means = (0..<targets.columns).map { column in
        examples.reduce(0) { $0 + Double(targets[$1, column]) } / count
      }
      return examples.map { example in
        ElementaryLoss.squaredError(means) { Double(targets[example, $0]) }
      }
    }
  }

  /// The loss of each example under masks, as a mean over drawn ones.
  ///
  /// With the factor of a convention in the weights, masks with 1/p give sums of the same mean.
  private func maskedLosses(
    _ state: NetworkState, examples: [Int], factor: (Double) -> Double
  ) -> [Double] {
    var parameters = state.parameters
    for layer in parameters.layers.indices {
      let factor = Float(factor(state.configuration.keepProbability(feeding: layer)))
      guard factor != 1 else { continue }
      for index in parameters.layers[layer].weights.elements.indices {
        parameters.layers[layer].weights.elements[index] *= factor
      }
    }
    var configuration = state.configuration
    configuration.dropout = DropoutSettings(scaling: .inverted, testPass: .masked)
    let folded = NetworkState(configuration: configuration, parameters: parameters)
    var sums = [Double](repeating: 0, count: examples.count)
    for draw in 0..<ConventionTest.draws {
      let drawn = NetworkState(
        step: draw, configuration: configuration, interventions: [:], learner: 0,
        block: folded.block, layout: folded.layout)
      let losses = scores(drawn, examples: examples, as: nil).losses
      for index in sums.indices { sums[index] += losses[index] }
    }
    return sums.map { $0 / Double(ConventionTest.draws) }
  }

  /// The loss of each example, and 1 where the answer is right; nil for regression.
  private func scores(
    _ state: NetworkState, examples: [Int], as convention: TestConvention?
  ) -> (losses: [Double], right: [Double]?) {
    let isProbability = loss(of: state) == .crossEntropy
    // The outputs before any function, whose logarithms then lose nothing.
    var configuration = state.configuration
    configuration.loss = .meanSquaredError
    let linear = NetworkState(
      step: state.step, configuration: configuration, interventions: state.interventions,
      learner: state.learner, block: state.block, layout: state.layout)
    var losses: [Double] = []
    var right: [Double] = []
    losses.reserveCapacity(examples.count)
    for first in stride(from: 0, to: examples.count, by: Measurer.scoredAtOnce) {
      let part = examples[first..<min(examples.count, first + Measurer.scoredAtOnce)]
      let inputs = Matrix(
        rows: part.count, columns: dataset.inputCount,
        elements: part.flatMap { dataset.inputs(of: $0) })
      let outputs = self.outputs(linear, inputs: inputs, as: convention)
      for (row, example) in part.enumerated() {
        let values = outputs.row(row).map { Double($0) }
        switch dataset.targets {
        case .classes(let classes):
          let target = classes[example]
          let greatest = values.max() ?? 0
          right.append(values.firstIndex(of: greatest) == target ? 1 : 0)
          losses.append(
            isProbability
              ? ElementaryLoss.crossEntropy(values, target: target)
              : ElementaryLoss.squaredError(values) { $0 == target ? 1 : 0 })
        case .values(let targets):
          losses.append(ElementaryLoss.squaredError(values) { Double(targets[example, $0]) })
        }
      }
    }
    return (losses, dataset.isClassification ? right : nil)
  }

  /// The examples whose outputs are kept at once.
  private static let scoredAtOnce = 4096
}
