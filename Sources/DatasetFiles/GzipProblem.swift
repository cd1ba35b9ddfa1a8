/// Compressed data that cannot be used.
public enum GzipProblem: Equatable, Sendable {
  /// There is no memory to inflate it.
  case noMemoryToInflate
  /// The compressed data are not in gzip's format.
  case corrupt
  /// The compressed data end in the middle.
  case endsCompressed
  /// Other bytes follow the compressed data.
  case bytesFollowCompressed
  /// The compressed data are too short for the array in their header.
  case tooFewCompressed(shape: [Int], bytes: Int)
  /// The data inflate beyond their bound.
  case inflatesTooFar(bound: Int, InflationBound)

  /// The reason for the bound of an inflated file.
  public enum InflationBound: Equatable, Sendable {
    /// The array states its own length.
    case array(shape: [Int])
    /// A table with this many compressed bytes is hardly ever larger.
    case table(compressed: Int)
    /// More memory may not be used.
    case memory
  }
}

extension GzipProblem: CustomStringConvertible {
  /// The value found, and the remedy.
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
    case .memory: "which is all the memory that may be used; take a smaller file"
    }
  }
}
