import CKernels

/// The source of minibatches: the inputs and targets of a dataset in the kernels' form.
///
/// Pixels stay bytes until they are gathered into a minibatch. Only the classes are copied.
package final class MinibatchSource {
  private let targets: Dataset.Targets
  private let inputCount: Int
  /// The number of all examples; every index of an example is below it.
  private let exampleCount: Int
  /// The values of the dataset; one of the two is empty.
  private let numbers: [Float]
  private let bytes: [UInt8]
  /// The scaling of the inputs, padded with zeros.
  private let offsets: FloatStorage
  private let divisors: FloatStorage
  /// The classes of all examples; empty where targets are numbers or nothing is trained.
  private let classes: [Int32]

  /// Creates a source from a dataset; one that only gathers inputs copies no classes.
  package init(_ dataset: Dataset, trains: Bool = true) {
    func padded(_ values: [Float]) -> FloatStorage {
      let storage = FloatStorage(count: NetworkLayout.padded(values.count))
      storage.base.update(from: values, count: values.count)
      return storage
    }
    targets = dataset.targets
    inputCount = dataset.inputCount
    exampleCount = dataset.storedCount
    offsets = padded(dataset.offsets)
    divisors = padded(dataset.divisors)
    (numbers, bytes) =
      switch dataset.values {
      case .numbers(let numbers): (numbers, [])
      case .bytes(let bytes): ([], bytes)
      }
    classes =
      if trains, case .classes(let all) = dataset.targets { all.map { Int32($0) } } else { [] }
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
  ///
  /// - Precondition: the examples belong to the dataset, and the pass has room for its inputs and
  ///   the rows.
  package func gather(_ examples: UnsafeBufferPointer<Int32>, rows: Int, into pass: ForwardPass) {
    check(examples, rows: rows, for: pass)
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

  /// The kernels trust their arguments, so examples that do not fit are stopped here, once per
  /// step.
  private func check(
    _ examples: UnsafeBufferPointer<Int32>, rows: Int, for pass: ForwardPass
  ) {
    precondition(examples.count >= rows, "\(rows) rows of \(examples.count) examples")
    precondition(
      pass.layout.shape.inputs == inputCount,
      "the dataset has \(inputCount) inputs, the network \(pass.layout.shape.inputs)")
    precondition(
      (0...pass.capacity).contains(rows), "\(rows) rows for a pass of \(pass.capacity)")
    // Without its sign a number below 0 is a very large one.
    var largest: UInt32 = 0
    for row in 0..<rows { largest = max(largest, UInt32(bitPattern: examples[row])) }
    precondition(
      rows == 0 || Int(largest) < exampleCount,
      "example \(Int32(bitPattern: largest)) of \(exampleCount)")
  }
}
