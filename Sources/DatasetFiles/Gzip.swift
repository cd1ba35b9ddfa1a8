import CZlib

/// Bytes compressed with gzip: told by their content, and never inflated beyond a bound.
enum Gzip {
  /// Whether bytes start as gzip does.
  static func isCompressed(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// The most that so many compressed bytes may become: a table or an image shrinks far less.
  static func bound(compressed: Int) -> Int {
    min(1 << 30, max(64 << 20, 200 * compressed))
  }

  /// The first bytes of what was compressed: as many as one call of zlib makes of little.
  static func start(of bytes: [UInt8], path: String) throws(DatasetFileError) -> [UInt8] {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw DatasetFileError(path, "zlib has no memory to inflate it") }
    defer { inflateEnd(&stream) }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let made = step(&stream, bytes[...], into: &chunk).made
    return Array(chunk[0..<made])
  }

  /// The bytes that were compressed, at most `bound` of them; several members may follow each other.
  static func inflate(
    _ bytes: [UInt8], path: String, bound: Int
  ) throws(DatasetFileError) -> [UInt8] {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw DatasetFileError(path, "zlib has no memory to inflate it") }
    defer { inflateEnd(&stream) }
    var inflated: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    while true {
      let (result, used, made) = step(&stream, bytes[consumed...], into: &chunk)
      consumed += used
      inflated += chunk[0..<made]
      guard inflated.count <= bound else {
        throw DatasetFileError(
          path, .byte(consumed),
          "the gzip data inflate to more than \(bound) bytes; that is no dataset of this size")
      }
      if result == Z_STREAM_END {
        if consumed == bytes.count { return inflated }
        guard isCompressed(bytes[consumed...]) else {
          throw DatasetFileError(
            path, .byte(consumed), "bytes follow the end of the gzip data; compress the file again")
        }
        inflateReset(&stream)
      } else if result == Z_BUF_ERROR || (result == Z_OK && used == 0 && made == 0) {
        throw DatasetFileError(
          path, .byte(bytes.count), "the gzip data end too early; copy the file again")
      } else if result != Z_OK {
        throw DatasetFileError(
          path, .byte(consumed), "the gzip data are corrupt; copy or compress the file again")
      }
    }
  }

  /// One call of zlib: its result, the bytes it used and the bytes it made.
  private static func step(
    _ stream: inout z_stream, _ input: ArraySlice<UInt8>, into chunk: inout [UInt8]
  ) -> (result: Int32, used: Int, made: Int) {
    input.withUnsafeBufferPointer { source in
      chunk.withUnsafeMutableBufferPointer { target in
        let offered = min(source.count, 1 << 30)
        // zlib reads through this pointer only, though its type does not say so.
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(offered)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        let result = CZlib.inflate(&stream, Z_NO_FLUSH)
        return (result, offered - Int(stream.avail_in), target.count - Int(stream.avail_out))
      }
    }
  }
}
