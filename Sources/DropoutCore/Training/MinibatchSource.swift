import CKernels

/// Where minibatches come from: the inputs and targets of a dataset, in the form that the kernels take.
///
/// Pixels stay bytes until they are gathered into a minibatch.
struct MinibatchSource {
  private let dataset: Dataset
  /// The scaling of the inputs, padded with zeros.
  private let offsets: FloatStorage
  private let divisors: FloatStorage
  /// The classes of all examples; empty where targets are numbers.
  private let classes: [Int32]

  init(_ dataset: Dataset) {
    self.dataset = dataset
    func padded(_ values: [Float]) -> FloatStorage {
      let storage = FloatStorage(count: NetworkLayout.padded(values.count))
      storage.base.update(from: values, count: values.count)
      return storage
    }
    offsets = padded(dataset.offsets)
    divisors = padded(dataset.divisors)
    if case .classes(let all) = dataset.targets {
      classes = all.map { Int32($0) }
    } else {
      classes = []
    }
  }

  /// Writes inputs and targets of examples into the rows of a step.
  func load(_ examples: UnsafePointer<Int32>, rows: Int, into engine: StepEngine) {
    gather(examples, rows: rows, into: engine.forward)
    if engine.output.loss == .crossEntropy {
      for row in 0..<rows { engine.output.classes[row] = classes[Int(examples[row])] }
    } else {
      for row in 0..<rows {
        engine.output.setTarget(row: row, example: Int(examples[row]), of: dataset.targets)
      }
    }
  }

  /// Writes the scaled inputs of examples into the rows of a pass.
  func gather(_ examples: UnsafePointer<Int32>, rows: Int, into pass: ForwardPass) {
    var source = ck_gather()
    source.inputs = dataset.inputCount
    source.offsets = UnsafePointer(offsets.base)
    source.divisors = UnsafePointer(divisors.base)
    switch dataset.values {
    case .numbers(let numbers):
      numbers.withUnsafeBufferPointer { buffer in
        source.numbers = buffer.baseAddress
        source.count = buffer.count
        pass.kernels.gather(&source, examples, rows, pass.inputs.base, pass.sourceStride(0))
      }
    case .bytes(let bytes):
      bytes.withUnsafeBufferPointer { buffer in
        source.bytes = buffer.baseAddress
        source.count = buffer.count
        pass.kernels.gather(&source, examples, rows, pass.inputs.base, pass.sourceStride(0))
      }
    }
  }
}
