import DropoutEngine

/// Tables of comma-separated values as datasets.
enum TableFiles {
  /// The examples of a table before they are split, with a separate test part if there is one.
  static func contents(
    _ bytes: [UInt8], path: String, configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> DatasetContents {
    let table = try CSVTable(
      checked(bytes, path: path), path: path, target: configuration.target,
      limit: configuration.limit)
    let column = try TargetColumn(table, task: configuration.task, path: path)
    var inputs = table.inputs
    var targets = try column.targets(of: table, path: path)
    var testCount: Int?
    if let testPath = configuration.testData {
      let test = try CSVTable(
        checked(DatasetFiles.contents(of: testPath), path: testPath), path: testPath,
        target: configuration.target, limit: configuration.limit)
      try checkColumns(test, testPath, against: table, path)
      inputs += test.inputs
      targets = joined(targets, try column.targets(of: test, path: testPath))
      testCount = test.targets.count
    }
    let names = table.inputNames
    let outputs =
      column.isClassification ? column.classNames : [table.columnNames[table.targetColumn]]
    return DatasetContents(
      path: path, inputNames: names, values: .numbers(inputs), targets: targets,
      classNames: column.classNames, outputNames: outputs,
      looksLike: imageShape(inputs, count: names.count), plane: plane(inputs, count: names.count),
      notes: column.note.map { [$0] } ?? [], trainingCount: table.targets.count,
      testCount: testCount)
  }

  /// Text must be UTF-8 without NUL bytes.
  private static func checked(
    _ bytes: [UInt8], path: String
  ) throws(DatasetFileError) -> [UInt8] {
    try checkNoNUL(bytes[...], offset: 0, path: path)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw DatasetFileError(path, .table(.notUTF8))
    }
    return bytes
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
    _ test: CSVTable, _ testPath: String, against table: CSVTable, _ path: String
  ) throws(DatasetFileError) {
    guard test.columnNames.count == table.columnNames.count,
      !test.hasHeader || !table.hasHeader || test.columnNames == table.columnNames,
      test.targetColumn == table.targetColumn
    else {
      throw DatasetFileError(
        testPath, .line(1),
        .table(
          .columnsDiffer(
            columns: test.columnNames.count, training: table.columnNames.count,
            trainingPath: path)))
    }
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
  private static func imageShape(_ inputs: [Float], count: Int) -> ImageShape? {
    let side = Int(Double(count).squareRoot().rounded())
    guard count >= 25, side * side == count,
      inputs.allSatisfy({ $0 >= 0 && $0 <= 255 && $0 == $0.rounded() })
    else { return nil }
    return ImageShape(height: side, width: side)
  }

  /// Two inputs are a plane with their own range and a margin of a tenth.
  private static func plane(_ inputs: [Float], count: Int) -> PlaneData? {
    guard count == 2 else { return nil }
    func range(_ column: Int) -> ClosedRange<Float> {
      var lowest = Float.infinity
      var highest = -Float.infinity
      for index in stride(from: column, to: inputs.count, by: 2) {
        lowest = min(lowest, inputs[index])
        highest = max(highest, inputs[index])
      }
      let margin = max((highest - lowest) / 10, Float.leastNormalMagnitude)
      return (lowest - margin)...(highest + margin)
    }
    return PlaneData(features: [.x1, .x2], points: inputs, xRange: range(0), yRange: range(1))
  }
}
