import CZlib

/// Bytes compressed with gzip: told by their content, and never inflated beyond a bound.
enum Gzip {
  /// The most bytes that one compressed byte can stand for: 258 of them in two bits.
  ///
  /// > Source: RFC 1951, section 3.2.5; zlib's technical details name 1032:1.
  static let largestRatio = 1032
  /// What a table may always inflate to, however small the file.
  static let smallTable = 16 << 20
  /// What one compressed byte of a table may become beyond that, on average: tables shrink to a third, very regular
  /// ones to a twentieth.
  static let tableRatio = 32

  /// Whether bytes start as gzip does.
  static func isCompressed(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// The most that so many compressed bytes of a table may become.
  static func tableBound(compressed: Int) -> Int {
    min(FileBytes.limit, max(smallTable, tableRatio * compressed))
  }

  /// The first bytes of what was compressed: as many as one call of zlib makes of little.
  static func start(of bytes: [UInt8], path: String) throws(DatasetFileError) -> [UInt8] {
    let stream = try InflateStream(path: path)
    var chunk = [UInt8](repeating: 0, count: 4096)
    let made = stream.step(bytes[...], into: &chunk, room: chunk.count).made
    return Array(chunk[0..<made])
  }

  /// Refuses data whose first bytes are not what compressed ones can be; no more of them are made than fit into a piece.
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
        // Two bytes tell another member; fewer may be the end of what was read so far.
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

  /// The bytes that were compressed; several members may follow each other.
  ///
  /// - Parameters:
  ///   - bytes: the compressed file.
  ///   - path: its path, for errors.
  ///   - bound: the most that it may inflate to; one byte more is an error, and no more than that one is made.
  ///   - reason: why no more can be right, for that error.
  ///   - accepts: is shown each piece with its place in the whole, and throws where nothing more should be
  ///     inflated.
  /// - Returns: what was compressed.
  /// - Throws: ``DatasetFileError`` with the compressed byte, for data that are corrupt, cut short or too large.
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

  /// The size of the last member, modulo 2^32, as the file's last bytes state it: a hint, for anyone can write it.
  private static func statedSize(_ bytes: [UInt8]) -> Int {
    bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
