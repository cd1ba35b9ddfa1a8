/// A table of comma-separated values: numbers for the inputs, text for the target.
struct CSVTable {
  /// The largest input: the difference between two such numbers is still a Float, so that any range
  /// can be scaled.
  static let largestInput = 1e37

  /// The names of all columns; numbered names where there is no header.
  private(set) var columnNames: [String] = []
  /// Whether the first line was a header.
  private(set) var hasHeader = false
  /// The column that holds the target, counted from 0.
  private(set) var targetColumn = 0
  /// The inputs, `[row][column except the target]`.
  private(set) var inputs: [Float] = []
  /// The target of each row, as text.
  private(set) var targets: [String] = []
  /// The line of each row.
  private(set) var lines: [Int] = []

  /// The names of the inputs.
  var inputNames: [String] {
    columnNames.indices.filter { $0 != targetColumn }.map { columnNames[$0] }
  }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: the file, not compressed.
  ///   - path: its path, for errors.
  ///   - target: the column of the target by name or number from 1; nil is column `label`, else the
  ///     last.
  ///   - limit: the largest number of rows to read; nil reads all.
  /// - Throws: ``DatasetFileError`` for a wrong cell, a ragged line, or a missing target column.
  init(
    _ bytes: [UInt8], path: String, target: String?, limit: Int?
  ) throws(DatasetFileError) {
    var records = CSVRecords(bytes, path: path)
    guard try records.next() else {
      throw DatasetFileError(path, .table(.noValues))
    }
    let first = Row(records)
    let hasSecond = try records.next()
    let second = hasSecond ? Row(records) : nil
    hasHeader = CSVTable.isHeader(first, over: second, target: target)
    columnNames =
      hasHeader
      ? (0..<first.count).map { first.string($0) }
      : (1...first.count).map { "column \($0)" }
    targetColumn = try CSVTable.targetColumn(
      target, names: columnNames, hasHeader: hasHeader, path: path)
    guard columnNames.count >= 2 else {
      throw DatasetFileError(path, .line(first.line), .table(.oneColumn))
    }
    if !hasHeader { try append(first, path: path) }
    if let second, targets.count < limit ?? .max { try append(second, path: path) }
    while targets.count < limit ?? .max, try records.next() {
      try append(Row(records), path: path)
    }
    guard !targets.isEmpty else {
      throw DatasetFileError(path, .table(.headerOnly))
    }
  }

  /// One record with the bytes of its cells.
  private struct Row {
    var line: Int
    var cells: [Range<Int>]
    var text: [UInt8]

    init(_ records: CSVRecords) {
      line = records.recordLine
      cells = records.cells
      text = records.text
    }

    var count: Int { cells.count }
    func bytes(_ cell: Int) -> ArraySlice<UInt8> { text[cells[cell]] }
    func string(_ cell: Int) -> String { String(decoding: bytes(cell), as: UTF8.self) }
    func number(_ cell: Int) -> Double? { CSVNumber.value(bytes(cell)) }
  }

  /// The first line is a header where it names the target, has a word above a number, or holds no
  /// number above a line that does.
  private static func isHeader(_ first: Row, over second: Row?, target: String?) -> Bool {
    if let target, (0..<first.count).contains(where: { first.string($0) == target }) { return true }
    guard let second else { return (0..<first.count).allSatisfy { first.number($0) == nil } }
    return (0..<min(first.count, second.count)).contains { column in
      first.number(column) == nil && !first.bytes(column).isEmpty && second.number(column) != nil
    }
  }

  private static func targetColumn(
    _ target: String?, names: [String], hasHeader: Bool, path: String
  ) throws(DatasetFileError) -> Int {
    guard let target else {
      return names.firstIndex { $0.lowercased() == "label" } ?? names.count - 1
    }
    if let named = names.firstIndex(of: target) { return named }
    if let number = Int(target), (1...names.count).contains(number) { return number - 1 }

    throw DatasetFileError(
      path, .table(.noSuchTarget(target, columns: names, hasHeader: hasHeader)))
  }

  private mutating func append(_ row: Row, path: String) throws(DatasetFileError) {
    guard row.count == columnNames.count else {
      throw DatasetFileError(
        path, .line(row.line),
        .table(.wrongCellCount(row.count, firstLine: columnNames.count)))
    }
    for column in 0..<row.count where column != targetColumn {
      guard let number = row.number(column) else {
        throw wrongCell(row, column, path: path, expected: .number)
      }
      guard abs(number) <= CSVTable.largestInput else {
        throw wrongCell(
          row, column, path: path,
          expected: .numberWithin(CSVTable.largestInput))
      }
      inputs.append(Float(number))
    }
    let target = String(decoding: CSVTable.trimmed(row.bytes(targetColumn)), as: UTF8.self)
    guard !target.isEmpty else {
      throw wrongCell(row, targetColumn, path: path, expected: .target)
    }
    targets.append(target)
    lines.append(row.line)
  }

  private func wrongCell(
    _ row: Row, _ column: Int, path: String, expected: TableProblem.Expectation
  ) -> DatasetFileError {
    let isBlank = CSVTable.trimmed(row.bytes(column)).isEmpty
    return DatasetFileError(
      path,
      .cell(line: row.line, column: column + 1, name: hasHeader ? columnNames[column] : nil),
      .table(.wrongCell(isBlank ? nil : row.string(column), expected)))
  }

  /// A cell without the blanks around it.
  private static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let last = cell.lastIndex(where: { !isBlank($0) }) else { return [] }
    return cell[...last].drop(while: isBlank)
  }
}
