import CKernels
import DropoutEngine

/// The outputs of several learners on the examples of a batch, averaged with equal weights, and the
/// loss of each average.
///
/// A batch passes through all learners before the next one begins, so that memory does not grow
/// with the examples.
struct AveragedOutputs {
  private let loss: LossFunction
  private let outputs: Int
  /// The targets of the batch, with the loss of each row.
  private let targets: OutputLoss
  /// `[row][output]`: the sum over the learners; after the last one the mean.
  private var sums: [Double]
  /// The sum over the learners of the probability of each row's target, in units of its largest
  /// term.
  private var likelihoods: [LogarithmicSum]
  /// The loss of each row's average.
  private var losses: [Double]

  /// Creates empty sums for batches of at most `capacity` examples.
  init(loss: LossFunction, outputs: Int, capacity: Int, kernels: Kernels) {
    self.loss = loss
    self.outputs = outputs
    targets = OutputLoss(
      loss: loss, outputs: outputs, capacity: capacity, keepsLosses: true, kernels: kernels)
    sums = [Double](repeating: 0, count: capacity * outputs)
    likelihoods = [LogarithmicSum](
      repeating: LogarithmicSum(), count: loss == .crossEntropy ? capacity : 0)
    losses = [Double](repeating: 0, count: capacity)
  }

  /// Starts with the next batch.
  mutating func begin(_ batch: ArraySlice<Int>, of dataset: Dataset) {
    targets.setTargets(batch, of: dataset.targets)
    for index in sums.indices { sums[index] = 0 }
    for row in likelihoods.indices { likelihoods[row] = LogarithmicSum() }
  }

  /// Adds a learner's outputs for the batch, which are the pre-activations in the last layer of
  /// `pass`.
  mutating func add(_ pass: ForwardPass, rows: Int) {
    let last = pass.layout.shape.layerCount - 1
    let stride = pass.layout.stride(of: last)
    _ = targets.apply(to: pass.activations[last], delta: nil, rows: rows)
    let values = pass.activations[last].base
    let losses = targets.losses
    let count = outputs
    // Pointers, since a small network computes its outputs faster than arrays check indices.
    sums.withUnsafeMutableBufferPointer { sums in
      for row in 0..<rows {
        for output in 0..<count {
          sums[row &* count &+ output] += Double(values[row &* stride &+ output])
        }
      }
    }
    guard loss == .crossEntropy else { return }
    likelihoods.withUnsafeMutableBufferPointer { likelihoods in
      for row in 0..<rows { likelihoods[row].add(logarithm: -losses[row]) }
    }
  }

  /// Adds the averages over the learners to an evaluation.
  ///
  /// The cross-entropy is -log of the mean probability of the target. It is computed from the
  /// learners' own losses, so it is finite wherever theirs are.
  mutating func finish(
    learners: Int, rows: Int, into accumulator: inout EvaluationAccumulator
  ) {
    let count = Double(learners)
    for index in 0..<rows * outputs { sums[index] /= count }
    let logarithm = ElementaryFunctions.logarithm(count)
    for row in 0..<rows {
      losses[row] =
        loss == .crossEntropy ? logarithm - likelihoods[row].logarithm : squaredError(row: row)
    }
    accumulator.add(rows, averages: sums, losses: losses, targets: targets)
  }

  private func squaredError(row: Int) -> Double {
    (0..<outputs).reduce(0) { total, output in
      let error = sums[row * outputs + output] - Double(targets.targetValue(row: row, output))
      return total + 0.5 * error * error
    }
  }
}

/// A sum of positive numbers given by their logarithms, so that none of them vanishes.
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
