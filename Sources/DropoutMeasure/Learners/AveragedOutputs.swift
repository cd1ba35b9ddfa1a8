import CKernels
import DropoutEngine

/// The outputs of several learners on some examples, averaged with equal weights, and the loss of each average.
struct AveragedOutputs {
  private let loss: LossFunction
  private let dataset: Dataset
  private let examples: [Int]
  private let outputs: Int
  /// The targets of a batch, with the loss of each row.
  private let targets: OutputLoss
  /// `[example][output]`: the sum over the learners.
  private var sums: [Double]
  /// By example: the sum over the learners of the probability of the target, in units of its greatest term.
  private var likelihoods: [LogarithmicSum]
  private var learners = 0

  /// Creates sums of no learner yet; examples come in batches of at most `capacity`.
  init(
    loss: LossFunction, dataset: Dataset, examples: [Int], capacity: Int, kernels: Kernels
  ) {
    self.loss = loss
    self.dataset = dataset
    self.examples = examples
    outputs = dataset.outputCount
    targets = OutputLoss(
      loss: loss, outputs: outputs, capacity: capacity, keepsLosses: true, kernels: kernels)
    sums = [Double](repeating: 0, count: examples.count * outputs)
    likelihoods = [LogarithmicSum](
      repeating: LogarithmicSum(), count: loss == .crossEntropy ? examples.count : 0)
  }

  /// Starts with the next learner.
  mutating func beginLearner() { learners += 1 }

  /// Adds the outputs of the learner for a batch that starts at position `first` of the examples; they stand in the
  /// last layer of `pass`, as pre-activations.
  mutating func add(_ batch: ArraySlice<Int>, first: Int, pass: ForwardPass) {
    let last = pass.layout.shape.layerCount - 1
    let stride = pass.layout.stride(of: last)
    targets.setTargets(batch, of: dataset.targets)
    _ = targets.apply(to: pass.activations[last], delta: nil, rows: batch.count)
    let values = pass.activations[last].base
    let losses = targets.losses
    let count = outputs
    // By addresses: a small network computes its outputs faster than arrays are indexed.
    sums.withUnsafeMutableBufferPointer { sums in
      for row in 0..<batch.count {
        let place = (first + row) * count
        for output in 0..<count { sums[place + output] += Double(values[row * stride + output]) }
      }
    }
    guard loss == .crossEntropy else { return }
    likelihoods.withUnsafeMutableBufferPointer { likelihoods in
      for row in 0..<batch.count { likelihoods[first + row].add(logarithm: -losses[row]) }
    }
  }

  /// Loss and accuracy, or R2, of the averages.
  ///
  /// The cross-entropy is -log of the mean probability of the target, out of the learners' own losses: it is finite
  /// wherever theirs are.
  func evaluation() -> Evaluation {
    let count = Double(learners)
    let means = sums.map { $0 / count }
    var accumulator = EvaluationAccumulator(loss: loss, dataset: dataset)
    for (position, example) in examples.enumerated() {
      let outputs = means[position * outputs..<(position + 1) * outputs]
      let value =
        loss == .crossEntropy
        ? ElementaryFunctions.logarithm(count) - likelihoods[position].logarithm
        : squaredError(of: outputs, example: example)
      accumulator.add(example, outputs: outputs, loss: value)
    }
    return accumulator.evaluation(of: examples)
  }

  private func squaredError(of outputs: ArraySlice<Double>, example: Int) -> Double {
    outputs.enumerated().reduce(0) { total, entry in
      let wanted: Double =
        switch dataset.targets {
        case .classes(let classes): classes[example] == entry.offset ? 1 : 0
        case .values(let values): Double(values.elements[example * outputs.count + entry.offset])
        }
      return total + 0.5 * (entry.element - wanted) * (entry.element - wanted)
    }
  }
}

/// A sum of positive numbers that are given by their logarithms, so that none of them vanishes.
private struct LogarithmicSum {
  private var greatest = -Double.infinity
  private var scaled = 0.0

  mutating func add(logarithm: Double) {
    if scaled == 0 {
      (greatest, scaled) = (logarithm, 1)
    } else if logarithm > greatest {
      scaled = scaled * ElementaryFunctions.exponential(greatest - logarithm) + 1
      greatest = logarithm
    } else {
      scaled += ElementaryFunctions.exponential(logarithm - greatest)
    }
  }

  /// The logarithm of the sum.
  var logarithm: Double { greatest + ElementaryFunctions.logarithm(scaled) }
}
