import DropoutEngine

/// The rows of a table: numbers for the inputs, text for the target.
struct CSVTable {
  /// The largest input: the difference between two such numbers is still a Float, so that any range
  /// can be scaled.
  static let largestInput = 1e37

  /// The inputs, `[row][input]`; 0 where a value is missing.
  private(set) var inputs: [Float] = []
  /// The places in ``inputs`` whose values are missing, to be filled by the training part's means.
  private(set) var missing: [Int] = []
  /// The texts of the target, `[row][target column]`.
  private(set) var targets: [String] = []
  /// The line of each row.
  private(set) var lines: [Int] = []
  /// The exact values of the inputs of the first rows.
  private(set) var inputSample: ValueSample
  /// The exact values of the targets of the first rows.
  private(set) var targetSample: ValueSample
  /// How the numbers of this file are written.
  var format: NumberFormat { survey.dialect.numbers }
  /// The number of rows left out because a value is missing.
  private(set) var droppedRows = 0
  /// The number of words that are missing in one-hot inputs.
  private(set) var missingWords = 0
  /// The number of rows in which an input is missing.
  private(set) var lackingRows = 0

  /// Reads the rows.
  ///
  /// - Parameters:
  ///   - bytes: the file, not compressed.
  ///   - path: its path, for errors.
  ///   - survey: the survey of this file.
  ///   - columns: the use of the columns, as the training file decided it.
  ///   - areTargetsNumbers: whether the cells of each target column must be numbers.
  ///   - configuration: its limit, and its choice for missing cells.
  /// - Throws: ``DatasetFileError`` for a cell that cannot be used.
  init(
    _ bytes: [UInt8], path: String, survey: TableSurvey, columns: TableColumns,
    areTargetsNumbers: [Bool], configuration: ExperimentConfiguration
  ) throws(DatasetFileError) {
    self.path = path
    self.survey = survey
    choice = configuration.table.missing
    task = configuration.task
    inputSample = ValueSample(columns: columns.inputCount)
    targetSample = ValueSample(columns: columns.targets.count)
    var rows = TableRows(bytes, path: path, survey: survey)
    var places: [[String: Int]] = []
    for (_, use) in columns.inputs {
      guard case .words(let words) = use else {
        places.append([:])
        continue
      }
      places.append(Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) }))
    }
    // An array that grows takes up to three times as much in between.
    let count = min(survey.rows, configuration.limit ?? .max)
    inputs.reserveCapacity(count * columns.inputCount)
    targets.reserveCapacity(count * columns.targets.count)
    lines.reserveCapacity(count)
    var read = 0
    while read < configuration.limit ?? .max, try rows.next() {
      read += 1
      let (inputStart, missingStart, wordStart) = (inputs.count, missing.count, missingWords)
      let isWhole = try appendInputs(rows, columns, places: places)
      guard isWhole,
        let texts = try targetTexts(rows, columns.targets, areNumbers: areTargetsNumbers)
      else {
        inputs.removeSubrange(inputStart...)
        missing.removeSubrange(missingStart...)
        missingWords = wordStart
        inputSample.keepRows(lines.count)
        targetSample.keepRows(lines.count)
        droppedRows += 1
        continue
      }
      targets += texts
      lines.append(rows.line)
      if missing.count > missingStart || missingWords > wordStart { lackingRows += 1 }
    }
    guard !lines.isEmpty else {
      throw DatasetFileError(
        path, .table(.allRowsDropped(droppedRows, columns: faulty.sorted())))
    }
  }

  /// The inputs for which a row was left out.
  private var faulty: Set<Int> = []
  private let path: String
  private let survey: TableSurvey
  private let choice: MissingCells
  private let task: TaskChoice

  /// Appends the inputs of a row; false where the row is to be left out.
  private mutating func appendInputs(
    _ rows: TableRows, _ columns: TableColumns, places: [[String: Int]]
  ) throws(DatasetFileError) -> Bool {
    for (index, (column, use)) in columns.inputs.enumerated() {
      switch use {
      case .numbers(let origin):
        guard let value = try number(rows, column) else {
          faulty.insert(column)
          return false
        }
        guard !value.isNaN else {
          missing.append(inputs.count)
          inputs.append(0)
          inputSample.add(nil)
          continue
        }
        if !inputSample.isFull { inputSample.add(ValueSample.key(rows.cell(column), value)) }
        inputs.append(Float(value - origin))
      case .words(let words):
        guard try appendWord(rows.cell(column), column, words, places[index], line: rows.line)
        else {
          faulty.insert(column)
          return false
        }
        for _ in 0..<(words.count == 2 ? 1 : words.count) { inputSample.add(nil) }
      }
    }
    return true
  }

  /// The number of an input; NaN where it is missing and to be filled, nil where its row is to be
  /// left out.
  private func number(_ rows: TableRows, _ column: Int) throws(DatasetFileError) -> Double? {
    func wrong(_ expected: TableProblem.Expectation) -> DatasetFileError {
      wrongCell(rows.cell(column), column, rows.line, expected)
    }
    switch rows.content(column, format: survey.dialect.numbers) {
    case .number(let value):
      guard abs(value) <= CSVTable.largestInput else {
        throw wrong(.numberWithin(CSVTable.largestInput))
      }
      return value
    case .missing, .missingAmongNumbers:
      switch choice {
      case .mean: return .nan
      case .drop: return nil
      case .refuse: throw wrong(.number)
      }
    case .almostNumber, .markedNumber:
      guard choice == .drop else { throw wrong(.plainNumber) }
      return nil
    case .text:
      guard choice == .drop else { throw wrong(.number) }
      return nil
    }
  }

  private mutating func appendWord(
    _ cell: ArraySlice<UInt8>, _ column: Int, _ words: [String], _ places: [String: Int], line: Int
  ) throws(DatasetFileError) -> Bool {
    let isOneInput = words.count == 2
    if CellContent(cell, format: survey.dialect.numbers) == .missing {
      switch choice {
      case .drop: return false
      case .refuse: throw wrongCell(cell, column, line, .oneOf(words))
      case .mean: break
      }
      missingWords += 1
      if isOneInput {
        inputs.append(0.5)
      } else {
        inputs += Array(repeating: 0, count: words.count)
      }
      return true
    }
    guard let place = places[String(decoding: cell, as: UTF8.self)] else {
      throw wrongCell(cell, column, line, .oneOf(words))
    }
    if isOneInput {
      inputs.append(Float(place))
    } else {
      for word in words.indices { inputs.append(word == place ? 1 : 0) }
    }
    return true
  }

  /// The texts of a row's target; nil where the row is to be left out.
  private mutating func targetTexts(
    _ rows: TableRows, _ columns: [Int], areNumbers: [Bool]
  ) throws(DatasetFileError) -> [String]? {
    var texts: [String] = []
    for (column, isNumber) in zip(columns, areNumbers) {
      let cell = rows.cell(column)
      var key: UInt64?
      switch rows.content(column, format: survey.dialect.numbers) {
      case .number(let value): key = ValueSample.key(cell, value)
      case .missing:
        guard choice == .drop else { throw wrongCell(cell, column, rows.line, .target) }
        return nil
      case .missingAmongNumbers, .text:
        guard isNumber else { break }
        guard choice == .drop else { throw wrongCell(cell, column, rows.line, expectedTarget) }
        return nil
      case .almostNumber, .markedNumber:
        guard isNumber else { break }
        guard choice == .drop else {
          throw wrongCell(cell, column, rows.line, .plainTarget)
        }
        return nil
      }
      targetSample.add(key)
      texts.append(String(decoding: cell, as: UTF8.self))
    }
    return texts
  }

  private var expectedTarget: TableProblem.Expectation {
    task == .regress ? .targetNumberToRegress : .targetNumber
  }

  private func wrongCell(
    _ cell: ArraySlice<UInt8>, _ column: Int, _ line: Int, _ expected: TableProblem.Expectation
  ) -> DatasetFileError {
    DatasetFileError(
      path, survey.place(line: line, column: column),
      .table(.wrongCell(cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self), expected)))
  }
}

extension TableSurvey {
  /// The place of a cell, for errors.
  func place(line: Int, column: Int) -> DatasetFileError.Place {
    .cell(line: line, column: column + 1, name: hasHeader ? names[column] : nil)
  }
}
