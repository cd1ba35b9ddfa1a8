public import DropoutCore
import Foundation

/// Reads CSV and IDX files, plain or compressed with gzip, into a dataset; every byte is hostile.
public enum DatasetFiles {
  /// The share of examples that are kept for testing where none was asked for.
  public static let defaultTestFraction = 0.25

  /// Reads the dataset that a configuration names.
  ///
  /// What a file is, is told by its content: IDX by its first bytes, gzip likewise, anything else is a table.
  ///
  /// - Throws: ``DatasetFileError``, one line with file, place, value and remedy.
  public static func load(
    _ configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> Dataset {
    let path = configuration.data
    let bytes = try contents(of: path)
    guard IDXArray.looksLike(bytes[...]) else {
      return try TableFiles.dataset(bytes, path: path, configuration: configuration)
    }
    let training = try ImageFiles.read(
      bytes, path: path, labels: configuration.labels, limit: configuration.limit)
    var test: (part: ImageFiles.Part, path: String)?
    if let testPath = configuration.testData {
      test = (
        try ImageFiles.read(
          contents(of: testPath), path: testPath, labels: configuration.testLabels,
          limit: configuration.limit), testPath
      )
    }
    return try ImageFiles.dataset(training, path: path, test: test, configuration: configuration)
  }

  /// The bytes of a file, inflated where they are gzip.
  static func contents(of path: String) throws(DatasetFileError) -> [UInt8] {
    let bytes = try FileBytes.read(path) { (start) throws(DatasetFileError) in
      guard IDXArray.looksLike(start) else { return }
      _ = try IDXArray.expectedSize(start, path: path)
    }
    guard Gzip.isCompressed(bytes[...]) else { return bytes }
    var bound = Gzip.bound(compressed: bytes.count)
    // An IDX file says itself how long it is: one byte more is already too much.
    let start = try Gzip.start(of: bytes, path: path)
    if IDXArray.looksLike(start[...]) {
      bound = min(bound, try IDXArray.expectedSize(start[...], path: path).total + 1)
    }
    return try Gzip.inflate(bytes, path: path, bound: bound)
  }

  /// What was read, before it is split and scaled.
  struct Parts {
    var path: String
    var inputNames: [String]
    var values: Dataset.Values
    var targets: Dataset.Targets
    var classNames: [String]
    var outputNames: [String]
    var looksLike: ImageShape?
    var plane: PlaneData?
    var notes: [String]
    /// The examples of the training file, which come first.
    var trainingCount: Int
    /// The examples of the test file; nil where there is none.
    var testCount: Int?
  }

  /// Splits and scales what was read.
  static func dataset(
    _ parts: Parts, configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> Dataset {
    do {
      let split =
        if let testCount = parts.testCount {
          DatasetSplit(
            trainingCount: parts.trainingCount, testCount: testCount, seed: configuration.dataSeed)
        } else {
          try DatasetSplit(
            of: parts.targets, testFraction: configuration.testFraction ?? defaultTestFraction,
            seed: configuration.dataSeed)
        }
      return Dataset(
        name: URL(fileURLWithPath: parts.path).lastPathComponent, inputNames: parts.inputNames,
        values: parts.values, targets: parts.targets, classNames: parts.classNames,
        outputNames: parts.outputNames,
        image: try configuration.image.shape(
          inputs: parts.inputNames.count, looksLikeImage: parts.looksLike),
        plane: parts.plane, notes: parts.notes, trainingExamples: split.trainingExamples,
        testExamples: split.testExamples, normalization: configuration.normalization)
    } catch {
      throw DatasetFileError(parts.path, error.description)
    }
  }
}
