import CKernels
import DropoutEngine

/// Sums up the loss, the right answers and the squared errors of batches of test passes.
struct EvaluationAccumulator {
  private let loss: LossFunction
  private let dataset: Dataset
  private var lossSum = 0.0
  private var rightByClass: [Int]
  private var countByClass: [Int]
  private var squaredErrors: [Double]
  private var calibration = CalibrationBins()
  /// The targets of a batch; kept, since all batches of an evaluation but the last have one size.
  private var targets: (loss: OutputLoss, capacity: Int)?

  init(loss: LossFunction, dataset: Dataset) {
    self.loss = loss
    self.dataset = dataset
    squaredErrors = [Double](repeating: 0, count: dataset.outputCount)
    rightByClass = [Int](repeating: 0, count: dataset.classNames.count)
    countByClass = rightByClass
  }

  /// Adds the examples whose outputs are in the last layer of `pass`.
  mutating func add(_ examples: ArraySlice<Int>, pass: ForwardPass, kernels: Kernels) {
    let last = pass.layout.shape.layerCount - 1
    let outputs = pass.layout.shape.outputs
    let values = pass.activations[last].base
    let stride = pass.layout.stride(of: last)
    let targets = targets(of: examples.count, outputs: outputs, kernels: kernels)
    targets.setTargets(examples, of: dataset.targets)
    lossSum += targets.apply(to: pass.activations[last], delta: nil, rows: examples.count)
    if dataset.isClassification {
      EvaluationAccumulator.count(
        values, stride: stride, outputs: outputs, classes: targets.classes, rows: examples.count,
        right: &rightByClass, of: &countByClass, calibration: &calibration)
    } else {
      for row in 0..<examples.count {
        for output in 0..<outputs {
          let error =
            Double(values[row * stride + output]) - Double(targets.targetValue(row: row, output))
          squaredErrors[output] += error * error
        }
      }
    }
  }

  /// Counts the answers of a batch: the class with the largest output, the first one of equals.
  private static func count(
    _ values: UnsafePointer<Float>, stride: Int, outputs: Int,
    classes: UnsafeMutableBufferPointer<Int32>, rows: Int, right: inout [Int], of all: inout [Int],
    calibration: inout CalibrationBins
  ) {
    // Pointers, checked once, since a small network computes its outputs faster than arrays check
    // indices.
    right.withUnsafeMutableBufferPointer { right in
      all.withUnsafeMutableBufferPointer { all in
        calibration.add(rows) { bins in
          for row in 0..<rows {
            let values = values + row &* stride
            var (best, greatest) = (0, values[0])
            for output in 1..<outputs {
              // Selected without a branch, since the larger output cannot be predicted.
              let isGreater = values[output] > greatest
              best = isGreater ? output : best
              greatest = isGreater ? values[output] : greatest
            }
            let targetClass = Int(classes[row])
            let hit = best == targetClass ? 1 : 0
            all[targetClass] &+= 1
            right[targetClass] &+= hit
            CalibrationBins.add(confidence: Double(greatest), right: hit, to: bins)
          }
        }
      }
    }
  }

  private mutating func targets(of rows: Int, outputs: Int, kernels: Kernels) -> OutputLoss {
    if let (kept, capacity) = targets, capacity >= rows { return kept }
    let fresh = OutputLoss(loss: loss, outputs: outputs, capacity: rows, kernels: kernels)
    targets = (fresh, rows)
    return fresh
  }

  /// Adds the rows of a batch with the averages of their outputs, `[row][output]`, and the losses
  /// of the averages.
  mutating func add(_ rows: Int, averages: [Double], losses: [Double], targets: OutputLoss) {
    for row in 0..<rows { lossSum += losses[row] }
    let outputs = targets.outputs
    guard dataset.isClassification else {
      for row in 0..<rows {
        for output in 0..<outputs {
          let error =
            averages[row * outputs + output] - Double(targets.targetValue(row: row, output))
          squaredErrors[output] += error * error
        }
      }
      return
    }
    for row in 0..<rows {
      let first = row * outputs
      var best = first
      for output in first..<first + outputs where averages[output] > averages[best] {
        best = output
      }
      let targetClass = targets.targetClass(row: row)
      let isRight = best - first == targetClass
      countByClass[targetClass] += 1
      rightByClass[targetClass] += isRight ? 1 : 0
      calibration.add(confidence: averages[best], isRight: isRight)
    }
  }

  /// The result over all added examples.
  func evaluation(of examples: [Int]) -> Evaluation {
    let count = examples.count
    switch dataset.targets {
    case .classes:
      return Evaluation(
        loss: lossSum / Double(count),
        accuracy: Double(rightByClass.reduce(0, +)) / Double(count), r2: nil,
        classAccuracy: zip(rightByClass, countByClass).map { Double($0) / Double($1) },
        calibrationError: loss == .crossEntropy ? calibration.expectedError : nil, count: count)
    case .values(let wanted):
      return Evaluation(
        loss: lossSum / Double(count), accuracy: nil,
        r2: coefficientOfDetermination(wanted, examples: examples), classAccuracy: [],
        calibrationError: nil, count: count)
    }
  }

  private func coefficientOfDetermination(_ wanted: Matrix, examples: [Int]) -> Double {
    var total = 0.0
    for output in 0..<wanted.columns {
      var mean = 0.0
      for example in examples { mean += Double(wanted[example, output]) }
      mean /= Double(examples.count)
      var spread = 0.0
      for example in examples {
        let difference = Double(wanted[example, output]) - mean
        spread += difference * difference
      }
      total += spread == 0 ? .nan : 1 - squaredErrors[output] / spread
    }
    return total / Double(wanted.columns)
  }
}
