import CKernels
import DropoutEngine

/// The outputs of several learners on some examples, averaged with equal weights, and the loss of each average.
struct AveragedOutputs {
  private let loss: LossFunction
  private let dataset: Dataset
  private let examples: [Int]
  private let kernels: ck_kernels
  private let outputs: Int
  /// `[example][output]`: the sum over the learners.
  private var sums: [Double]
  /// By example: the sum over the learners of the probability of the target, in units of its greatest term.
  private var likelihoods: [LogarithmicSum]
  private var learners = 0

  init(loss: LossFunction, dataset: Dataset, examples: [Int], kernels: ck_kernels) {
    self.loss = loss
    self.dataset = dataset
    self.examples = examples
    self.kernels = kernels
    outputs = dataset.outputCount
    sums = [Double](repeating: 0, count: examples.count * outputs)
    likelihoods = [LogarithmicSum](
      repeating: LogarithmicSum(), count: loss == .crossEntropy ? examples.count : 0)
  }

  /// Starts with the next learner.
  mutating func beginLearner() { learners += 1 }

  /// Adds the outputs of the learner for a batch that starts at position `first` of the examples; they stand in the
  /// last layer of `pass`.
  mutating func add(_ batch: ArraySlice<Int>, first: Int, pass: ForwardPass) {
    let last = pass.layout.shape.layerCount - 1
    let stride = pass.layout.stride(of: last)
    let target = OutputLoss(loss: loss, outputs: outputs, capacity: 1, kernels: kernels)
    for (row, example) in batch.enumerated() {
      let values = pass.activations[last].base + row * stride
      target.setTarget(row: 0, example: example, of: dataset.targets)
      let rowLoss = target.apply(to: values, delta: nil, rows: 1)
      if loss == .crossEntropy { likelihoods[first + row].add(logarithm: -rowLoss) }
      for output in 0..<outputs { sums[(first + row) * outputs + output] += Double(values[output]) }
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
