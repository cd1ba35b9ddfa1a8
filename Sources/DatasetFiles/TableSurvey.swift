import DropoutEngine

/// A table read once: its dialect, its header, and the content of each column.
struct TableSurvey: Sendable {
  /// How cells are told apart, and how numbers are written.
  let dialect: TableDialect
  /// Whether the first record is a header.
  let hasHeader: Bool
  /// A name for each column; numbered names where there is no header.
  let names: [String]
  /// Whether each column has a name of its own.
  let isNamed: [Bool]
  /// The content of each column.
  private(set) var columns: [ColumnSurvey]
  /// The number of records below the header that are not blank.
  private(set) var rows = 0
  /// Whether the first column holds whole numbers that are all different and nearly fill their
  /// range, as shuffled numbers of rows do.
  private(set) var firstEnumerates = false
  /// The first records below the header.
  let sample: [TableRow]
  /// The line of the first record.
  let firstLine: Int
  /// Remarks about the lines of the file, a sentence each.
  var notes: [String]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: the file, not compressed.
  ///   - path: its path, for errors.
  ///   - choices: the person's own choices.
  ///   - target: the requested target; a first record that names it is a header.
  ///   - limit: the largest number of rows to read; nil reads all.
  /// - Throws: ``DatasetFileError`` for a table that cannot be told apart into cells, and for a
  ///   ragged line.
  init(
    _ bytes: [UInt8], path: String, choices: TableChoices, target: String?, limit: Int?
  ) throws(DatasetFileError) {
    dialect = try TableDialect(
      of: bytes, path: path, separator: choices.separator, decimal: choices.decimal)
    notes = dialect.notes
    if dialect.separator != .comma || dialect.numbers.decimal != .point {
      notes.append(
        "cells are separated by \(dialect.separator.words)"
          + (dialect.numbers.decimal == .comma ? ", numbers have a decimal comma" : ""))
    }
    var records = CSVRecords(bytes, path: path, dialect)
    var sample: [TableRow] = []
    while sample.count < TableDialect.sampledRecords, try records.next() {
      if !records.isBlank { sample.append(TableRow(records)) }
    }
    guard let first = sample.first else {
      throw DatasetFileError(path, .table(.noValues))
    }
    firstLine = first.line
    try TableSurvey.checkShape(sample, separator: dialect.separator, path: path)
    let header = TableHeader(sample, format: dialect.numbers, target: target)
    hasHeader = header.isHeader
    names = header.names
    isNamed = header.isNamed
    if let note = header.note { notes.append(note) }
    self.sample = Array(header.isHeader ? sample.dropFirst() : sample[...])
    columns = Array(repeating: ColumnSurvey(), count: names.count)
    if dialect.separator == .comma, choices.separator == nil {
      try checkDecimals(path: path)
    }
    try count(bytes, path: path, limit: limit)
    guard rows > 0 else {
      throw DatasetFileError(path, .table(.headerOnly))
    }
    guard names.count >= 2 else {
      throw DatasetFileError(
        path, .line(first.line), .table(.oneColumn(mark: TableSurvey.otherMark(sample))))
    }
  }

  private mutating func count(
    _ bytes: [UInt8], path: String, limit: Int?
  ) throws(DatasetFileError) {
    var rows = TableRows(bytes, path: path, survey: self)
    var columns = self.columns
    var different: Set<Double> = []
    var areDifferent = true
    while self.rows < limit ?? .max, try rows.next() {
      if self.rows == 0 { try TableSurvey.checkDense(rows, columns.count, path: path) }
      let (format, line) = (dialect.numbers, rows.line)
      for column in columns.indices {
        columns[column].add(
          rows.content(column, format: format), line: line,
          text: String(decoding: rows.cell(column), as: UTF8.self))
      }
      if areDifferent {
        if case .number(let value) = rows.content(0, format: format), different.count < 1 << 20 {
          areDifferent = different.insert(value).inserted
        } else {
          areDifferent = false
        }
        if !areDifferent { different = [] }
      }
      self.rows += 1
    }
    self.columns = columns
    if areDifferent, self.rows >= 20, columns[0].isWhole, let range = columns[0].range {
      firstEnumerates = range.upperBound - range.lowerBound < 1.5 * Double(self.rows)
    }
    notes += rows.notes
  }

