import DropoutEngine

/// The evidence in a table for the mark in front of its decimals.
///
/// `2,5` has a decimal comma. `2,734` may be a number with decimals or one above two thousand, and
/// so may `2.734` where commas are free for decimals. One cell that can be read in one way only
/// decides about all of them.
struct DecimalEvidence {
  /// A cell that can be read in two ways.
  private struct Unclear {
    var line: Int
    var column: Int
    var text: String
  }

  /// The cells of a column that bear on a point that may stand between thousands.
  private struct Column {
    var pointed: Unclear?
    var hasShortWhole = false
    var hasLongWhole = false

    /// Whether its points may stand between thousands.
    ///
    /// Whole numbers beside them say so, as 129 beside 2.734, unless a long one, such as 1234,
    /// shows that thousands have no mark. Where cells are separated by semicolons, commas mostly
    /// stand before decimals, so there the points alone are enough.
    func isUnclear(_ separator: TableSeparator) -> Bool {
      pointed != nil && !hasLongWhole && (hasShortWhole || separator == .semicolon)
    }
  }

  private let separator: TableSeparator
  private var commas = 0
  private var points = 0
  private var unclearComma: Unclear?
  private var columns: [Column] = []

  /// The decimal mark of a table whose separator is no comma.
  ///
  /// - Throws: ``DatasetFileError`` where each number with a mark can be read in two ways.
  static func decimal(
    _ bytes: [UInt8], firstLine: Int, separator: TableSeparator, path: String
  ) throws(DatasetFileError) -> DecimalMark {
    var records = CSVRecords(bytes, path: path, separator: separator, firstLine: firstLine)
    var evidence = DecimalEvidence(separator: separator)
    var count = 0
    // Later lines are needed only where the first ones do not tell.
    while count < TableDialect.sampledRecords || evidence.isOpen, try records.next() {
      count += 1
      for cell in records.cells.indices {
        evidence.add(records.cell(cell), column: cell, line: records.recordLine)
      }
    }
    if evidence.isOpen, let unclear = evidence.firstUnclear {
      throw DatasetFileError(
        path, .cell(line: unclear.line, column: unclear.column + 1, name: nil),
        .table(.unclearDecimal(unclear.text)))
    }
    return evidence.commas > evidence.points ? .comma : .point
  }

  private init(separator: TableSeparator) {
    self.separator = separator
  }

  /// Whether no cell has decided yet.
  private var isOpen: Bool { commas == 0 && points == 0 }

  private var firstUnclear: Unclear? {
    let pointed = columns.filter { $0.isUnclear(separator) }.compactMap(\.pointed)
    return ([unclearComma].compactMap { $0 } + pointed).min { $0.line < $1.line }
  }

  private mutating func add(_ cell: ArraySlice<UInt8>, column: Int, line: Int) {
    let cell = CSVNumber.trimmed(cell)
    let hasComma = cell.contains(DecimalMark.comma.byte)
    let mark = hasComma ? DecimalMark.comma : .point
    guard CSVNumber.value(cell, format: NumberFormat(decimal: mark)) != nil else { return }
    let digits = cell.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    if columns.count <= column {
      columns += Array(repeating: Column(), count: column + 1 - columns.count)
    }
    guard let place = digits.firstIndex(of: mark.byte) else {
      if digits.count <= 3 {
        columns[column].hasShortWhole = true
      } else if digits.allSatisfy({ (48...57).contains($0) }) {
        columns[column].hasLongWhole = true
      }
      return
    }
    let (whole, decimals) = (digits[..<place], digits[(place + 1)...])
    let unclear = Unclear(
      line: line, column: column, text: String(decoding: cell, as: UTF8.self))
    let isClear =
      decimals.count != 3 || !(1...3).contains(whole.count) || whole.first == UInt8(ascii: "0")
    switch (mark, isClear) {
    case (.comma, true): commas += 1
    case (.point, true): points += 1
    case (.comma, false): unclearComma = unclearComma ?? unclear
    case (.point, false): columns[column].pointed = columns[column].pointed ?? unclear
    }
  }
}
