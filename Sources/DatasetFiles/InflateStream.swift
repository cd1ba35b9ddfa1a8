import CZlib

/// One of zlib's streams that inflates gzip data.
final class InflateStream {
  /// What one call of zlib did.
  struct Step {
    /// What zlib returned.
    var result: Int32
    /// The compressed bytes that it used.
    var used: Int
    /// The bytes that it made.
    var made: Int
  }

  // zlib remembers the address of its stream, so that it must stay where it is.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Opens a stream.
  ///
  /// - Throws: ``DatasetFileError`` where there is no memory.
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

  /// Makes the stream ready for another member of the file.
  func reset() {
    inflateReset(stream)
  }

  /// Inflates some of `input` into the first `room` bytes of `chunk`.
  func step(_ input: ArraySlice<UInt8>, into chunk: inout [UInt8], room: Int) -> Step {
    input.withUnsafeBufferPointer { source in
      chunk.withUnsafeMutableBufferPointer { target in
        let offered = min(source.count, 1 << 30)
        // zlib reads through this pointer only, though its type does not say so.
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
