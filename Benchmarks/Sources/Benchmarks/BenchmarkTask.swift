import DatasetFiles
import DropoutEngine

/// A task for timing dropscope and its peers: data, network, batch.
struct BenchmarkTask {
  /// Its name in the table.
  let name: String
  /// The peculiarity of its data; empty where they are built in.
  let remark: String
  let configuration: ExperimentConfiguration
  let dataset: Dataset
  /// The smallest number of steps before the test accuracy is measured.
  let learningSteps: Int

  /// The test accuracy that tells a learning network from one that does not learn.
  static let threshold = 0.9

  /// The sizes of the network.
  var shape: NetworkShape {
    NetworkShape(
      inputs: dataset.inputCount, hidden: configuration.hidden, outputs: dataset.outputCount)
  }

  /// The task in one line.
  var description: String { "\(name) \(shape.description), batch \(configuration.batch)" }

  /// The number of all examples of its data, including those that fill no minibatch.
  var exampleCount: Int {
    switch dataset.targets {
    case .classes(let classes): classes.count
    case .values(let values): values.rows
    }
  }

  /// The share of the scaled training inputs that are 0.
  var zeroShare: Double {
    var zeros = 0
    for example in dataset.trainingExamples {
      zeros += dataset.inputs(of: example).count { $0 == 0 }
    }
    return Double(zeros) / Double(dataset.trainingExamples.count * dataset.inputCount)
  }

  /// The settings common to all tasks: ReLU, inverted dropout with p = 0.5 on the hidden layers,
  /// plain SGD.
  static func configuration(
    hidden: [Int], batch: Int, learningRate: Double
  ) -> ExperimentConfiguration {
    var configuration = ExperimentConfiguration()
    configuration.hidden = hidden
    configuration.batch = batch
    configuration.learningRate = PerLayer(learningRate)
    configuration.variant = .inverted
    configuration.dropout = Variant.inverted.settings
    return configuration
  }

  /// The tasks without the second form of the last one.
  static func main(of tasks: [BenchmarkTask]) -> [BenchmarkTask] {
    tasks.filter { !$0.name.hasSuffix("'") }
  }

  /// The four tasks, with the last one also in a form whose images have no pixel of 0.
  ///
  /// - Parameter mnist: a folder with the IDX files of MNIST; nil takes generated images.
  /// - Returns: the tasks in order.
  /// - Throws: `DatasetFileError` where the folder lacks the files or they are not valid.
  static func all(mnist: String?) throws -> [BenchmarkTask] {
    let images = try mnist.map { try readImages(folder: $0) } ?? GeneratedImages.dataset()
    let source = mnist == nil ? "generated images" : "MNIST"
    return [
      try builtIn(
        "W1", .circle, examples: 2_000, hidden: [8, 8], batch: 10, learningRate: 0.05),
      try builtIn(
        "W2", .moons, examples: 2_048, hidden: [32, 32], batch: 32, learningRate: 0.1),
      try builtIn(
        "W3", .glyphs, examples: 2_048, hidden: [64, 32], batch: 32, learningRate: 0.1),
      imageTask("W4", images, remark: source),
      imageTask(
        "W4'", GeneratedImages.withoutZeros(images), remark: "\(source), no pixel is 0"),
    ]
  }

  private static func builtIn(
    _ name: String, _ data: BuiltInDataset, examples: Int, hidden: [Int], batch: Int,
    learningRate: Double
  ) throws -> BenchmarkTask {
    var configuration = configuration(hidden: hidden, batch: batch, learningRate: learningRate)
    configuration.data = data.rawValue
    configuration.examples = examples
    return BenchmarkTask(
      name: name, remark: data.rawValue, configuration: configuration,
      dataset: try data.generate(configuration).filling(batch: batch), learningSteps: 4_000)
  }

  private static func imageTask(_ name: String, _ images: Dataset, remark: String) -> BenchmarkTask
  {
    BenchmarkTask(
      name: name, remark: remark,
      configuration: configuration(hidden: [256, 128], batch: 128, learningRate: 0.1),
      dataset: images.filling(batch: 128), learningSteps: 800)
  }

  private static func readImages(folder: String) throws -> Dataset {
    var configuration = ExperimentConfiguration()
    // By name, plain or compressed; the reader reports a missing file.
    configuration.data = existing("\(folder)/train-images-idx3-ubyte")
    configuration.testData = existing("\(folder)/t10k-images-idx3-ubyte")
    return try DatasetFiles.load(configuration)
  }
}

extension Dataset {
  /// The dataset with as many training examples as fill its minibatches, since the peers take no
  /// smaller last one.
  fileprivate func filling(batch: Int) -> Dataset {
    let count = trainingExamples.count / batch * batch
    return replacing(values: values, trainingExamples: Array(trainingExamples.prefix(count)))
  }

  /// The dataset with other values or training examples.
  func replacing(values: Values, trainingExamples: [Int]) -> Dataset {
    Dataset(
      name: name, inputNames: inputNames, values: values, targets: targets, classNames: classNames,
      outputNames: outputNames, image: image, plane: plane, notes: notes,
      trainingExamples: trainingExamples, testExamples: testExamples, normalization: .standard)
  }
}
