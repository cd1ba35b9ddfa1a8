import CZlib

/// Bytes compressed with gzip.
///
/// They are recognised by their contents, and never inflated beyond a bound.
enum Gzip {
  /// The largest number of bytes that one compressed byte can stand for: 258 for each two bits.
  ///
  /// > Source: RFC 1951, section 3.2.5; zlib's technical details name 1032:1.
  static let largestRatio = 1032
  /// The size to which a table may always inflate, however small the file.
  static let smallTable = 16 << 20
  /// The average number of bytes that each compressed byte of a table may become beyond that.
  ///
  /// Tables shrink to a third, very regular ones to a twentieth.
  static let tableRatio = 32

  /// Whether bytes start like gzip.
  static func isCompressed(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// The largest size of a table with this many compressed bytes.
  static func tableBound(compressed: Int) -> Int {
    min(FileBytes.limit, max(smallTable, tableRatio * compressed))
  }

  /// The first bytes of the original: as many as one call of zlib makes from a small input.
  static func start(of bytes: [UInt8], path: String) throws(DatasetFileError) -> [UInt8] {
    let stream = try InflateStream(path: path)
    var chunk = [UInt8](repeating: 0, count: 4096)
    let made = stream.step(bytes[...], into: &chunk, room: chunk.count).made
    return Array(chunk[0..<made])
  }

  /// Refuses data whose first bytes cannot be compressed data; at most one piece is inflated.
  static func checkStart(
    _ bytes: [UInt8], path: String, isWhole: Bool
  ) throws(DatasetFileError) {
    guard !isWhole else { return }
    let stream = try InflateStream(path: path)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var consumed = 0
    while consumed < bytes.count {
      let step = stream.step(bytes[consumed...], into: &chunk, room: chunk.count)
      consumed += step.used
      if step.result == Z_STREAM_END {
        // Two bytes recognise another member; fewer may be the end of the bytes read so far.
        guard consumed + 1 < bytes.count else { return }
        guard isCompressed(bytes[consumed...]) else { throw tail(path, at: consumed) }
        stream.reset()
      } else if step.result != Z_OK {
        guard step.result == Z_BUF_ERROR else { throw corrupt(path, at: consumed) }
        return
      } else if step.used == 0, step.made == 0 {
        return
      }
    }
  }

  private static func tail(_ path: String, at byte: Int) -> DatasetFileError {
    DatasetFileError(path, .byte(byte), .gzip(.bytesFollowCompressed))
  }

  private static func corrupt(_ path: String, at byte: Int) -> DatasetFileError {
    DatasetFileError(path, .byte(byte), .gzip(.corrupt))
  }

  /// The original bytes; several members may follow each other.
  ///
  /// - Parameters:
  ///   - bytes: the compressed file.
  ///   - path: its path, for errors.
  ///   - bound: the largest inflated size; one byte more is an error, and inflating stops there.
  ///   - reason: the reason for the bound, for that error.
  ///   - accepts: called with each piece and its place in the whole; throws to stop inflating.
  /// - Returns: the original bytes.
  /// - Throws: ``DatasetFileError`` with the compressed byte, for data that are corrupt, cut short
  ///   or too large.
  static func inflate(
    _ bytes: [UInt8], path: String, bound: Int, reason: GzipProblem.InflationBound,
    accepts: (ArraySlice<UInt8>, Int) throws(DatasetFileError) -> Void = { _, _ in }
  ) throws(DatasetFileError) -> [UInt8] {
    let stream = try InflateStream(path: path)
    var inflated: [UInt8] = []
    inflated.reserveCapacity(min(bound, statedSize(bytes)))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    while true {
      let room = min(chunk.count, bound - inflated.count + 1)
      let step = stream.step(bytes[consumed...], into: &chunk, room: room)
      consumed += step.used
      guard inflated.count + step.made <= bound else {
        throw DatasetFileError(path, .byte(consumed), .gzip(.inflatesTooFar(bound: bound, reason)))
      }
      try accepts(chunk[0..<step.made], inflated.count)
      inflated += chunk[0..<step.made]
      if step.result == Z_STREAM_END {
        if consumed == bytes.count { return inflated }
        guard isCompressed(bytes[consumed...]) else {
          throw tail(path, at: consumed)
        }
        stream.reset()
      } else if step.result == Z_BUF_ERROR
        || (step.result == Z_OK && step.used == 0 && step.made == 0)
      {
        throw DatasetFileError(path, .byte(bytes.count), .gzip(.endsCompressed))
      } else if step.result != Z_OK {
        throw corrupt(path, at: consumed)
      }
    }
  }

  /// The size of the last member, modulo 2^32, from the file's last bytes.
  ///
  /// It is only a hint, since anyone can write it.
  private static func statedSize(_ bytes: [UInt8]) -> Int {
    bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
