public import DropoutEngine

/// The contents of a dataset's files, read and checked, before the dataset is split and scaled.
///
/// A split does not copy the values: all datasets made from the same contents share them.
public struct DatasetContents: Sendable {
  let path: String
  let inputNames: [String]
  /// The values, less the origin of their input; 0 where one is missing.
  let values: Dataset.Values
  /// The places in the values that are missing, in ascending order.
  var missing: [Int] = []
  /// The number of rows of the files that are left out.
  var droppedRows = 0
  /// The number that was subtracted from each input; empty where nothing was.
  var origins: [Double] = []
  let targets: Dataset.Targets
  /// The number that was subtracted from each target; empty where nothing was.
  var targetOrigins: [Double] = []
  /// The exact values of the first rows' inputs.
  var inputSample = ValueSample(columns: 0)
  /// The exact values of the first rows' targets.
  var targetSample = ValueSample(columns: 0)
  let classNames: [String]
  let outputNames: [String]
  let looksLike: ImageShape?
  /// Whether the two inputs are the coordinates of a plane.
  var isPlane = false
  let notes: [String]
  /// The number of examples in the training file, which come first.
  let trainingCount: Int
  /// The number of examples in the test file; nil where there is none.
  let testCount: Int?

  /// The dataset for a configuration: split by the data seed, scaled by the training part.
  ///
  /// - Parameter configuration: the configuration that names these files; its seed, test fraction,
  ///   scaling and image are used.
  /// - Returns: the dataset; its values are shared, not copied.
  /// - Throws: ``DatasetFileError`` where a part would be empty, or the image has another shape.
  public func dataset(
    _ configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> Dataset {
    do {
      let split =
        if let testCount {
          DatasetSplit(
            trainingCount: trainingCount, testCount: testCount, seed: configuration.dataSeed)
        } else {
          try DatasetSplit(
            of: targets,
            testFraction: configuration.testFraction ?? DatasetFiles.defaultTestFraction,
            seed: configuration.dataSeed)
        }
      let values = filled(trainingExamples: split.trainingExamples)
      var dataset = Dataset(
        name: DatasetFiles.name(of: path), inputNames: inputNames,
        values: values, targets: targets, classNames: classNames, outputNames: outputNames,
        image: try configuration.image.shape(
          inputs: inputNames.count, looksLikeImage: looksLike),
        plane: isPlane ? plane(values) : nil,
        notes: notes + noteOnTargets(configuration.targetNormalization),
        trainingExamples: split.trainingExamples, testExamples: split.testExamples,
        normalization: configuration.normalization,
        normalizationOfTargets: configuration.targetNormalization, origins: origins,
        targetOrigins: targetOrigins)
      try check(dataset)
      let merged = MergedValues(dataset, inputs: inputSample, targets: targetSample)
      dataset.notes += merged.notes(dataset)
      return dataset
    } catch {
      throw DatasetFileError(path, .dataset(error))
    }
  }

  /// Checks that every value is finite when it is scaled: one of the test part may be far from all
  /// of the training part.
  private func check(_ dataset: Dataset) throws(DatasetError) {
    if case .numbers(let numbers) = dataset.values {
      let inputs = dataset.inputCount
      for place in numbers.indices {
        let (example, input) = (place / inputs, place % inputs)
        guard !dataset.input(input, of: example).isFinite else { continue }
        throw .outOfReach(
          name: inputNames[input], value: dataset.rawInput(input, of: example),
          offset: Double(dataset.offsets[input]) + dataset.origin(of: input),
          divisor: Double(dataset.divisors[input]), option: "normalize")
      }
    }
    guard case .values(let scaled) = dataset.targets, case .values(let own) = targets,
      !dataset.targetScalings.isEmpty
    else { return }
    for (place, value) in scaled.elements.enumerated() where !value.isFinite {
      let column = place % scaled.columns
      let scaling = dataset.targetScalings[column]
      let origin = targetOrigins.isEmpty ? 0 : targetOrigins[column]
      throw .outOfReach(
        name: outputNames[column], value: Double(own.elements[place]) + origin,
        offset: scaling.offset, divisor: scaling.divisor, option: "normalize-target")
    }
  }

  /// The unit of the losses, where it is not the target's own.
  private func noteOnTargets(_ normalization: TargetNormalization) -> [String] {
    guard case .values = targets, normalization == .standard else { return [] }
    return [
      "the target is trained on less its mean, in units of its standard deviation, so losses are "
        + "in these units squared; targets and predictions are shown in their own units; "
        + "--normalize-target none turns it off"
    ]
  }

  /// The values, each missing one replaced by its input's mean over the training examples that have
  /// it.
  ///
  /// > Source: mean imputation, as Little and Rubin, Statistical Analysis with Missing Data; the
  /// > test part has no share in the mean.
  private func filled(trainingExamples: [Int]) -> Dataset.Values {
    guard !missing.isEmpty, case .numbers(var numbers) = values else { return values }
    let inputs = inputNames.count
    let lacking = Set(missing)
    var means: [Int: Float] = [:]
    for place in missing {
      let input = place % inputs
      let mean = means[input] ?? mean(of: input, in: numbers, trainingExamples, lacking: lacking)
      means[input] = mean
      numbers[place] = mean
    }
    return .numbers(numbers)
  }

  private func mean(
    of input: Int, in numbers: [Float], _ trainingExamples: [Int], lacking: Set<Int>
  ) -> Float {
    var (sum, count) = (0.0, 0)
    for example in trainingExamples {
      let place = example * inputNames.count + input
      guard !lacking.contains(place) else { continue }
      sum += Double(numbers[place])
      count += 1
    }
    return count == 0 ? 0 : Float(sum / Double(count))
  }

  /// Two inputs are a plane with their own range and a margin of a tenth.
  private func plane(_ values: Dataset.Values) -> PlaneData? {
    guard case .numbers(let inputs) = values else { return nil }
    func range(_ column: Int) -> ClosedRange<Float> {
      var lowest = Float.infinity
      var highest = -Float.infinity
      for index in stride(from: column, to: inputs.count, by: 2) {
        lowest = min(lowest, inputs[index])
        highest = max(highest, inputs[index])
      }
      let margin = max((highest - lowest) / 10, Float.leastNormalMagnitude)
      return (lowest - margin)...(highest + margin)
    }
    return PlaneData(features: [.x1, .x2], points: inputs, xRange: range(0), yRange: range(1))
  }

  /// The hash of names, values and targets.
  public var fingerprint: UInt64 {
    var hash = Fingerprint()
    for name in inputNames + classNames + outputNames { hash.add(name) }
    switch values {
    case .numbers(let numbers): for number in numbers { hash.add(number) }
    case .bytes(let bytes): for byte in bytes { hash.add(UInt64(byte)) }
    }
    switch targets {
    case .classes(let classes): for index in classes { hash.add(UInt64(index)) }
    case .values(let matrix): for number in matrix.elements { hash.add(number) }
    }
    for place in missing { hash.add(UInt64(place)) }
    for origin in origins + targetOrigins where origin != 0 { hash.add(origin.bitPattern) }
    hash.add(UInt64(trainingCount))
    hash.add(UInt64(testCount ?? 0))
    return hash.value
  }
}
