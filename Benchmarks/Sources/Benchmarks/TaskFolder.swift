import DropoutEngine
import Foundation

/// Writes a task for the peers: the scaled numbers that dropscope trains on, and its initial
/// weights.
enum TaskFolder {
  /// The contents of task.json, which Benchmarks/peers/task.py reads.
  private struct Facts: Encodable {
    var name: String
    var sizes: [Int]
    var batch: Int
    var keep: Double
    var learningRate: Double
    var training: Int
    var test: Int
  }

  /// Writes task.json and the numbers beside it, little-endian, rows of examples first.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - start: the weights at step 0.
  ///   - folder: the folder to create and write to.
  /// - Throws: an error of Foundation where it cannot be written.
  static func write(_ task: BenchmarkTask, start: NetworkParameters, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let shape = task.shape
    let facts = Facts(
      name: task.name, sizes: [shape.inputs] + shape.hidden + [shape.outputs],
      batch: task.configuration.batch, keep: task.configuration.keep[0],
      learningRate: task.configuration.learningRate[0],
      training: task.dataset.trainingExamples.count, test: task.dataset.testExamples.count)
    try JSONEncoder().encode(facts).write(to: folder.appendingPathComponent("task.json"))
    for (part, examples) in [
      ("training", task.dataset.trainingExamples), ("test", task.dataset.testExamples),
    ] {
      let inputs = examples.flatMap { task.dataset.inputs(of: $0) }
      try write(inputs.map(\.bitPattern), to: folder, "\(part)-inputs.f32")
      guard case .classes(let classes) = task.dataset.targets else {
        preconditionFailure("the task \(task.name) has no classes")
      }
      try write(examples.map { UInt32(classes[$0]) }, to: folder, "\(part)-labels.i32")
    }
    for (index, layer) in start.layers.enumerated() {
      try write(layer.weights.elements.map(\.bitPattern), to: folder, "weights\(index).f32")
      try write(layer.biases.map(\.bitPattern), to: folder, "biases\(index).f32")
    }
  }

  private static func write(_ words: [UInt32], to folder: URL, _ name: String) throws {
    let data = words.map(\.littleEndian).withUnsafeBytes { Data($0) }
    try data.write(to: folder.appendingPathComponent(name))
  }
}
