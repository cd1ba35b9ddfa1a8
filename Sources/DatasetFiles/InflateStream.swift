import CZlib

/// One of zlib's streams for inflating gzip data.
final class InflateStream {
  /// The result of one call of zlib.
  struct Step {
    /// The status from zlib.
    var result: Int32
    /// The number of compressed bytes used.
    var used: Int
    /// The number of bytes made.
    var made: Int
  }

  // zlib remembers the address of its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Opens a stream.
  ///
  /// - Throws: ``DatasetFileError`` where memory is lacking.
  init(path: String) throws(DatasetFileError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let result = inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else {
      throw DatasetFileError(path, .gzip(.noMemoryToInflate))
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Prepares the stream for another member of the file.
  func reset() {
    inflateReset(stream)
  }

  /// Inflates some of `input` into the first `room` bytes of `chunk`.
  func step(_ input: ArraySlice<UInt8>, into chunk: inout [UInt8], room: Int) -> Step {
    input.withUnsafeBufferPointer { source in
      chunk.withUnsafeMutableBufferPointer { target in
        let offered = min(source.count, 1 << 30)
        // zlib only reads through this pointer, though its type does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.pointee.avail_in = UInt32(offered)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(room)
        let result = inflate(stream, Z_NO_FLUSH)
        return Step(
          result: result, used: offered - Int(stream.pointee.avail_in),
          made: room - Int(stream.pointee.avail_out))
      }
    }
  }
}
