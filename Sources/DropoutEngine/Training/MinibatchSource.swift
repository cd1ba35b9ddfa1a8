import CKernels

/// Where minibatches come from: the inputs and targets of a dataset, in the form that the kernels take.
///
/// Pixels stay bytes until they are gathered into a minibatch. Nothing is copied but the classes.
package final class MinibatchSource {
  private let targets: Dataset.Targets
  private let inputCount: Int
  /// The values of the dataset: one of the two is empty.
  private let numbers: [Float]
  private let bytes: [UInt8]
  /// The scaling of the inputs, padded with zeros.
  private let offsets: FloatStorage
  private let divisors: FloatStorage
  /// The classes of all examples; empty where targets are numbers.
  private let classes: [Int32]

  package init(_ dataset: Dataset) {
    func padded(_ values: [Float]) -> FloatStorage {
      let storage = FloatStorage(count: NetworkLayout.padded(values.count))
      storage.base.update(from: values, count: values.count)
      return storage
    }
    targets = dataset.targets
    inputCount = dataset.inputCount
    offsets = padded(dataset.offsets)
    divisors = padded(dataset.divisors)
    (numbers, bytes) =
      switch dataset.values {
      case .numbers(let numbers): (numbers, [])
      case .bytes(let bytes): ([], bytes)
      }
    classes =
      if case .classes(let all) = dataset.targets { all.map { Int32($0) } } else { [] }
  }

  /// Writes inputs and targets of examples into the rows of a step.
  package func load(_ examples: UnsafeBufferPointer<Int32>, rows: Int, into engine: StepEngine) {
    gather(examples, rows: rows, into: engine.forward)
    if engine.output.loss == .crossEntropy {
      for row in 0..<rows { engine.output.classes[row] = classes[Int(examples[row])] }
    } else {
      for row in 0..<rows {
        engine.output.setTarget(row: row, example: Int(examples[row]), of: targets)
      }
    }
  }

  /// Writes the scaled inputs of examples into the rows of a pass.
  package func gather(_ examples: UnsafeBufferPointer<Int32>, rows: Int, into pass: ForwardPass) {
    numbers.withUnsafeBufferPointer { numbers in
      bytes.withUnsafeBufferPointer { bytes in
        var source = ck_gather(
          numbers: bytes.isEmpty ? numbers.baseAddress : nil,
          bytes: bytes.isEmpty ? nil : bytes.baseAddress, count: max(numbers.count, bytes.count),
          inputs: inputCount, offsets: offsets.base, divisors: divisors.base)
        pass.kernels.gather(
          &source, examples: examples, rows: rows, into: pass.inputs, stride: pass.sourceStride(0))
      }
    }
  }
}
