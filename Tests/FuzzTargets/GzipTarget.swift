import CZlib
import Fuzzing
import RepeatableRandom

extension FuzzTarget {
  /// Compressed tables and images.
  static let gzip = FuzzTarget("gzip", "tables and images that are compressed") { room in
    let files = TableSamples.all + ImageSamples.images
    return FuzzReader(samples: files.map { GzipWriter.compressed($0) }, make: GzipInput.make) {
      bytes in
      try DatasetReading.outcome(
        of: bytes, in: room, as: [("data", "data.gz"), ("labels", "labels.gz")])
    }
  }
}

/// Files that are changed before they are compressed, behind that, or both; with lengths and
/// checksums that fit again, or do not.
enum GzipInput {
  private static let tables = Mutator(words: TableSamples.words)
  private static let binary = Mutator(words: ["\u{1F}", "\u{8}", "\u{0}"], isBinary: true)

  static func make(_ random: inout Generator) -> [UInt8] {
    let isImage = random.int(below: 3) == 0
    let place = random.int(below: 4)
    var content = isImage ? ImageSamples.images[place] : random.element(TableSamples.all)
    let way = random.int(below: 6)
    if way <= 2 { (isImage ? binary : tables).mutate(&content, &random) }
    if random.int(below: 30) == 0 { content = [UInt8](repeating: 0x31, count: 300_000) }
    var file = member(content, &random)
    if random.int(below: 8) == 0 { file += member(random.element(TableSamples.all), &random) }
    switch way {
    case 2, 3: binary.mutate(&file, &random)
    case 4:
      // The compressed bytes alone are damaged, and the end fits what they make.
      var body = GzipWriter.deflated(content)
      binary.mutate(&body, &random)
      file = GzipWriter.header() + body + GzipWriter.trailer(of: GzipWriter.inflated(body))
    case 5:
      // The end states another length, or another checksum.
      let word = random.element(NastyNumbers.words)
      let end = max(0, file.count - (random.int(below: 2) == 0 ? 4 : 8))
      for index in 0..<4 where end + index < file.count {
        file[end + index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * index))
      }
    default: break
    }
    var parts = [file]
    if isImage { parts.append(GzipWriter.compressed(ImageSamples.labels[min(place, 3)])) }
    let use = DatasetUse.random(&random)
    return PartedInput(
      settings: use == .look ? [] : [(DatasetUse.setting, use.rawValue)], parts: parts
    ).bytes
  }

  private static func member(_ content: [UInt8], _ random: inout Generator) -> [UInt8] {
    GzipWriter.header(flags: random.element([0, 0, 0, 4, 8, 16, 2, 31]))
      + GzipWriter.deflated(content) + GzipWriter.trailer(of: content)
  }
}

/// Writes gzip, member by member.
///
/// > Source: RFC 1951 and 1952.
enum GzipWriter {
  /// A file of one member.
  static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    header() + deflated(bytes) + trailer(of: bytes)
  }

  /// The beginning of a member, with the fields that the flags promise.
  static func header(flags: UInt8 = 0) -> [UInt8] {
    var header: [UInt8] = [0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 3]
    if flags & 4 != 0 { header += [3, 0, 1, 2, 3] }
    if flags & 8 != 0 { header += Array("name.csv\u{0}".utf8) }
    if flags & 16 != 0 { header += Array("a comment\u{0}".utf8) }
    if flags & 2 != 0 {
      let checksum = crc32(0, header, UInt32(header.count))
      header += [UInt8(checksum & 255), UInt8(checksum >> 8 & 255)]
    }
    return header
  }

  /// The end of a member: checksum and length of what it makes.
  static func trailer(of bytes: [UInt8]) -> [UInt8] {
    let checksum = crc32(0, bytes, UInt32(bytes.count))
    let words = [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: bytes.count)]
    return words.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
    }
  }

  /// The bytes without header and end.
  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let stream = newStream()
    deflateInit2_(
      stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer {
      deflateEnd(stream)
      stream.deallocate()
    }
    let room = Int(deflateBound(stream, UInt(bytes.count)))
    return run(stream, bytes, room: room) { deflate(stream, Z_FINISH) }
  }

  /// As much as can be made of compressed bytes, up to a megabyte.
  static func inflated(_ bytes: [UInt8]) -> [UInt8] {
    let stream = newStream()
    inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer {
      inflateEnd(stream)
      stream.deallocate()
    }
    return run(stream, bytes, room: 1 << 20) { inflate(stream, Z_SYNC_FLUSH) }
  }

  /// A stream that stays in its place, as zlib needs it.
  private static func newStream() -> UnsafeMutablePointer<z_stream> {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    return stream
  }

  private static func run(
    _ stream: UnsafeMutablePointer<z_stream>, _ bytes: [UInt8], room: Int, _ step: () -> Int32
  ) -> [UInt8] {
    var input = bytes
    var output = [UInt8](repeating: 0, count: room)
    let made = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_in = source.baseAddress
        stream.pointee.avail_in = UInt32(source.count)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        _ = step()
        return target.count - Int(stream.pointee.avail_out)
      }
    }
    return Array(output.prefix(made))
  }
}
