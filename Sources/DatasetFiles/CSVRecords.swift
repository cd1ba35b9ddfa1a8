/// The records of comma-separated values, one after the other.
///
/// Cells may be quoted; a quoted cell may hold commas, newlines and doubled quotes. Lines end with
/// LF or CRLF.
///
/// > Source: RFC 4180.
struct CSVRecords {
  /// The largest number of cells in a record: a network's largest number of inputs, and the target.
  static let mostCells = 65_537

  private let bytes: [UInt8]
  private let path: String
  private var position: Int
  private var line = 1
  /// The first line of the last record, counted from 1.
  private(set) var recordLine = 1
  /// The cells of the last record, as ranges of ``text``.
  private(set) var cells: [Range<Int>] = []
  /// The bytes of the last record's cells, without quotes.
  private(set) var text: [UInt8] = []

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    // A byte order mark has no meaning in UTF-8.
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Reads the next record into ``cells`` and ``text``; false at the end.
  ///
  /// Blank lines are skipped.
  mutating func next() throws(DatasetFileError) -> Bool {
    while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D {
      if bytes[position] == 0x0A { line += 1 }
      position += 1
    }
    guard position < bytes.count else { return false }
    recordLine = line
    cells.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    while true {
      let start = text.count
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        try readQuoted()
      } else {
        readPlain()
      }
      cells.append(start..<text.count)
      guard cells.count <= CSVRecords.mostCells else {
        throw DatasetFileError(
          path, .line(recordLine),
          .table(.tooManyInputs(most: CSVRecords.mostCells - 1)))
      }
      guard position < bytes.count else { return true }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: ",") { continue }
      if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      line += 1
      return true
    }
  }

  /// The text of a cell of the last record.
  func string(_ cell: Int) -> String {
    String(decoding: text[cells[cell]], as: UTF8.self)
  }

  private mutating func readPlain() {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D { break }
      position += 1
    }
    text += bytes[start..<position]
  }

  private mutating func readQuoted() throws(DatasetFileError) {
    let opened = line
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
          return try checkEndOfQuoted()
        }
        position += 1
      } else if byte == 0x0A {
        line += 1
      }
      text.append(byte)
    }
    throw DatasetFileError(
      path, .cell(line: opened, column: cells.count + 1, name: nil),
      .table(.openQuote))
  }

  private func checkEndOfQuoted() throws(DatasetFileError) {
    guard position < bytes.count else { return }
    let byte = bytes[position]
    guard byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D else {
      throw DatasetFileError(
        path, .cell(line: line, column: cells.count + 1, name: nil),
        .table(.textAfterQuote))
    }
  }
}
