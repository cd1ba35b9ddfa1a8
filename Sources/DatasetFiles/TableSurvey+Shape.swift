import DropoutEngine

/// Lines that are no rows, and cells that are parts of one.
extension TableSurvey {
  /// Refuses a Markdown table, and a title above the table.
  static func checkShape(
    _ sample: [TableRow], separator: TableSeparator, path: String
  ) throws(DatasetFileError) {
    guard sample.count >= 3 else { return }
    let rule = sample[1]
    if separator == .pipe,
      (0..<rule.count).allSatisfy({ rule.bytes($0).allSatisfy { $0 == 45 || $0 == 58 } }),
      (0..<rule.count).contains(where: { rule.string($0).contains("--") })
    {
      throw DatasetFileError(path, .line(rule.line), .table(.markdown))
    }
    // Spreadsheets fill the line of a title with blank cells.
    let isTitle =
      sample[0].count >= 3 && CellContent(sample[0].bytes(0), format: .plain) == .text
      && (1..<sample[0].count).allSatisfy { sample[0].bytes($0).isEmpty }
    if isTitle, let last = sample.last,
      (0..<last.count).count(where: { !last.bytes($0).isEmpty }) > 1
    {
      throw DatasetFileError(
        path, .line(sample[0].line), .table(.title(sample[0].string(0), cells: last.count)))
    }
    let widths = Set(sample.dropFirst().map(\.count))
    let marks = TableSeparator.allCases.compactMap(\.byte)
    if sample[0].count == 1, !sample[0].bytes(0).contains(where: marks.contains), widths.count == 1,
      let width = widths.first, width >= 2
    {
      throw DatasetFileError(
        path, .line(sample[0].line), .table(.title(sample[0].string(0), cells: width)))
    }
  }

  /// Refuses numbers with decimal commas in a table of commas, or remarks on what may be some.
  mutating func checkDecimals(path: String) throws(DatasetFileError) {
    let found = SplitDecimals(sample[...], isNamed: isNamed)
    if let torn = found.torn {
      throw DatasetFileError(
        path, .cell(line: torn.line, column: torn.column + 1, name: nil),
        .table(.tornDecimals(torn.text)))
    }
    guard let pair = found.doubtful else { return }
    notes.append(
      "line \(pair.line) has '\(ForeignText.shown(pair.text, limit: 40))', taken for two "
        + "numbers: where it is one with a decimal comma, \(TableProblem.wholeDecimals)")
  }

  /// A mark that stands equally often in each line of one cell, and separates no cells here.
  static func otherMark(_ sample: [TableRow]) -> String? {
    [":", "/", "^", "~"].first { mark in
      let counts = Set(sample.map { row in row.bytes(0).count { $0 == mark.utf8.first } })
      return counts.count == 1 && counts != [0]
    }
  }
}
