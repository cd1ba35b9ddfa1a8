import CKernels

/// Targets of a minibatch in the engine's form, and the loss of the outputs against them.
final class OutputLoss {
  let loss: LossFunction
  let outputs: Int
  let stride: Int
  /// Classes, `[capacity]`; used by cross-entropy.
  private let classes: UnsafeMutableBufferPointer<Int32>
  /// Numbers, `[capacity][padded outputs]`; one-hot where classes are trained with squared error.
  private let values: FloatStorage
  private let rest: FloatStorage
  private let gap: FloatStorage
  private let kernels: ck_kernels

  init(loss: LossFunction, outputs: Int, capacity: Int, kernels: ck_kernels) {
    self.loss = loss
    self.outputs = outputs
    self.kernels = kernels
    stride = NetworkLayout.padded(outputs)
    classes = .allocate(capacity: max(1, capacity))
    classes.initialize(repeating: 0)
    values = FloatStorage(count: capacity * stride)
    rest = FloatStorage(count: capacity)
    gap = FloatStorage(count: capacity)
  }

  deinit {
    classes.deallocate()
  }

  /// Writes the target of an example into a row.
  func setTarget(row: Int, example: Int, of targets: Dataset.Targets) {
    switch targets {
    case .classes(let all):
      classes[row] = Int32(truncatingIfNeeded: all[example])
      for output in 0..<outputs { values.base[row * stride + output] = 0 }
      values.base[row * stride + all[example]] = 1
    case .values(let all):
      for output in 0..<outputs {
        values.base[row * stride + output] = all.elements[example * outputs + output]
      }
    }
  }

  /// The class of a row, as it was set.
  func targetClass(row: Int) -> Int { Int(classes[row]) }

  /// The target numbers of all rows, `[rows][outputs]`.
  func targetValues(rows: Int) -> Matrix {
    values.matrix(rows: rows, columns: outputs, stride: stride)
  }

  /// Turns the pre-activations of the output layer into outputs in place, writes the gradient of the mean
  /// loss to `delta` where one is given, and returns the sum of the rows' losses.
  func apply(
    to preActivations: UnsafeMutablePointer<Float>, delta: UnsafeMutablePointer<Float>?, rows: Int
  ) -> Double {
    switch loss {
    case .crossEntropy:
      kernels.softmax(
        preActivations, classes.baseAddress, delta, rest.base, gap.base, rows, outputs, stride)
      var total = 0.0
      for row in 0..<rows {
        total += ElementaryFunctions.logarithm(1 + Double(rest.base[row])) + Double(gap.base[row])
      }
      return total
    case .meanSquaredError:
      return squaredError(preActivations, delta: delta, rows: rows)
    }
  }

  private func squaredError(
    _ outputValues: UnsafeMutablePointer<Float>, delta: UnsafeMutablePointer<Float>?, rows: Int
  ) -> Double {
    var total = 0.0
    let count = Float(rows)
    for row in 0..<rows {
      for output in 0..<outputs {
        let index = row * stride + output
        let difference = outputValues[index] - values.base[index]
        let exact = Double(outputValues[index]) - Double(values.base[index])
        total += 0.5 * exact * exact
        if let delta { delta[index] = difference / count }
      }
    }
    return total
  }
}
