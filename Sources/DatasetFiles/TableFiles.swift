import DropoutEngine

/// Tables as datasets.
enum TableFiles {
  /// The examples of a table before they are split, with a separate test part if there is one.
  ///
  /// - Throws: ``DatasetFileError`` with advice that was tried.
  static func contents(
    _ bytes: [UInt8], path: String, configuration: ExperimentConfiguration,
    within memory: FreeMemory
  ) throws(DatasetFileError) -> DatasetContents {
    do {
      return try read(bytes, path: path, configuration: configuration, within: memory)
    } catch {
      throw TableTrial(bytes, path: path, configuration: configuration, within: memory)
        .advised(error)
    }
  }

  /// The same, with errors that have no advice.
  static func read(
    _ bytes: [UInt8], path: String, configuration: ExperimentConfiguration,
    within memory: FreeMemory
  ) throws(DatasetFileError) -> DatasetContents {
    let bytes = try checked(bytes, path: path)
    let survey = try survey(bytes, path, configuration)
    let columns = try TableColumns(survey, bytes, path: path, configuration: configuration)
    let needed = need(survey, columns, bytes: bytes.count, configuration)
    try memory.check(needed, for: path)
    let areNumbers = try TargetColumn.areNumbers(
      columns.targets, survey: survey, bytes, path: path, configuration: configuration)
    let table = try CSVTable(
      bytes, path: path, survey: survey, columns: columns, areTargetsNumbers: areNumbers,
      configuration: configuration)
    let target = try TargetColumn(
      table, survey: survey, columns: columns.targets, areNumbers: areNumbers,
      task: configuration.task, path: path)
    guard !target.isClassification || configuration.targetNormalization == .standard else {
      throw DatasetFileError(path, .file(.classesAreNotScaled))
    }
    var inputs = table.inputs
    var missing = table.missing
    var droppedRows = table.droppedRows
    var targets = try target.targets(of: table, path: path)
    var notes = survey.notes + columns.notes + target.notes + table.notes(columns, survey)
    var testCount: Int?
    if let testPath = configuration.testData {
      // The training part stays beside it.
      let memory = memory.beside(needed)
      let testBytes = try checked(
        DatasetFiles.contents(of: testPath, within: memory), path: testPath)
      let testSurvey = try TableFiles.survey(testBytes, testPath, configuration)
      try checkColumns(testSurvey, testPath, against: survey, path)
      let testNeed = need(testSurvey, columns, bytes: testBytes.count, configuration)
      // The inputs of both parts are joined into new ones.
      let allRows = rows(survey, configuration) + rows(testSurvey, configuration)
      try memory.check(testNeed + 4 * columns.inputCount * allRows, for: testPath)
      let test = try CSVTable(
        testBytes, path: testPath, survey: testSurvey, columns: columns,
        areTargetsNumbers: areNumbers, configuration: configuration)
      missing += test.missing.map { inputs.count + $0 }
      inputs += test.inputs
      droppedRows += test.droppedRows
      targets = joined(targets, try target.targets(of: test, path: testPath))
      testCount = test.lines.count
      notes += test.notes(columns, testSurvey).map { "the test file: \($0)" }
    }
    return DatasetContents(
      path: path, inputNames: columns.inputNames(survey.names), values: .numbers(inputs),
      missing: missing, droppedRows: droppedRows, origins: columns.origins, targets: targets,
      targetOrigins: target.origins, inputSample: table.inputSample,
      targetSample: table.targetSample,
      classNames: target.classNames, outputNames: target.outputNames,
      looksLike: imageShape(inputs, columns), isPlane: columns.inputCount == 2,
      notes: notes, trainingCount: table.lines.count, testCount: testCount)
  }

  /// Refuses a table by its first lines alone, where they cannot be told apart into cells.
  static func checkStart(
    _ start: [UInt8], path: String, configuration: ExperimentConfiguration
  ) throws(DatasetFileError) {
    do {
      _ = try survey(start, path, configuration)
    } catch {
      // A later line may still tell how numbers are written.
      if case .table(.unclearDecimal) = error.problem { return }
      throw TableTrial(start, path: path, configuration: configuration, within: FreeMemory(nil))
        .advised(error)
    }
  }

