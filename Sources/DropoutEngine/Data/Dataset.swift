/// Examples with their targets, split into a training and a test part, ready to be gathered into
/// minibatches.
///
/// A dataset is a value that never changes. Data are checked before it is made (see
/// ``DatasetError``), so the engine can rely on it. Pixels stay bytes and numbers stay unscaled;
/// ``copyInputs(of:into:)`` scales both on the way out.
public struct Dataset: Sendable {
  /// The values of all examples, `[example][input]`, before scaling.
  public enum Values: Equatable, Sendable {
    /// Numbers.
    case numbers([Float])
    /// Pixels, 0 to 255.
    case bytes([UInt8])
  }

  /// The targets: the desired outputs.
  public enum Targets: Equatable, Sendable {
    /// A class for each example, 0 ..< the number of class names.
    case classes([Int])
    /// Numbers, `[example][output]`.
    case values(Matrix)
  }

  /// The name on the screen: that of the built-in dataset, or of the file.
  ///
  /// All names have gone through ``ForeignText``, so they may be drawn and printed.
  public let name: String
  /// A name for each input.
  public let inputNames: [String]
  /// The values of all examples, before scaling.
  public let values: Values
  /// The number that was subtracted from each input in Double when it was read, so that a Float can
  /// tell large numbers apart; empty where nothing was.
  public let origins: [Double]
  /// The targets of all examples, scaled where ``targetScalings`` says so.
  public let targets: Targets
  /// The scaling of each target that is a number; empty where they are as they were read.
  public let targetScalings: [TargetScaling]
  /// The names of the classes; empty for regression.
  public let classNames: [String]
  /// The names of the outputs: classes or target columns.
  public let outputNames: [String]
  /// The shape of the inputs where they are drawn as an image.
  public let image: ImageShape?
  /// The plane of which the inputs are functions; nil where they are not.
  public let plane: PlaneData?
  /// Decisions made while reading that the person should know, such as how the task was chosen; one
  /// sentence each.
  public package(set) var notes: [String]
  /// The examples to train on, in the order that the data seed decided.
  public let trainingExamples: [Int]
  /// The examples to test on, in split order; may be empty.
  public let testExamples: [Int]
  /// The offset of each input, subtracted before it is divided.
  public let offsets: [Float]
  /// The divisor of each input; 0 stands for a constant column, which becomes 0.
  public let divisors: [Float]

  /// The number of inputs of an example.
  public var inputCount: Int { inputNames.count }
  /// The number of outputs that a network for it needs.
  public var outputCount: Int { outputNames.count }
  /// The number of all examples.
  public var count: Int { trainingExamples.count + testExamples.count }
  /// Whether targets are classes.
  public var isClassification: Bool { !classNames.isEmpty }

  /// The number of examples in ``values``: every index of an example is below it.
  var storedCount: Int { Dataset.storedCount(values, inputs: inputCount) }

  /// The first 64 test examples in split order, or training examples where there is no test part.
  ///
  /// Divergence and ratio are measured on them.
  public var probeExamples: ArraySlice<Int> {
    (testExamples.isEmpty ? trainingExamples : testExamples).prefix(64)
  }

  /// Creates a dataset from checked parts; the scaling is taken from the training examples.
  ///
  /// - Precondition: the shapes agree, the split names each example at most once, and at least one
  ///   example is to be trained on.
  public init(
    name: String, inputNames: [String], values: Values, targets: Targets, classNames: [String],
    outputNames: [String], image: ImageShape?, plane: PlaneData? = nil, notes: [String] = [],
    trainingExamples: [Int], testExamples: [Int], normalization: Normalization,
    normalizationOfTargets: TargetNormalization = .none, origins: [Double] = [],
    targetOrigins: [Double] = []
  ) {
    precondition(!trainingExamples.isEmpty, "a dataset needs at least one training example")
    let stored = Dataset.storedCount(values, inputs: inputNames.count)
    Dataset.check(targets, examples: stored, outputs: outputNames.count)
    for part in [trainingExamples, testExamples] {
      for example in part {
        precondition((0..<stored).contains(example), "example \(example) of \(stored)")
      }
    }
    self.name = ForeignText.shown(name)
    self.inputNames = Dataset.shown(inputNames)
    self.values = values
    self.origins = origins.contains { $0 != 0 } ? origins : []
    (self.targets, targetScalings) = TargetScaling.scale(
      targets, normalizationOfTargets, origins: targetOrigins, examples: trainingExamples)
    self.classNames = Dataset.shown(classNames)
    self.outputNames = Dataset.shown(outputNames)
    self.image = image
    self.plane = plane
    self.notes = notes.map(ForeignText.line)
    self.trainingExamples = trainingExamples
    self.testExamples = testExamples
    (offsets, divisors) = InputScaling.fit(
      normalization, values: values, inputs: inputNames.count, examples: trainingExamples)
  }

