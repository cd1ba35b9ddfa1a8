/// Inspects a file while it is read, so that a wrong file is not read to its end.
///
/// An endless device, a pipe full of anything, a file of holes: each is refused at the first piece
/// that shows it. A file that was read whole is checked again by its own reader.
struct FileInspection {
  /// The longest line of a table: the largest number of cells, each as long as a number may be.
  static let longestLine = 32 << 20

  /// The kind of a file, from its first bytes.
  private enum Kind {
    case unknown
    case array(total: Int, shape: [Int])
    case compressed
    case table
  }

  private let path: String
  private var kind = Kind.unknown
  private var line = 1
  private var lineStart = 0
  /// The end of the text that is known to be UTF-8.
  private var validEnd = 0
  private var isStartOfTableAccepted = false

  init(path: String) {
    self.path = path
  }

  /// Inspects the next piece.
  ///
  /// - Throws: ``DatasetFileError`` to stop reading.
  mutating func accept(
    _ piece: FileBytes.Piece, acceptsShape: ([Int]) throws(DatasetFileError) -> Void,
    acceptsTable: ([UInt8]) throws(DatasetFileError) -> Void
  ) throws(DatasetFileError) {
    if case .unknown = kind {
      if Gzip.isCompressed(piece.bytes[...]) {
        kind = .compressed
        try Gzip.checkStart(piece.bytes, path: path, isWhole: piece.isLast)
      } else if IDXArray.looksLike(piece.bytes[...]) {
        let (_, total, shape, _) = try IDXArray.expectedSize(piece.bytes[...], path: path)
        try acceptsShape(shape)
        kind = .array(total: total, shape: shape)
      } else if let format = ForeignFormat(piece.bytes[...], path: path) {
        throw DatasetFileError(path, .file(.foreign(format)))
      } else {
        kind = .table
      }
    }
    switch kind {
    case .unknown, .compressed: break
    case .array(let total, let shape):
      let size = piece.size ?? piece.bytes.count
      guard max(size, piece.bytes.count) <= total else {
        throw IDXArray.tooLong(
          path, count: max(size, piece.bytes.count), total: total, shape: shape)
      }
    case .table: try acceptText(piece, acceptsTable: acceptsTable)
    }
  }

  private mutating func acceptText(
    _ piece: FileBytes.Piece, acceptsTable: ([UInt8]) throws(DatasetFileError) -> Void
  ) throws(DatasetFileError) {
    try TableFiles.checkNoNUL(
      piece.bytes[piece.new], offset: piece.new.lowerBound, path: path)
    let end = piece.isLast ? piece.bytes.count : FileInspection.wholeCharacters(piece.bytes)
    if end > validEnd {
      guard String(validating: piece.bytes[validEnd..<end], as: UTF8.self) != nil else {
        throw TableFiles.notUTF8(piece.bytes[..<end], path: path)
      }
      validEnd = end
    }
    for index in piece.new where piece.bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    guard piece.bytes.count - lineStart <= FileInspection.longestLine else {
      throw DatasetFileError(
        path, .line(line), .table(.lineTooLong(limit: FileInspection.longestLine)))
    }
    try acceptStart(piece, acceptsTable: acceptsTable)
  }

  /// Passes the first lines on, once, if more are to come and no quote is open in them.
  private mutating func acceptStart(
    _ piece: FileBytes.Piece, acceptsTable: ([UInt8]) throws(DatasetFileError) -> Void
  ) throws(DatasetFileError) {
    guard !isStartOfTableAccepted, !piece.isLast, line > 3, piece.bytes.count >= 1 << 16 else {
      return
    }
    isStartOfTableAccepted = true
    guard !piece.bytes.contains(UInt8(ascii: "\"")) else { return }
    try acceptsTable(Array(piece.bytes[..<lineStart]))
  }

  /// The end of the last complete character.
  private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where bytes.count >= back {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      return length > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }
}
