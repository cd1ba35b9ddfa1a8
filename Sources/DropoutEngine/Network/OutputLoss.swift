package import CKernels

/// The targets of a minibatch in the engine's form, and the loss of the outputs against them.
package final class OutputLoss {
  package let loss: LossFunction
  package let outputs: Int
  package let stride: Int
  /// Classes, `[capacity]`; used by cross-entropy.
  package let classes: UnsafeMutableBufferPointer<Int32>
  /// Numbers, `[capacity][padded outputs]`; one-hot where classes are trained with squared error.
  private let values: FloatStorage
  private let scratch: FloatStorage
  /// The loss of each row of the last minibatch, `[capacity]`; empty where it is not kept.
  package let losses: UnsafeMutableBufferPointer<Double>
  private let kernels: Kernels
  /// The targets and buffers in the kernels' form.
  package let kernelOutput: UnsafeMutablePointer<ck_output>

  /// Creates targets for up to `capacity` rows; with `keepsLosses`, the loss of each row is kept in
  /// ``losses``.
  package init(
    loss: LossFunction, outputs: Int, capacity: Int, keepsLosses: Bool = false, kernels: Kernels
  ) {
    self.loss = loss
    self.outputs = outputs
    self.kernels = kernels
    stride = NetworkLayout.rowStride(outputs)
    let rows = NetworkLayout.padded(capacity)
    classes = .allocate(capacity: max(1, rows))
    classes.initialize(repeating: 0)
    values = .rows(capacity, units: outputs)
    scratch = FloatStorage(
      count: 2 * Int(CK_LANES) * NetworkLayout.padded(outputs) + 2 * rows)
    losses = .allocate(capacity: keepsLosses ? capacity : 0)
    losses.initialize(repeating: 0)
    kernelOutput = .allocate(capacity: 1)
    kernelOutput.initialize(
      to: ck_output(
        loss: loss == .crossEntropy ? CK_CROSS_ENTROPY : CK_SQUARED_ERROR, outputs: outputs,
        stride: stride, classes: classes.baseAddress, targets: values.base, scratch: scratch.base,
        losses: keepsLosses ? losses.baseAddress : nil))
  }

  deinit {
    classes.deallocate()
    losses.deallocate()
    kernelOutput.deallocate()
  }

  /// Writes the target of an example into a row.
  package func setTarget(row: Int, example: Int, of targets: Dataset.Targets) {
    switch targets {
    case .classes(let all):
      classes[row] = Int32(truncatingIfNeeded: all[example])
      guard loss == .meanSquaredError else { return }
      for output in 0..<outputs { values.base[row * stride + output] = 0 }
      values.base[row * stride + all[example]] = 1
    case .values(let all):
      for output in 0..<outputs {
        values.base[row * stride + output] = all.elements[example * outputs + output]
      }
    }
  }

  /// Writes the targets of examples into the rows, in their order.
  package func setTargets(_ examples: ArraySlice<Int>, of targets: Dataset.Targets) {
    guard case .classes(let all) = targets, loss == .crossEntropy else {
      for (row, example) in examples.enumerated() {
        setTarget(row: row, example: example, of: targets)
      }
      return
    }
    all.withUnsafeBufferPointer { all in
      for (row, example) in examples.enumerated() {
        classes[row] = Int32(truncatingIfNeeded: all[example])
      }
    }
  }

  /// The target of an output in a row, as a number.
  package func targetValue(row: Int, _ output: Int) -> Float { values.base[row * stride + output] }

  /// The class of a row.
  package func targetClass(row: Int) -> Int { Int(classes[row]) }

  /// The target numbers of all rows, `[rows][outputs]`.
  package func targetValues(rows: Int) -> Matrix {
    values.matrix(rows: rows, columns: outputs, stride: stride)
  }

  /// Turns the pre-activations of the output layer into outputs in place, writes the gradient of
  /// the mean loss to `delta` where one is given, and returns the sum of the rows' losses.
  package func apply(
    to preActivations: FloatStorage, delta: FloatStorage?, rows: Int
  ) -> Double {
    kernels.loss(self, to: preActivations, delta: delta, rows: rows)
  }

  /// Checks, in a debug build, that targets and scratch hold whole lanes of `rows` rows.
  @inline(__always)
  func assertRoom(rows: Int) {
    let whole = NetworkLayout.padded(rows)
    assert(
      kernelOutput.pointee.losses == nil || losses.count >= rows,
      "\(losses.count) losses of \(rows)")
    assert(classes.count >= whole, "\(classes.count) classes for \(rows) rows")
    values.assertRoom(rows: rows, columns: outputs, stride: stride)
    let count = 2 * Int(CK_LANES) * NetworkLayout.padded(outputs) + 2 * whole
    scratch.assertRoom(rows: 1, columns: count, stride: count)
    assert(
      loss == .meanSquaredError
        || classes.prefix(rows).allSatisfy { (0..<outputs).contains(Int($0)) },
      "a class beyond \(outputs) outputs")
  }
}
