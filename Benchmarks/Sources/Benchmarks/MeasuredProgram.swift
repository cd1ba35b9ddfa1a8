import DropoutEngine
import Foundation

/// Runs of the program itself, each a process of its own.
struct MeasuredProgram {
  /// The cost of a run.
  struct Cost {
    /// The seconds from the start of the process to its end.
    var seconds: Double
    /// The processor seconds of all its threads.
    var processorSeconds: Double
    /// The largest resident memory.
    var peakBytes: Double
  }

  /// The path of the program.
  let path: String

  /// Runs it with arguments.
  ///
  /// - Parameter arguments: the arguments of the command line.
  /// - Returns: the cost of the run.
  /// - Throws: `BenchmarkFailure` where the program does not end with 0.
  func run(_ arguments: [String]) throws -> Cost {
    let measure = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("RunMeasured")
    let process = Process()
    process.executableURL = measure
    process.arguments = [path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard process.terminationStatus == 0, numbers.count == 4 else {
      throw BenchmarkFailure("\(measure.path) said '\(text)' of \(path)")
    }
    guard numbers[3] == 0 else {
      throw BenchmarkFailure(
        "\(path) \(arguments.joined(separator: " ")) ended with status \(Int(numbers[3])); run it "
          + "by hand to see why"
      )
    }
    return Cost(seconds: numbers[0], processorSeconds: numbers[1], peakBytes: numbers[2])
  }
}

/// The program's arguments for training a task.
struct TaskArguments {
  /// Data, network, batch and dropout, as options of `train`.
  let options: [String]

  /// Writes the images of a task where they are not built in.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - scratch: a folder for its images.
  /// - Throws: an error of Foundation where they cannot be written.
  init(_ task: BenchmarkTask, scratch: URL) throws {
    var options = [
      "--hidden", task.configuration.hidden.map(String.init).joined(separator: ","), "--batch",
      "\(task.configuration.batch)", "--learning-rate", "\(task.configuration.learningRate[0])",
      "--variant", "inverted",
    ]
    if case .bytes(let bytes) = task.dataset.values, task.dataset.inputCount == 28 * 28 {
      let images = scratch.appendingPathComponent("images-idx3-ubyte")
      try TaskArguments.write(bytes, dimensions: [28, 28], to: images)
      guard case .classes(let classes) = task.dataset.targets else {
        preconditionFailure("the task \(task.name) has no classes")
      }
      try TaskArguments.write(
        classes.map { UInt8($0) }, dimensions: [],
        to: scratch.appendingPathComponent("labels-idx1-ubyte"))
      options += ["--data", images.path]
    } else {
      options += [
        "--data", task.configuration.data, "--examples", "\(task.configuration.examples)",
      ]
    }
    self.options = options
  }

  /// Writes an IDX file: bytes with dimensions; the first dimension counts the examples.
  private static func write(_ bytes: [UInt8], dimensions: [Int], to file: URL) throws {
    let count = bytes.count / dimensions.reduce(1, *)
    var data = Data([0, 0, 8, UInt8(dimensions.count + 1)])
    for size in [count] + dimensions {
      withUnsafeBytes(of: UInt32(size).bigEndian) { data.append(contentsOf: $0) }
    }
    try (data + bytes).write(to: file)
  }
}