  /// Refuses the pairs of an index and a value that sparse data have.
  private static func checkDense(
    _ rows: TableRows, _ width: Int, path: String
  ) throws(DatasetFileError) {
    for column in 1..<max(width, 2) where column < width {
      let parts = rows.cell(column).split(separator: UInt8(ascii: ":"))
      guard parts.count == 2, Int(String(decoding: parts[0], as: UTF8.self)) != nil,
        CSVNumber.value(parts[1]) != nil
      else { return }
    }
    guard width >= 2 else { return }
    throw DatasetFileError(
      path, .line(rows.line),
      .table(.sparse(String(decoding: rows.cell(1), as: UTF8.self))))
  }

  /// The different words of some columns, in the order of the alphabet; nil where a column has more
  /// than `most`.
  func words(
    of wanted: [Int], most: Int, _ bytes: [UInt8], path: String, limit: Int?
  ) throws(DatasetFileError) -> [[String]?] {
    guard !wanted.isEmpty else { return [] }
    var sets = wanted.map { _ in Set<String>() as Set<String>? }
    var rows = TableRows(bytes, path: path, survey: self)
    var count = 0
    while count < limit ?? .max, try rows.next() {
      count += 1
      for (index, column) in wanted.enumerated() {
        guard let set = sets[index] else { continue }
        if rows.content(column, format: dialect.numbers) == .missing { continue }
        sets[index]?.insert(String(decoding: rows.cell(column), as: UTF8.self))
        if set.count > most { sets[index] = nil }
      }
    }
    return sets.map { $0.flatMap { $0.count <= most ? $0.sorted() : nil } }
  }
}

extension TableSurvey {
  /// Whether a column at either end only counts the rows, up or down.
  ///
  /// Where a column has a name, such as a year, it counts rows only from or to 0 or 1, and by 1.
  func countsRows(_ column: Int) -> Bool {
    let cells = columns[column]
    return (column == 0 || column == columns.count - 1) && cells.numbers >= 5
      && (isNamed[column] ? cells.countsFromStart : cells.isCounting)
      || column == 0 && !isNamed[column] && cells.numbers >= 20 && cells.isWhole
        && cells.evenStep != nil
      || (column == 0 && firstEnumerates && !isTime(column))
  }

  /// Whether a column is named for a time or an age, whose numbers may well count.
  private func isTime(_ column: Int) -> Bool {
    let name = names[column].lowercased()
    return isNamed[column]
      && (["year", "jahr", "date", "time", "month"].contains { name.contains($0) }
        || ["age", "day", "week", "hour", "step", "epoch"].contains(name))
  }

  /// Whether a column holds the ids of the rows, by its name and its cells.
  ///
  /// In the last column, numbers that must repeat, as those of classes, are no ids.
  func isIdentifier(_ column: Int) -> Bool {
    let (cells, name) = (columns[column], names[column].lowercased())
    let before = names[column].dropLast(2).last
    let isNamedSo =
      ["id", "index", "idx", "rowid", "row_id", "row", "uuid", "guid"].contains(name)
      || name.hasSuffix("_id") || names[column].hasSuffix("Id")
      || (names[column].hasSuffix("ID") && before?.isLowercase == true)
    guard isNamedSo, cells.numbers == 0 || cells.isWhole else { return false }
    if column == 0 || cells.isCounting { return true }
    guard column == columns.count - 1, let range = cells.range else { return false }
    return range.upperBound - range.lowerBound >= Double(rows - 1)
  }

  /// A column in the middle of a sentence: its number, and its name where it has one.
  func shownColumn(_ column: Int) -> String {
    "column \(column + 1)"
      + (isNamed[column] ? " '\(ForeignText.shown(names[column], limit: 40))'" : "")
  }
}

extension TableSeparator {
  /// The separator in the middle of a sentence.
  var words: String {
    switch self {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .pipe: "pipes"
    case .blank: "blanks"
    }
  }
}
