public import DropoutEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The contents of a dataset's files, read and checked, before the dataset is split and scaled.
///
/// A split does not copy the values: all datasets made from the same contents share them.
public struct DatasetContents: Sendable {
  let path: String
  let inputNames: [String]
  let values: Dataset.Values
  let targets: Dataset.Targets
  let classNames: [String]
  let outputNames: [String]
  let looksLike: ImageShape?
  let plane: PlaneData?
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
      return Dataset(
        name: URL(fileURLWithPath: path).lastPathComponent, inputNames: inputNames,
        values: values, targets: targets, classNames: classNames, outputNames: outputNames,
        image: try configuration.image.shape(
          inputs: inputNames.count, looksLikeImage: looksLike),
        plane: plane, notes: notes, trainingExamples: split.trainingExamples,
        testExamples: split.testExamples, normalization: configuration.normalization)
    } catch {
      throw DatasetFileError(path, .dataset(error))
    }
  }

  /// A hash of names, values and targets.
  ///
  /// Other contents have the same one with a probability of about 2^-64.
  ///
  /// > Source: Fowler, Noll, Vo, the hash function FNV-1a of 64 bits; here over words instead of
  /// > bytes.
  public var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01b3 }
    for name in inputNames + classNames + outputNames {
      for byte in name.utf8 { add(UInt64(byte)) }
      add(1 << 32)
    }
    switch values {
    case .numbers(let numbers): for number in numbers { add(UInt64(number.bitPattern)) }
    case .bytes(let bytes): for byte in bytes { add(UInt64(byte)) }
    }
    switch targets {
    case .classes(let classes): for index in classes { add(UInt64(index)) }
    case .values(let matrix): for number in matrix.elements { add(UInt64(number.bitPattern)) }
    }
    add(UInt64(trainingCount))
    add(UInt64(testCount ?? 0))
    return hash
  }
}
