import DropoutEngine

/// How the cells of a table are told apart, and how its numbers are written.
struct TableDialect: Equatable, Sendable {
  /// The mark between two cells.
  var separator: TableSeparator
  /// How numbers are written.
  var numbers: NumberFormat
  /// The line at which the table starts, counted from 1; comments and Excel's `sep=` stand before
  /// it.
  var firstLine = 1
  /// Whether the first line is a header behind a mark of comments, as NumPy writes it.
  var isHeaderMarked = false
  /// The lines in front of the table, in words; empty where there are none.
  var notes: [String] = []
}

extension TableSeparator {
  /// The byte between two cells; nil where any run of blanks and tabs separates them.
  var byte: UInt8? {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    case .pipe: UInt8(ascii: "|")
    case .blank: nil
    }
  }

  /// The separator that a byte is; nil for other bytes.
  init?(_ byte: UInt8) {
    guard let found = TableSeparator.allCases.first(where: { $0.byte == byte }) else { return nil }
    self = found
  }
}

extension TableDialect {
  /// The number of records that decide.
  static let sampledRecords = 64

  /// Tells the dialect of a table by its first records.
  ///
  /// A separator fits where all records have the same number of cells, at least two. Where several
  /// fit, cells that contain another separator speak against one: in `1,5;2,5` a comma would leave
  /// `5;2` in one cell. A comma in a number that is no separator is the decimal mark.
  ///
  /// - Throws: ``DatasetFileError`` where two readings are equally good.
  init(
    of bytes: [UInt8], path: String, separator chosen: TableSeparator?, decimal: DecimalMark?
  ) throws(DatasetFileError) {
    let preamble = Preamble(bytes)
    self.init(
      separator: chosen ?? preamble.separator ?? .comma, numbers: .plain,
      firstLine: preamble.lines + 1, notes: preamble.notes)
    if chosen == nil, preamble.separator == nil {
      separator = try TableDialect.separator(bytes, firstLine: firstLine, path: path)
    }
    if let header = preamble.lastComment, preamble.lines > 0,
      try TableDialect.isHeader(header, above: bytes, firstLine, separator, path: path)
    {
      isHeaderMarked = true
      firstLine = preamble.lines
      notes =
        preamble.notesBeforeHeader + [
          "line \(firstLine) starts with \(preamble.lastMark) and has a word for each column, so "
            + "it is the header"
        ]
    }
    if let decimal {
      numbers = NumberFormat(decimal: decimal, readsThousands: true)
    } else if separator != .comma {
      numbers.decimal = try DecimalEvidence.decimal(
        bytes, firstLine: firstLine, separator: separator, path: path)
    }
  }

  /// Whether a comment has a word for each column of the record below it, which holds a number.
  private static func isHeader(
    _ comment: [UInt8], above bytes: [UInt8], _ firstLine: Int, _ separator: TableSeparator,
    path: String
  ) throws(DatasetFileError) -> Bool {
    // A comment with an open quote is no header.
    var names = CSVRecords(comment, path: path, separator: separator)
    guard (try? names.next()) ?? false else { return false }
    var records = CSVRecords(bytes, path: path, separator: separator, firstLine: firstLine)
    guard try records.next(), names.cells.count == records.cells.count, names.cells.count >= 2
    else { return false }
    let texts = Set(names.cells.indices.map { names.string($0) })
    return texts.count == names.cells.count
      && names.cells.indices.allSatisfy {
        CellContent(names.cell($0), format: .plain) == .text
      }
      && records.cells.indices.contains {
        if case .number = records.content($0, format: .plain) { true } else { false }
      }
  }

  /// How well a separator fits.
  private struct Fit {
    var separator: TableSeparator
    /// The cells of the first record.
    var cells: Int
    /// Whether all records have this many, but for a last one that is blank.
    var isEven: Bool
    /// The share of the cells that contain another separator.
    var mixed: Double
  }

  private static func separator(
    _ bytes: [UInt8], firstLine: Int, path: String
  ) throws(DatasetFileError) -> TableSeparator {
    var fits: [Fit] = []
    for separator in TableSeparator.allCases {
      // A separator under which the records cannot be read does not fit.
      guard let fit = try? fit(separator, bytes, firstLine: firstLine, path: path), fit.cells >= 2
      else { continue }
      fits.append(fit)
    }
    let even = fits.filter(\.isEven)
    guard let least = even.map(\.mixed).min() else {
      // A ragged table is read by its commonest separator, so that its odd line can be named.
      return fits.max { ($0.cells, -$0.mixed) < ($1.cells, -$1.mixed) }?.separator ?? .comma
    }
    let best = even.filter { $0.mixed == least }
    // Blanks stand in many texts and numbers, so they separate only where nothing else does.
    let marks = best.filter { $0.separator != .blank }
    if marks.map(\.separator) == [.comma],
      let blank = even.first(where: { $0.separator == .blank }),
      let evidence = BlankEvidence(bytes, firstLine: firstLine, path: path)
    {
      guard evidence.isClear || marks[0].cells == 1 else {
        throw DatasetFileError(
          path, .line(firstLine),
          .table(
            .unclearSeparator(
              .comma, cells: marks[0].cells, other: .blank, otherCells: blank.cells)))
      }
      return .blank
    }
    guard marks.count <= 1 || least == 0 else {
      throw DatasetFileError(
        path, .line(firstLine),
        .table(
          .unclearSeparator(
            marks[0].separator, cells: marks[0].cells, other: marks[1].separator,
            otherCells: marks[1].cells)))
    }
    return (marks.first ?? best[0]).separator
  }

  private static func fit(
    _ separator: TableSeparator, _ bytes: [UInt8], firstLine: Int, path: String
  ) throws(DatasetFileError) -> Fit {
    var records = CSVRecords(bytes, path: path, separator: separator, firstLine: firstLine)
    var (count, cells, mixed) = (0, 0, 0)
    var first: Int?
    var isEven = true
    while count < sampledRecords, try records.next() {
      if records.isBlank { continue }
      var width = first ?? records.cells.count
      // A title above the table has one cell, and a header over names of rows one less.
      if count == 1, width == 1 || records.countWithoutBlankEnd == width + 1 {
        width = records.countWithoutBlankEnd
      }
      (first, count) = (width, count + 1)
      // Blank cells behind the last column are no cells, as spreadsheets leave them there.
      if width > records.cells.count || width < records.countWithoutBlankEnd { isEven = false }
      for cell in 0..<records.cells.count where !records.isQuoted[cell] {
        cells += 1
        if isMixed(records.cell(cell), under: separator) { mixed += 1 }
      }
    }
    return Fit(
      separator: separator, cells: first ?? 0, isEven: isEven,
      mixed: Double(mixed) / Double(max(cells, 1)))
  }

  /// Whether a cell contains another separator; a decimal comma is none.
  private static func isMixed(_ cell: ArraySlice<UInt8>, under separator: TableSeparator) -> Bool {
    let others = TableSeparator.allCases.compactMap(\.byte).filter { $0 != separator.byte }
    guard cell.contains(where: others.contains) else { return false }
    let format = NumberFormat(decimal: .comma, readsThousands: true)
    return separator == .comma || CSVNumber.value(cell, format: format) == nil
  }
}
