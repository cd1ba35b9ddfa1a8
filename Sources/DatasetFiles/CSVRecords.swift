import DropoutEngine

/// The records of a table, one after the other.
///
/// Cells may be quoted; a quoted cell may hold separators, newlines and doubled quotes. Lines end
/// with LF, CRLF or CR. Blanks around a cell do not belong to it, nor do apostrophes.
///
/// > Source: RFC 4180, but for the blanks, the apostrophes and the choice of a separator.
struct CSVRecords {
  /// The largest number of cells in a record: a network's largest number of inputs, and as many
  /// columns again that are targets or left out.
  static let mostCells = 131_072

  private let bytes: [UInt8]
  private let path: String
  private let separator: TableSeparator
  private var position: Int
  private var line = 1
  /// The first line of the last record, counted from 1.
  private(set) var recordLine = 1
  /// The cells of the last record without blanks around them: ranges of the file, or of ``text``
  /// where they were quoted.
  private(set) var cells: [Range<Int>] = []
  /// Whether each cell of the last record was quoted.
  private(set) var isQuoted: [Bool] = []
  /// The bytes of the last record's quoted cells, without the quotes.
  private var text: [UInt8] = []

  /// The records of a table that starts at a line.
  init(_ bytes: [UInt8], path: String, separator: TableSeparator, firstLine: Int = 1) {
    self.bytes = bytes
    self.path = path
    self.separator = separator
    // A byte order mark has no meaning in UTF-8.
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while line < firstLine, position < bytes.count {
      let byte = bytes[position]
      position += 1
      if isLineEnd(byte) { endLine(byte) }
    }
  }

  /// The records of a table in a dialect.
  init(_ bytes: [UInt8], path: String, _ dialect: TableDialect) {
    self.init(bytes, path: path, separator: dialect.separator, firstLine: dialect.firstLine)
    guard dialect.isHeaderMarked else { return }
    skipBlanks()
    position = CommentMark.text(bytes[position...]).startIndex
  }

  /// Reads the next record into ``cells`` and ``text``; false at the end.
  ///
  /// Blank lines are skipped.
  mutating func next() throws(DatasetFileError) -> Bool {
    skipBlankLines()
    guard position < bytes.count else { return false }
    recordLine = line
    cells.removeAll(keepingCapacity: true)
    isQuoted.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    while true {
      skipBlanks()
      let quoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
      cells.append(quoted ? try readQuoted() : readPlain())
      isQuoted.append(quoted)
      guard cells.count <= CSVRecords.mostCells else {
        throw DatasetFileError(
          path, .line(recordLine), .table(.tooManyColumns(most: CSVRecords.mostCells)))
      }
      if separator == .blank { skipBlanks() }
      guard position < bytes.count else { return true }
      let byte = bytes[position]
      if isLineEnd(byte) {
        position += 1
        endLine(byte)
        return true
      }
      if separator != .blank { position += 1 }
    }
  }

  /// The text of a cell of the last record.
  func string(_ cell: Int) -> String { String(decoding: self.cell(cell), as: UTF8.self) }

  /// The bytes of a cell of the last record.
  func cell(_ cell: Int) -> ArraySlice<UInt8> {
    isQuoted[cell] ? text[cells[cell]] : bytes[cells[cell]]
  }

  /// The content of a cell of the last record.
  func content(_ cell: Int, format: NumberFormat) -> CellContent {
    // Nearly all cells are short numbers, which need no slice.
    if !isQuoted[cell],
      let number = CSVNumber.quickValue(bytes, in: cells[cell], mark: format.decimal.byte)
    {
      return .number(number)
    }
    return CellContent(self.cell(cell), format: format)
  }

  /// Whether all cells of the last record are blank.
  var isBlank: Bool { cells.allSatisfy(\.isEmpty) }

  /// The number of cells of the last record up to the last one that is not blank.
  var countWithoutBlankEnd: Int { (cells.lastIndex { !$0.isEmpty } ?? -1) + 1 }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Whether a byte is a blank that does not separate cells by itself.
  private func isBlankByte(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte == 0x09 && separator != .tab)
  }

  /// Counts a line whose end begins with `byte`, which has been passed.
  private mutating func endLine(_ byte: UInt8) {
    if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
    line += 1
  }

  private mutating func skipBlanks() {
    while position < bytes.count, isBlankByte(bytes[position]) { position += 1 }
  }

  private mutating func skipBlankLines() {
    while position < bytes.count {
      let start = position
      skipBlanks()
      guard position < bytes.count, isLineEnd(bytes[position]) else {
        // At the end of the file blanks are no record either.
        if position < bytes.count { position = start }
        return
      }
      let byte = bytes[position]
      position += 1
      endLine(byte)
    }
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    isLineEnd(byte) || byte == separator.byte || (separator == .blank && isBlankByte(byte))
  }

  private mutating func readPlain() -> Range<Int> {
    let start = position
    while position < bytes.count, !endsCell(bytes[position]) { position += 1 }
    var end = position
    while end > start, isBlankByte(bytes[end - 1]) { end -= 1 }
    // Some programs quote with apostrophes.
    let quote = UInt8(ascii: "'")
    if end - start > 2, bytes[start] == quote, bytes[end - 1] == quote,
      !bytes[(start + 1)..<(end - 1)].contains(quote)
    {
      return (start + 1)..<(end - 1)
    }
    guard end > start, bytes[start] == 0xC2 || bytes[end - 1] == 0xA0 else { return start..<end }
    let cell = CSVNumber.trimmed(bytes[start..<end])
    return cell.startIndex..<cell.endIndex
  }

  private mutating func readQuoted() throws(DatasetFileError) -> Range<Int> {
    let opened = line
    let start = text.count
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
          try checkEndOfQuoted()
          let cell = CSVNumber.trimmed(text[start...])
          return cell.startIndex..<cell.endIndex
        }
        position += 1
      } else if byte == 0x0A || (byte == 0x0D && !isFollowedByLF) {
        line += 1
      }
      text.append(byte)
    }
    throw DatasetFileError(
      path, .cell(line: opened, column: cells.count + 1, name: nil),
      .table(.openQuote))
  }

  private var isFollowedByLF: Bool { position < bytes.count && bytes[position] == 0x0A }

  private mutating func checkEndOfQuoted() throws(DatasetFileError) {
    guard position < bytes.count, !endsCell(bytes[position]) else { return }
    skipBlanks()
    guard position == bytes.count || endsCell(bytes[position]) else {
      throw DatasetFileError(
        path, .cell(line: line, column: cells.count + 1, name: nil),
        .table(.textAfterQuote))
    }
  }
}
