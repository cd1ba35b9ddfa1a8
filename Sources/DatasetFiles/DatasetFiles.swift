public import DropoutEngine

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
    try read(configuration).dataset(configuration)
  }

  /// Reads the files that a configuration names, once for any number of splits.
  ///
  /// - Throws: ``DatasetFileError``, one line with file, place, value and remedy.
  public static func read(
    _ configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> DatasetContents {
    let path = configuration.data
    let bytes = try contents(of: path) { (shape) throws(DatasetFileError) in
      try ImageFiles.checkImages(shape, path: path)
    } acceptsTable: { (start) throws(DatasetFileError) in
      _ = try CSVTable(
        start, path: path, target: configuration.target, limit: configuration.limit)
    }
    guard IDXArray.looksLike(bytes[...]) else {
      return try TableFiles.contents(bytes, path: path, configuration: configuration)
    }
    let training = try ImageFiles.read(
      consume bytes, path: path, labels: configuration.labels, limit: configuration.limit)
    var test: (part: ImageFiles.Part, path: String)?
    if let testPath = configuration.testData {
      test = (
        try ImageFiles.read(
          contents(of: testPath), path: testPath, labels: configuration.testLabels,
          limit: configuration.limit), testPath
      )
    }
    return try ImageFiles.contents(consume training, path: path, test: test)
  }

  /// The bytes of a file, inflated where they are gzip; never more of them than the format can need.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - acceptsShape: is shown the dimensions of an IDX file before the rest is read or inflated, and throws where
  ///     they are not what is needed.
  ///   - acceptsTable: is shown the first lines of a table that is long, likewise.
  /// - Returns: all bytes, not compressed.
  /// - Throws: ``DatasetFileError``.
  static func contents(
    of path: String,
    acceptsShape: ([Int]) throws(DatasetFileError) -> Void = { _ in },
    acceptsTable: ([UInt8]) throws(DatasetFileError) -> Void = { _ in }
  ) throws(DatasetFileError) -> [UInt8] {
    var inspection = FileInspection(path: path)
    let bytes = try FileBytes.read(path) { (piece) throws(DatasetFileError) in
      try inspection.accept(piece, acceptsShape: acceptsShape, acceptsTable: acceptsTable)
    }
    guard Gzip.isCompressed(bytes[...]) else { return bytes }
    // An IDX file says itself how long it is.
    let start = try Gzip.start(of: bytes, path: path)
    guard IDXArray.looksLike(start[...]) else { return try inflatedTable(bytes, path: path) }
    let (_, total, shape) = try IDXArray.expectedSize(start[...], path: path)
    try acceptsShape(shape)
    guard total / Gzip.largestRatio <= bytes.count else {
      throw DatasetFileError(
        path, .byte(bytes.count), .gzip(.tooFewCompressed(shape: shape, bytes: total)))
    }
    return try Gzip.inflate(
      bytes, path: path, bound: total, reason: .array(shape: shape))
  }

  private static func inflatedTable(
    _ bytes: [UInt8], path: String
  ) throws(DatasetFileError) -> [UInt8] {
    try Gzip.inflate(
      bytes, path: path, bound: Gzip.tableBound(compressed: bytes.count),
      reason: .table(compressed: bytes.count)
    ) { (piece, offset) throws(DatasetFileError) in
      try TableFiles.checkNoNUL(piece, offset: offset, path: path)
    }
  }
}
