import DropoutEngine

/// One record, kept.
struct TableRow: Sendable {
  /// The line of its first cell.
  let line: Int
  /// Whether each cell stands in quotes.
  let isQuoted: [Bool]
  private let cells: [[UInt8]]

  init(_ records: CSVRecords) {
    line = records.recordLine
    isQuoted = records.isQuoted
    cells = records.cells.indices.map { Array(records.cell($0)) }
  }

  /// The number of cells.
  var count: Int { cells.count }
  /// The bytes of a cell.
  func bytes(_ cell: Int) -> ArraySlice<UInt8> { cells[cell][...] }
  /// The text of a cell.
  func string(_ cell: Int) -> String { String(decoding: bytes(cell), as: UTF8.self) }
}

/// The rows of a table below its header, each with as many cells as there are columns.
///
/// Blank cells behind the last column, and rows of nothing but blank cells, are left out: that is
/// what spreadsheets leave behind.
struct TableRows {
  private var records: CSVRecords
  private let path: String
  private let width: Int
  private let firstLine: Int
  private let isCommaSeparated: Bool
  private var isHeaderToSkip: Bool
  private var blankRows = 0
  private var firstBlankEnd: Int?

  init(_ bytes: [UInt8], path: String, survey: TableSurvey) {
    records = CSVRecords(bytes, path: path, survey.dialect)
    self.path = path
    width = survey.names.count
    firstLine = survey.firstLine
    isCommaSeparated = survey.dialect.separator == .comma
    isHeaderToSkip = survey.hasHeader
  }

  /// The line of the last row.
  var line: Int { records.recordLine }

  /// The bytes of a cell of the last row.
  func cell(_ column: Int) -> ArraySlice<UInt8> { records.cell(column) }

  /// The content of a cell of the last row.
  func content(_ column: Int, format: NumberFormat) -> CellContent {
    records.content(column, format: format)
  }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``DatasetFileError`` for a row with another number of cells than the first record.
  mutating func next() throws(DatasetFileError) -> Bool {
    while try records.next() {
      if isHeaderToSkip, !records.isBlank {
        isHeaderToSkip = false
        continue
      }
      if records.isBlank {
        blankRows += 1
        continue
      }
      guard records.cells.count >= width, records.countWithoutBlankEnd <= width else {
        if let mark = CommentMark.of(records.cell(0)) {
          throw DatasetFileError(path, .line(records.recordLine), .table(.comment(mark)))
        }
        let mayBeTorn =
          isCommaSeparated
          && SplitDecimals.mayTear(
            records.cells.indices.map { records.cell($0) }, width: width)
        throw DatasetFileError(
          path, .line(records.recordLine),
          .table(
            .wrongCellCount(
              records.cells.count, first: width, firstLine: firstLine, mayBeTorn: mayBeTorn)))
      }
      if records.cells.count > width, firstBlankEnd == nil { firstBlankEnd = records.recordLine }
      return true
    }
    return false
  }

  /// Remarks about the rows read so far.
  var notes: [String] {
    var notes: [String] = []
    if let firstBlankEnd {
      notes.append("from line \(firstBlankEnd) on, rows end with blank cells that have no column")
    }
    if blankRows > 0 {
      notes.append(blankRows == 1 ? "one row is blank" : "\(blankRows) rows are blank")
    }
    return notes
  }
}