  /// Names as they may be shown.
  ///
  /// If all may be shown unchanged it is the same list, so that 65,536 names cost nothing.
  private static func shown(_ names: [String]) -> [String] {
    let isPlain = names.allSatisfy { ForeignText.shown($0) == $0 }
    return isPlain ? names : names.map { ForeignText.shown($0) }
  }

  private static func storedCount(_ values: Values, inputs: Int) -> Int {
    let count =
      switch values {
      case .numbers(let numbers): numbers.count
      case .bytes(let bytes): bytes.count
      }
    precondition(
      inputs > 0 && count % inputs == 0, "\(count) values are no rows of \(inputs) inputs")
    return count / inputs
  }

  /// The kernels use classes as indices of memory to write to, so each class is checked once, here.
  private static func check(_ targets: Targets, examples: Int, outputs: Int) {
    switch targets {
    case .classes(let classes):
      precondition(classes.count == examples, "\(classes.count) classes of \(examples) examples")
      for target in classes {
        precondition((0..<outputs).contains(target), "class \(target) of \(outputs)")
      }
    case .values(let values):
      precondition(
        values.rows == examples && values.columns == outputs,
        "targets of \(values.rows)x\(values.columns) for \(examples) examples, \(outputs) outputs")
    }
  }

  /// Writes the scaled inputs of one example to `destination`.
  ///
  /// - Precondition: `destination` has room for ``inputCount`` values.
  public func copyInputs(of example: Int, into destination: UnsafeMutablePointer<Float>) {
    let inputs = inputCount
    let first = example * inputs
    switch values {
    case .numbers(let numbers):
      for input in 0..<inputs {
        let divisor = divisors[input]
        destination[input] = divisor == 0 ? 0 : (numbers[first + input] - offsets[input]) / divisor
      }
    case .bytes(let bytes):
      for input in 0..<inputs {
        let divisor = divisors[input]
        destination[input] =
          divisor == 0 ? 0 : (Float(bytes[first + input]) - offsets[input]) / divisor
      }
    }
  }

  /// The scaled inputs of one example.
  public func inputs(of example: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: inputCount) { buffer, count in
      if let base = buffer.baseAddress { copyInputs(of: example, into: base) }
      count = inputCount
    }
  }

  /// The scaled inputs of a point of the plane.
  ///
  /// - Precondition: the dataset has a ``plane``.
  public func inputs(atPlanePoint x: Float, _ y: Float) -> [Float] {
    guard let plane else { preconditionFailure("the dataset \(name) has no plane") }
    return plane.features.enumerated().map { input, feature in
      let divisor = divisors[input]
      return divisor == 0 ? 0 : (feature.value(x, y) - offsets[input]) / divisor
    }
  }

  /// One scaled input of one example.
  package func input(_ input: Int, of example: Int) -> Float {
    let divisor = divisors[input]
    guard divisor != 0 else { return 0 }
    let place = example * inputCount + input
    let value =
      switch values {
      case .numbers(let numbers): numbers[place]
      case .bytes(let bytes): Float(bytes[place])
      }
    return (value - offsets[input]) / divisor
  }

  /// One input of one example as it was read, before scaling.
  public func rawInput(_ input: Int, of example: Int) -> Double {
    switch values {
    case .numbers(let numbers): Double(numbers[example * inputCount + input]) + origin(of: input)
    case .bytes(let bytes): Double(bytes[example * inputCount + input])
    }
  }

  /// The number that was subtracted from an input when it was read.
  public func origin(of input: Int) -> Double { origins.isEmpty ? 0 : origins[input] }
}

/// The rows and columns of inputs that are an image.
public struct ImageShape: Equatable, Hashable, Sendable {
  /// The rows of pixels.
  public var height: Int
  /// The columns of pixels.
  public var width: Int

  /// Creates a shape.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

extension ImageChoice {
  /// The shape of the image as which inputs are drawn.
  ///
  /// - Parameters:
  ///   - inputs: the number of inputs.
  ///   - looksLikeImage: the shape where the choice is `auto`.
  /// - Returns: the rows and columns, or nil where the inputs are no image.
  /// - Throws: ``DatasetError/imageDoesNotFit(height:width:inputs:)``.
  public func shape(
    inputs: Int, looksLikeImage: ImageShape?
  ) throws(DatasetError) -> ImageShape? {
    switch self {
    case .auto: return looksLikeImage
    case .none: return nil
    case .size(let height, let width):
      let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
      guard height > 0, width > 0, !overflow, pixels == inputs else {
        throw .imageDoesNotFit(height: height, width: width, inputs: inputs)
      }
      return ImageShape(height: height, width: width)
    }
  }
}
