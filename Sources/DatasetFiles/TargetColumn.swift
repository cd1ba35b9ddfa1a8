import DropoutEngine

/// The targets of a table: classes or numbers, and their values.
struct TargetColumn {
  /// The largest number of distinct whole numbers that count as classes by default.
  static let mostWholeNumberClasses = 20
  /// The largest number of classes: a network cannot have more outputs.
  static let mostClasses = 4096

  /// Whether the targets are classes.
  let isClassification: Bool
  /// The classes in order: numbers by value, words by the alphabet; empty for regression.
  let classNames: [String]
  /// The decision, as a sentence.
  let note: String?

  /// Decides about the targets of the training file.
  init(_ table: CSVTable, task: TaskChoice, path: String) throws(DatasetFileError) {
    let name = table.columnNames[table.targetColumn]
    let distinct = Set(Set(table.targets).map(TargetColumn.canonical))
    let numbers = distinct.map { CSVNumber.value(Array($0.utf8)[...]) }
    let areNumbers = numbers.allSatisfy { $0 != nil }
    let areWhole = areNumbers && numbers.allSatisfy { $0.map { $0 == $0.rounded() } ?? false }
    switch task {
    case .classify: isClassification = true
    case .regress: isClassification = false
    case .auto:
      isClassification =
        !areNumbers || (areWhole && distinct.count <= TargetColumn.mostWholeNumberClasses)
    }
    note =
      task == .auto
      ? "the target '\(ForeignText.shown(name, limit: 40))' is taken for "
        + (isClassification
          ? "\(distinct.count) classes (\(areNumbers ? "few whole numbers" : "words")); "
            + "--task regress takes it for a number"
          : "a number; --task classify takes it for classes") : nil
    guard isClassification else {
      classNames = []
      return
    }
    guard distinct.count <= TargetColumn.mostClasses else {
      throw DatasetFileError(
        path,
        .table(
          .tooManyClasses(
            target: name, classes: distinct.count, most: TargetColumn.mostClasses)))
    }
    guard distinct.count >= 2 else {
      throw DatasetFileError(path, .table(.oneClass(table.targets[0])))
    }
    classNames =
      areNumbers
      ? distinct.sorted {
        CSVNumber.value(Array($0.utf8)[...]) ?? 0 < CSVNumber.value(Array($1.utf8)[...]) ?? 0
      } : distinct.sorted()
  }

  /// The targets of a table: of the training file, or of a test file with the same classes.
  func targets(of table: CSVTable, path: String) throws(DatasetFileError) -> Dataset.Targets {
    guard isClassification else {
      var values: [Float] = []
      for (row, text) in table.targets.enumerated() {
        guard let value = CSVNumber.value(Array(text.utf8)[...]), Float(value).isFinite else {
          throw wrongTarget(table, row, path, .number)
        }
        values.append(Float(value))
      }
      return .values(Matrix(rows: values.count, columns: 1, elements: values))
    }
    let indices = Dictionary(uniqueKeysWithValues: zip(classNames, classNames.indices))
    // There are many rows but few classes, so each text is looked at once.
    let indicesOfTexts = Dictionary(
      uniqueKeysWithValues: Set(table.targets).map { ($0, indices[TargetColumn.canonical($0)]) })
    var classes: [Int] = []
    for (row, text) in table.targets.enumerated() {
      guard let index = indicesOfTexts[text] ?? nil else {
        throw wrongTarget(table, row, path, .oneOf(classNames))
      }
      classes.append(index)
    }
    return .classes(classes)
  }

  private func wrongTarget(
    _ table: CSVTable, _ row: Int, _ path: String,
    _ expected: TableProblem.Expectation
  ) -> DatasetFileError {
    DatasetFileError(
      path,
      .cell(
        line: table.lines[row], column: table.targetColumn + 1,
        name: table.hasHeader ? table.columnNames[table.targetColumn] : nil),
      .table(.wrongCell(table.targets[row], expected)))
  }

  /// One text for one value: `1` and `1.0` are the same class.
  private static func canonical(_ text: String) -> String {
    guard let number = CSVNumber.value(Array(text.utf8)[...]) else { return text }
    return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }
}
