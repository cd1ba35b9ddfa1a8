public import DropoutEngine

/// A network tested under each convention of scaling, with the uncertainty that comes from the
/// choice of the examples.
public struct ConventionTest: Equatable, Sendable {
  /// A mean over the examples and its 95 % interval.
  public struct Estimate: Equatable, Sendable {
    /// The mean over all examples.
    public var mean: Double
    /// The 2.5 and the 97.5 percentile of the means of resamples.
    public var interval: ClosedRange<Double>
  }

  /// The result under one convention.
  public struct Result: Equatable, Sendable {
    /// The convention.
    public var convention: TestConvention
    /// The mean loss, in nats for cross-entropy.
    public var loss: Estimate
    /// The share of right answers; nil for regression.
    public var accuracy: Estimate?
    /// The loss less that of the best convention, on the same resamples; nil for the best one.
    public var excess: Estimate?
  }

  /// What the results say.
  public enum Conclusion: Equatable, Sendable {
    /// This convention is better than each other one beyond the uncertainty.
    case decided(TestConvention)
    /// These cannot be told apart by the examples; the best one is the first.
    case undecided([TestConvention])
    /// Nothing is dropped, so all conventions are the same.
    case nothingDropped
  }

  /// The number of resamples.
  public static let resamples = 2000

  /// A result for each convention.
  public var results: [Result]
  /// The number of examples.
  public var examples: Int
  /// What they say.
  public var conclusion: Conclusion
}

extension Measurer {
  /// Tests a network under each convention on all examples of the dataset.
  ///
  /// Intervals are those of the bootstrap over examples: the same resamples for all conventions, so
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
    let conventions = TestConvention.allCases
    let scores = conventions.map { self.scores(state, examples: examples, as: $0) }
    let count = Double(examples.count)
    let means = scores.map { $0.losses.reduce(0, +) / count }
    let best = means.indices.min { means[$0] < means[$1] } ?? 0
    var resampled = Resampled(conventions: scores.count)
    var random = RandomStream(seed: seed, purpose: .resample)
    for _ in 0..<ConventionTest.resamples {
      resampled.add(scores, random: &random)
    }
    typealias Estimate = ConventionTest.Estimate
    var results: [ConventionTest.Result] = []
    for (index, convention) in conventions.enumerated() {
      let own = resampled.losses[index]
      let differences = zip(own, resampled.losses[best]).map { $0 - $1 }
      var result = ConventionTest.Result(
        convention: convention,
        loss: Estimate(mean: means[index], interval: Resampled.interval(own)))
      if let right = scores[index].right {
        result.accuracy = Estimate(
          mean: right.reduce(0, +) / count,
          interval: Resampled.interval(resampled.rights[index]))
      }
      if index != best {
        result.excess = Estimate(
          mean: means[index] - means[best], interval: Resampled.interval(differences))
      }
      results.append(result)
    }
    return ConventionTest(
      results: results, examples: examples.count,
      conclusion: conclusion(results, best: best, state: state))
  }

  private func conclusion(
    _ results: [ConventionTest.Result], best: Int, state: NetworkState
  ) -> ConventionTest.Conclusion {
    let configuration = state.configuration
    let keeps =
      [configuration.keepInput]
      + configuration.hidden.indices.map {
        configuration.keepProbability(hidden: $0)
      }
    guard keeps.contains(where: { $0 < 1 }) else { return .nothingDropped }
    let equals = results.filter { result in
      result.excess.map { !($0.interval.lowerBound > 0) } ?? false
    }
    guard !equals.isEmpty else { return .decided(results[best].convention) }
    return .undecided([results[best].convention] + equals.map(\.convention))
  }

  /// The loss of each example, and 1 where the answer is right; nil for regression.
  private func scores(
    _ state: NetworkState, examples: [Int], as convention: TestConvention
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

/// The losses of single examples in 64 bits.
private enum ElementaryLoss {
  static func crossEntropy(_ logits: [Double], target: Int) -> Double {
    let greatest = logits.max() ?? 0
    let sum = logits.reduce(0) { $0 + ElementaryFunctions.exponential($1 - greatest) }
    return ElementaryFunctions.logarithm(sum) + greatest - logits[target]
  }

  /// Half the squared error, summed over the outputs.
  static func squaredError(_ outputs: [Double], target: (Int) -> Double) -> Double {
    outputs.indices.reduce(0) { sum, output in
      let error = outputs[output] - target(output)
      return sum + error * error / 2
    }
  }
}

/// The means of resamples.
private struct Resampled {
  var losses: [[Double]]
  var rights: [[Double]]

  init(conventions: Int) {
    losses = Array(repeating: [], count: conventions)
    rights = losses
  }

  /// Adds the means over as many examples as there are, drawn with repetition.
  mutating func add(
    _ scores: [(losses: [Double], right: [Double]?)], random: inout RandomStream
  ) {
    let count = scores[0].losses.count
    var sums = [Double](repeating: 0, count: scores.count)
    var rights = sums
    for _ in 0..<count {
      let example = random.nextIndex(below: count)
      for index in scores.indices {
        sums[index] += scores[index].losses[example]
        if let right = scores[index].right { rights[index] += right[example] }
      }
    }
    for index in scores.indices {
      losses[index].append(sums[index] / Double(count))
      self.rights[index].append(rights[index] / Double(count))
    }
  }

  /// The 2.5 and the 97.5 percentile.
  static func interval(_ values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    let last = sorted.count - 1
    let low = sorted[last * 25 / 1000]
    return low...max(low, sorted[last - last * 25 / 1000])
  }
}
