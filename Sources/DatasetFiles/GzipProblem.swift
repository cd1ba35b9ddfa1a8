/// Compressed data that do not hold what they should.
public enum GzipProblem: Equatable, Sendable {
  /// There is no memory to inflate it.
  case noMemoryToInflate
  /// The compressed data are not what gzip writes.
  case corrupt
  /// The compressed data end in the middle.
  case endsCompressed
  /// Other bytes follow the compressed data.
  case bytesFollowCompressed
  /// The compressed data are too few for the array that they say to hold.
  case tooFewCompressed(shape: [Int], bytes: Int)
  /// The data inflate to more than they should.
  case inflatesTooFar(bound: Int, InflationBound)

  /// The reason for the most bytes that a file may inflate to.
  public enum InflationBound: Equatable, Sendable {
    /// The array says itself how long it is.
    case array(shape: [Int])
    /// A table of so many compressed bytes is hardly ever larger.
    case table(compressed: Int)
  }
}

extension GzipProblem: CustomStringConvertible {
  /// The value that stands there, and the remedy.
  public var description: String {
    switch self {
    case .noMemoryToInflate: "zlib has no memory to inflate it"
    case .corrupt: "the gzip data are corrupt; copy or compress the file again"
    case .endsCompressed: "the gzip data end too early; copy the file again"
    case .bytesFollowCompressed:
      "bytes follow the end of the gzip data; compress the file again"
    case .tooFewCompressed(let shape, let bytes):
      "the gzip data end here, but dimensions \(shape) need \(bytes) bytes, which so few cannot "
        + "hold; copy the file again"
    case .inflatesTooFar(let bound, let reason):
      "the gzip data inflate to more than \(bound) bytes, \(reason.words)"
    }
  }
}

extension GzipProblem.InflationBound {
  fileprivate var words: String {
    switch self {
    case .array(let shape): "which is all that dimensions \(shape) need"
    case .table(let compressed):
      "more than a table of \(compressed) compressed bytes may; inflate it with gunzip first"
    }
  }
}
