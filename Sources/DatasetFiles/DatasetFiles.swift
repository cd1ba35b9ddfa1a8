public import DropoutEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads CSV and IDX files, plain or compressed with gzip, into a dataset.
///
/// Every byte may be hostile.
public enum DatasetFiles {
  /// The share of the examples that is kept for testing by default.
  public static let defaultTestFraction = 0.25

  /// The path that stands for standard input.
  public static let standardInput = "-"

  /// The name of a file on the screen.
  public static func name(of path: String) -> String {
    path == standardInput ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
  }

  /// A path in a message.
  static func shown(_ path: String) -> String {
    path == standardInput ? "standard input" : ForeignText.path(path)
  }

  /// Reads the dataset that a configuration names.
  ///
  /// The contents tell the kind of a file: IDX and gzip have their own first bytes, and anything
  /// else is a table.
  ///
  /// - Parameters:
  ///   - configuration: the configuration.
  ///   - memory: the bytes that a table and its examples may take; nil sets no bound.
  /// - Returns: the dataset, split as the configuration says.
  /// - Throws: ``DatasetFileError``, one line with file, place, value and remedy.
  public static func load(
    _ configuration: ExperimentConfiguration, within memory: Int? = nil
  ) throws(DatasetFileError) -> Dataset {
    try read(configuration, within: memory).dataset(configuration)
  }

  /// Reads the files that a configuration names, once for any number of splits.
  ///
  /// - Parameters:
  ///   - configuration: the configuration.
  ///   - memory: the bytes that a table and its examples may take; nil sets no bound.
  /// - Returns: the contents, before they are split.
  /// - Throws: ``DatasetFileError``, one line with file, place, value and remedy.
  public static func read(
    _ configuration: ExperimentConfiguration, within memory: Int? = nil
  ) throws(DatasetFileError) -> DatasetContents {
    let path = configuration.data
    let memory = FreeMemory(memory)
    let bytes = try contents(of: path, within: memory) { (shape) throws(DatasetFileError) in
      try checkOptions(of: configuration, areImages: true)
      try ImageFiles.checkImages(shape, path: path)
    } acceptsTable: { (start) throws(DatasetFileError) in
      try checkOptions(of: configuration, areImages: false)
      try TableFiles.checkStart(start, path: path, configuration: configuration)
    }
    let areImages = IDXArray.looksLike(bytes[...])
    try checkOptions(of: configuration, areImages: areImages)
    guard areImages else {
      return try TableFiles.contents(
        bytes, path: path, configuration: configuration, within: memory)
    }
    let training = try ImageFiles.read(
      consume bytes, path: path, labels: configuration.labels, limit: configuration.limit,
      within: memory)
    var test: (part: ImageFiles.Part, path: String)?
    if let testPath = configuration.testData {
      let memory = memory.beside(training.bytes)
      test = (
        try ImageFiles.read(
          contents(of: testPath, within: memory), path: testPath,
          labels: configuration.testLabels, limit: configuration.limit, within: memory), testPath
      )
    }
    return try ImageFiles.contents(consume training, path: path, test: test)
  }

  /// Refuses options about files of the other kind: to ignore one would hide a misunderstanding.
  private static func checkOptions(
    of configuration: ExperimentConfiguration, areImages: Bool
  ) throws(DatasetFileError) {
    let others =
      areImages
      ? [
        "target", "inputs", "leave-out", "separator", "decimal", "one-hot", "missing", "task",
        "normalize-target",
      ]
      : ["labels", "test-labels"]
    var settings = Settings()
    settings.experiment = configuration
    for name in others {
      guard let definition = ParameterTable.definition(named: name),
        definition.get(settings) != definition.defaultValue
      else { continue }
      // Labels are classes, so this choice says what is so.
      if name == "task", configuration.task == .classify { continue }
      throw DatasetFileError(
        configuration.data, .file(.inapplicable(option: name, areImages: areImages)))
    }
  }

  /// The bytes of a file, inflated where they are gzip, but never more than the format can need.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - memory: the bytes that are free for it.
  ///   - acceptsShape: called with the dimensions of an IDX file before the rest is read or
  ///     inflated; throws where they do not fit.
  ///   - acceptsTable: called with the first lines of a long table, likewise.
  /// - Returns: all bytes, uncompressed.
  /// - Throws: ``DatasetFileError``.
  static func contents(
    of path: String, within memory: FreeMemory,
    acceptsShape: ([Int]) throws(DatasetFileError) -> Void = { _ in },
    acceptsTable: ([UInt8]) throws(DatasetFileError) -> Void = { _ in }
  ) throws(DatasetFileError) -> [UInt8] {
    var inspection = FileInspection(path: path)
    let bytes = try FileBytes.read(path, within: memory) { (piece) throws(DatasetFileError) in
      try inspection.accept(piece, acceptsShape: acceptsShape, acceptsTable: acceptsTable)
    }
    guard Gzip.isCompressed(bytes[...]) else { return bytes }
    // An IDX file states its own length.
    let start = try Gzip.start(of: bytes, path: path)
    if let format = ForeignFormat(start[...], path: path) {
      throw DatasetFileError(path, .file(.foreign(format)))
    }
    guard IDXArray.looksLike(start[...]) else {
      return try inflatedTable(bytes, path: path, within: memory)
    }
    let (_, total, shape, _) = try IDXArray.expectedSize(start[...], path: path)
    try acceptsShape(shape)
    guard total / Gzip.largestRatio <= bytes.count else {
      throw DatasetFileError(
        path, .byte(bytes.count), .gzip(.tooFewCompressed(shape: shape, bytes: total)))
    }
    return try Gzip.inflate(
      bytes, path: path, bound: total, reason: .array(shape: shape))
  }

  private static func inflatedTable(
    _ bytes: [UInt8], path: String, within memory: FreeMemory
  ) throws(DatasetFileError) -> [UInt8] {
    let bound = Gzip.tableBound(compressed: bytes.count)
    let allowed = memory.free
    return try Gzip.inflate(
      bytes, path: path, bound: min(bound, allowed),
      reason: bound <= allowed ? .table(compressed: bytes.count) : .memory
    ) { (piece, offset) throws(DatasetFileError) in
      try TableFiles.checkNoNUL(piece, offset: offset, path: path)
    }
  }
}
