import DropoutEngine

/// The names of a table's columns.
struct TableHeader {
  /// Whether the first record is a header.
  let isHeader: Bool
  /// A name for each column, each different; numbered names where there are none.
  let names: [String]
  /// Whether the file names each column.
  let isNamed: [Bool]
  /// Why a record of numbers is taken for a header; nil where nothing needs to be said.
  let note: String?

  /// Decides by the first records.
  ///
  /// The first one is a header where it names the target, has a word above numbers, has words that
  /// never come again above words that do, or counts its columns.
  init(_ sample: [TableRow], format: NumberFormat, target: String?) {
    let first = sample[0]
    let rest = sample.dropFirst()
    let counts = TableHeader.countsColumns(first, above: rest)
    if let width = TableHeader.widthBelowCounts(first, above: rest) {
      isHeader = true
      names = (1...width).map { "column \($0)" }
      isNamed = Array(repeating: false, count: width)
      note = "line \(first.line) has scikit-learn's counts and class names, and is left out"
      return
    }
    let hasRowNames = TableHeader.lacksRowNames(first, above: rest, format: format)
    isHeader =
      hasRowNames
      || target.map { TableHeader.names($0, in: first) } ?? false
      || counts || TableHeader.hasWords(first, above: rest, format: format)
    note =
      counts
      ? "line \(first.line) counts the columns, so it is taken for a header"
      : hasRowNames
        ? "line \(first.line) has a name less than the lines below, so the first column holds "
          + "names of rows" : nil
    var names: [String] = []
    var isNamed: [Bool] = []
    var used: [String: Int] = [:]
    let isHeader = self.isHeader
    let given =
      (hasRowNames ? [""] : [])
      + (0..<first.count).map { isHeader ? first.string($0) : "" }
    for (column, given) in given.enumerated() {
      isNamed.append(!given.isEmpty)
      let name = given.isEmpty ? "column \(column + 1)" : given
      let number = (used[name] ?? 0) + 1
      used[name] = number
      names.append(number == 1 ? name : "\(name) (\(number))")
    }
    self.names = names
    self.isNamed = isNamed
  }

  /// Whether a record has the name of the target.
  ///
  /// A number of a column is a place, though a cell of the first row may well hold the same number.
  private static func names(_ target: String, in first: TableRow) -> Bool {
    if let place = Int(target), (1...first.count).contains(place) { return false }
    return (0..<first.count).contains { first.string($0) == target }
  }

  /// Whether there are at least two names, and the lines below have one cell more, as R writes
  /// tables with names of rows.
  private static func lacksRowNames(
    _ first: TableRow, above rest: ArraySlice<TableRow>, format: NumberFormat
  ) -> Bool {
    first.count >= 2 && !rest.isEmpty
      && rest.allSatisfy { $0.count == first.count + 1 && !$0.bytes(first.count).isEmpty }
      && (0..<first.count).allSatisfy { CellContent(first.bytes($0), format: format) == .text }
  }

  /// Whole numbers that each are one more than the one before, as counts of columns and years are,
  /// above lines that are not like this; words may stand among them.
  ///
  /// Numbers alone are at least three. Beside words, two are enough.
  private static func countsColumns(_ first: TableRow, above rest: ArraySlice<TableRow>) -> Bool {
    guard first.count >= 3, !rest.isEmpty else { return false }
    func counts(_ row: TableRow) -> (numbers: Int, words: Int)? {
      var last: Int?
      var (numbers, words) = (0, 0)
      for cell in 0..<row.count {
        guard let number = TableHeader.count(row.string(cell)) else {
          // Other numbers are no counts.
          guard CSVNumber.value(row.bytes(cell)) == nil else { return nil }
          words += 1
          continue
        }
        guard number >= 0, last.map({ $0 == number - 1 }) ?? true else { return nil }
        last = number
        numbers += 1
      }
      return (numbers, words)
    }
    guard let found = counts(first), found.numbers >= (found.words == 0 ? 3 : 2) else {
      return false
    }
    return rest.allSatisfy { row in
      counts(row).map { $0.numbers < found.numbers } ?? true
    }
  }

  /// A whole number, which may have been written as a fraction: `2.0`.
  private static func count(_ text: String) -> Int? {
    Int(text.hasSuffix(".0") ? text.dropLast(2) : text[...])
  }

  /// The columns below a line of the numbers of rows and inputs and the names of the classes, as
  /// scikit-learn's own tables have it; nil where it is none.
  private static func widthBelowCounts(
    _ first: TableRow, above rest: ArraySlice<TableRow>
  ) -> Int? {
    guard first.count >= 4, let rows = Int(first.string(0)), let inputs = Int(first.string(1)),
      rows >= rest.count, inputs >= 1, !rest.isEmpty,
      rest.allSatisfy({ $0.count - 1 == inputs }),
      (2..<first.count).allSatisfy({ CSVNumber.value(first.bytes($0)) == nil })
    else { return nil }
    return inputs + 1
  }

  private static func hasWords(
    _ first: TableRow, above rest: ArraySlice<TableRow>, format: NumberFormat
  ) -> Bool {
    func isWord(_ row: TableRow, _ column: Int) -> Bool {
      switch CellContent(row.bytes(column), format: format) {
      case .text: true
      case .number, .missing, .missingAmongNumbers, .almostNumber, .markedNumber: false
      }
    }
    guard !rest.isEmpty else { return (0..<first.count).allSatisfy { isWord(first, $0) } }
    let below = (0..<first.count).map { column in
      rest.filter { column < $0.count && !$0.bytes(column).isEmpty }
    }
    let worded = (0..<first.count).filter { isWord(first, $0) && !below[$0].isEmpty }
    // Most cells below are numbers, so a wrong line 2 does not make line 1 an example.
    let isAboveNumbers = worded.contains { column in
      below[column].count { isWord($0, column) } * 2 < below[column].count
    }
    if isAboveNumbers { return true }
    var hasNewWord = false
    for column in worded {
      let texts = Set(below[column].map { $0.string(column) })
      if texts.contains(first.string(column)) { return false }
      if below[column].count >= 4, texts.count * 2 <= below[column].count { hasNewWord = true }
    }
    return hasNewWord
  }
}