  private static func survey(
    _ bytes: [UInt8], _ path: String, _ configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> TableSurvey {
    try TableSurvey(
      bytes, path: path, choices: configuration.table, target: configuration.target,
      limit: configuration.limit)
  }

  /// Text must be UTF-8 without NUL bytes.
  private static func checked(
    _ bytes: [UInt8], path: String
  ) throws(DatasetFileError) -> [UInt8] {
    try checkNoNUL(bytes[...], offset: 0, path: path)
    guard isUTF8(bytes) else { throw notUTF8(bytes[...], path: path) }
    return bytes
  }

  /// Whether a text is UTF-8, looked at by pieces: the text is long, and each look makes a copy.
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      var end = min(start + (1 << 16), bytes.count)
      // A piece does not end inside a character.
      while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      guard end > start, String(validating: bytes[start..<end], as: UTF8.self) != nil else {
        return false
      }
      start = end
    }
    return true
  }

  /// The memory of a table and its examples, known before these are read.
  ///
  /// An example takes its inputs, a text for each target, and a line, a class and two places in
  /// orders, of 8 bytes each. A quarter more is for what stands beside them while they are made
  /// into a dataset: tables of 9 to 20 MB took 11 to 24 % more than the sum.
  private static func need(
    _ survey: TableSurvey, _ columns: TableColumns, bytes: Int,
    _ configuration: ExperimentConfiguration
  ) -> Int {
    let example = 4 * columns.inputCount + 16 * columns.targets.count + 4 * 8
    let sum = bytes + rows(survey, configuration) * example
    return sum + sum / 4
  }

  private static func rows(_ survey: TableSurvey, _ configuration: ExperimentConfiguration) -> Int {
    min(survey.rows, configuration.limit ?? .max)
  }

  /// The error of a text that is not UTF-8, with the first line that is not.
  static func notUTF8(_ bytes: ArraySlice<UInt8>, path: String) -> DatasetFileError {
    var line = 1
    for text in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard String(validating: text, as: UTF8.self) != nil else { break }
      line += 1
    }
    return DatasetFileError(path, .line(line), .table(.notUTF8))
  }

  /// Checks that a piece of the text, `offset` bytes into it, has no NUL bytes.
  static func checkNoNUL(
    _ piece: ArraySlice<UInt8>, offset: Int, path: String
  ) throws(DatasetFileError) {
    guard let position = piece.firstIndex(of: 0) else { return }
    throw DatasetFileError(
      path, .byte(offset + position - piece.startIndex),
      .table(.binary))
  }

  private static func checkColumns(
    _ test: TableSurvey, _ testPath: String, against table: TableSurvey, _ path: String
  ) throws(DatasetFileError) {
    guard test.names.count == table.names.count else {
      throw DatasetFileError(
        testPath, .line(test.firstLine),
        .table(
          .columnsDiffer(
            columns: test.names.count, training: table.names.count,
            trainingPath: path)))
    }
    guard test.hasHeader, table.hasHeader,
      let column = test.names.indices.first(where: { test.names[$0] != table.names[$0] })
    else { return }
    throw DatasetFileError(
      testPath, .line(test.firstLine),
      .table(
        .columnDiffers(
          column: column + 1, name: test.names[column], training: table.names[column],
          trainingPath: path)))
  }

  private static func joined(
    _ first: Dataset.Targets, _ second: Dataset.Targets
  ) -> Dataset.Targets {
    switch (first, second) {
    case (.classes(let one), .classes(let other)): return .classes(one + other)
    case (.values(let one), .values(let other)):
      return .values(
        Matrix(
          rows: one.rows + other.rows, columns: one.columns, elements: one.elements + other.elements
        ))
    case (.classes, .values), (.values, .classes):
      preconditionFailure("one column's targets are of one kind")
    }
  }

  /// A square number of at least 25 whole numbers from 0 to 255 looks like an image.
  private static func imageShape(_ inputs: [Float], _ columns: TableColumns) -> ImageShape? {
    let count = columns.inputCount
    let side = Int(Double(count).squareRoot().rounded())
    guard count >= 25, side * side == count, columns.origins.allSatisfy({ $0 == 0 }),
      inputs.allSatisfy({ $0 >= 0 && $0 <= 255 && $0 == $0.rounded() })
    else { return nil }
    return ImageShape(height: side, width: side)
  }
}

extension CSVTable {
  /// Remarks about missing cells, a sentence each.
  fileprivate func notes(_ columns: TableColumns, _ survey: TableSurvey) -> [String] {
    var notes: [String] = []
    let losesMuch = lackingRows * 3 > lines.count
    // One example cannot be trained on and tested with.
    let drop =
      !losesMuch
      ? "; --missing drop leaves \(lackingRows) \(lackingRows == 1 ? "row" : "rows") out"
      : lines.count - lackingRows >= 2
        ? "; --missing drop leaves \(lackingRows) of \(lines.count) rows out" : ""
    let remedy =
      (losesMuch && columns.inputs.count > 1 ? "; --leave-out leaves the column out" : "") + drop
    if droppedRows > 0 {
      notes.append(
        "\(droppedRows) of \(droppedRows + lines.count) rows "
          + "\(droppedRows == 1 ? "is" : "are") left out, for a cell is missing or is no number")
    }
    if !missing.isEmpty {
      let names = columns.inputNames(survey.names)
      let counts = Dictionary(grouping: missing) { $0 % names.count }.mapValues(\.count)
      for (input, count) in counts.sorted(by: { $0.key < $1.key }).prefix(8) {
        notes.append(
          "'\(ForeignText.shown(names[input], limit: 40))' is missing in \(count) of "
            + "\(lines.count) rows and takes the mean of the training part there" + remedy)
      }
    }
    if missingWords > 0 {
      notes.append(
        (missingWords == 1
          ? "one word is missing, and no word stands for it"
          : "\(missingWords) words are missing, and no word stands for them") + remedy)
    }
    return notes
  }
}

extension TableColumns {
  /// The number that is subtracted from each input when it is read.
  var origins: [Double] {
    inputs.flatMap { input in
      switch input.use {
      case .numbers(let origin): [origin]
      case .words(let words): Array(repeating: 0.0, count: words.count == 2 ? 1 : words.count)
      }
    }
  }
}
