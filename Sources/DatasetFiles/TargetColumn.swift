import DropoutEngine

/// The targets of a table: classes or numbers, and their values.
struct TargetColumn {
  /// The largest number of distinct whole numbers that count as classes, whatever they are.
  static let mostWholeNumberClasses = 20
  /// The largest number that do where they count from 0 or 1 without a gap, as labels do.
  static let mostCountedClasses = 100
  /// The largest number of classes: a network cannot have more outputs.
  static let mostClasses = 4096

  /// Whether the targets are classes.
  let isClassification: Bool
  /// The classes in order: numbers by value, words by the alphabet; empty for regression.
  let classNames: [String]
  /// The names of the outputs.
  let outputNames: [String]
  /// The number that is subtracted in Double from each target that is a number.
  var origins: [Double] { isClassification ? [] : columns.map { survey.columns[$0].origin } }
  /// Remarks, a sentence each.
  let notes: [String]

  private let survey: TableSurvey
  private let columns: [Int]
  /// Whether each class has a column of its own, which is 1 for its examples.
  private let isOneHot: Bool

  /// Whether the cells of each target column must be numbers, before they are read.
  static func areNumbers(
    _ columns: [Int], survey: TableSurvey, _ bytes: [UInt8], path: String,
    configuration: ExperimentConfiguration
  ) throws(DatasetFileError) -> [Bool] {
    if columns.count == 1, configuration.task == .classify { return [false] }
    if configuration.task == .regress { return columns.map { _ in true } }
    return try columns.map { (column) throws(DatasetFileError) in
      let kind = survey.columns[column].kind()
      guard kind != survey.columns[column].kind(areAlmostNumbersWords: true) else {
        return kind == .numbers
      }
      let words = try survey.words(
        of: [column], most: mostWholeNumberClasses, bytes, path: path, limit: configuration.limit)
      return words[0].map { $0.count * 2 > survey.rows } ?? true
    }
  }

  /// Decides about the targets of the training file.
  init(
    _ table: CSVTable, survey: TableSurvey, columns: [Int], areNumbers: [Bool], task: TaskChoice,
    path: String
  ) throws(DatasetFileError) {
    self.survey = survey
    self.columns = columns
    let format = survey.dialect.numbers
    guard columns.count == 1 else {
      if let words = zip(columns, areNumbers).first(where: { !$0.1 })?.0 {
        throw DatasetFileError(path, .table(.wordsAmongTargets(survey.names[words])))
      }
      let names = columns.map { survey.names[$0] }
      isOneHot =
        task != .regress && TargetColumn.isOneHot(table.targets, columns.count, format: format)
      isClassification = isOneHot
      guard isOneHot || task != .classify else {
        throw DatasetFileError(path, .table(.notOneHot(names)))
      }
      outputNames = names
      classNames = isOneHot ? names : []
      notes =
        isOneHot
        ? ["the \(names.count) target columns are one-hot, so they are classes"]
        : ["the target is \(names.count) numbers"]
      return
    }
    isOneHot = false
    let name = survey.names[columns[0]]
    let counts = Dictionary(grouping: table.targets) { TargetColumn.canonical($0, format) }
      .mapValues(\.count)
    let numbers = counts.keys.compactMap { CSVNumber.value(Array($0.utf8)[...]) }
    let rows = table.lines.count
    switch task {
    case .classify: isClassification = true
    case .regress: isClassification = false
    case .auto: isClassification = !areNumbers[0] || TargetColumn.areLabels(numbers, rows: rows)
    }
    guard isClassification else {
      guard counts.count >= 2 || rows == 1 else {
        throw DatasetFileError(
          path,
          .table(
            .constantTarget(
              name, value: table.targets[0], labels: survey.columnOfLabels(besides: columns))))
      }
      classNames = []
      outputNames = [name]
      notes =
        task == .auto
        ? [
          "the target '\(ForeignText.shown(name, limit: 40))' is taken for a number "
            + "(\(counts.count) different ones in \(rows) rows"
            + TargetColumn.grid(numbers, rows: rows) + ")"
            + (counts.count <= TargetColumn.mostClasses
              ? "; --task classify takes it for classes"
              : ", too many for classes: at most \(TargetColumn.mostClasses) are possible")
        ] : []
      return
    }
    guard counts.count <= TargetColumn.mostClasses,
      task == .classify || counts.count <= TargetColumn.mostWholeNumberClasses
        || counts.count * 2 <= rows
    else {
      throw DatasetFileError(
        path,
        .table(
          .tooManyClasses(
            target: name, classes: counts.count, rows: rows,
            date: survey.columns[columns[0]].holdsDates ? table.targets[0] : nil,
            others: survey.otherColumns(besides: columns[0]))))
    }
    guard counts.count >= 2 else {
      throw DatasetFileError(
        path, .table(.oneClass(table.targets[0], labels: survey.columnOfLabels(besides: columns))))
    }
    let areNumeric = numbers.count == counts.count
    classNames =
      areNumeric
      ? counts.keys.sorted {
        CSVNumber.value(Array($0.utf8)[...]) ?? 0 < CSVNumber.value(Array($1.utf8)[...]) ?? 0
      } : counts.keys.sorted()
    outputNames = classNames
    notes =
      (task == .auto
        ? [
          "the target '\(ForeignText.shown(name, limit: 40))' is taken for "
            + "\(counts.count) classes ("
            + (areNumeric
              ? "few whole numbers for \(rows) rows); --task regress takes it for a number"
              : survey.columns[columns[0]].holdsDates
                ? DateText.classes(table.targets[0]) : "words)")
        ] : []) + TargetColumn.doubts(counts, rows: rows)
  }

  /// Whether numbers look like labels: whole, and few for the rows.
  private static func areLabels(_ numbers: [Double], rows: Int) -> Bool {
    let count = numbers.count
    guard numbers.allSatisfy({ $0 == $0.rounded() }) else { return false }
    if count <= mostWholeNumberClasses { return count <= 2 || count * 2 <= rows }
    guard count <= mostCountedClasses, count * 10 <= rows,
      let least = numbers.min(), let most = numbers.max()
    else { return false }
    return (least == 0 || least == 1) && most - least == Double(count - 1)
  }

  /// Whether each row has one 1 and else zeros.
  private static func isOneHot(_ texts: [String], _ count: Int, format: NumberFormat) -> Bool {
    var ones = 0
    for (index, text) in texts.enumerated() {
      guard let value = CSVNumber.value(Array(text.utf8)[...], format: format),
        value == 0 || value == 1
      else { return false }
      if value == 1 { ones += 1 }
      if (index + 1) % count == 0 {
        guard ones == 1 else { return false }
        ones = 0
      }
    }
    return true
  }

  /// The targets of a table: of the training file, or of a test file with the same classes.
  func targets(of table: CSVTable, path: String) throws(DatasetFileError) -> Dataset.Targets {
    let format = table.format
    guard isClassification, !isOneHot else {
      var values: [Float] = []
      values.reserveCapacity(table.targets.count)
      let origins = origins
      for (index, text) in table.targets.enumerated() {
        guard let value = CSVNumber.value(Array(text.utf8)[...], format: format),
          abs(value) <= CSVTable.largestInput
        else {
          throw wrongTarget(table, index, path, .numberWithin(CSVTable.largestInput))
        }
        values.append(Float(isOneHot ? value : value - origins[index % columns.count]))
      }
      let count = columns.count
      guard isOneHot else {
        return .values(Matrix(rows: table.lines.count, columns: count, elements: values))
      }
      return try .classes(oneHotClasses(values, table, path))
    }
    let indices = Dictionary(uniqueKeysWithValues: zip(classNames, classNames.indices))
    // There are many rows but few classes, so each text is looked at once.
    let indicesOfTexts = Dictionary(
      uniqueKeysWithValues: Set(table.targets).map {
        ($0, indices[TargetColumn.canonical($0, format)])
      })
    var classes: [Int] = []
    classes.reserveCapacity(table.targets.count)
    for (row, text) in table.targets.enumerated() {
      guard let index = indicesOfTexts[text] ?? nil else {
        throw wrongTarget(table, row, path, .oneOf(classNames))
      }
      classes.append(index)
    }
    return .classes(classes)
  }

  private func oneHotClasses(
    _ values: [Float], _ table: CSVTable, _ path: String
  ) throws(DatasetFileError) -> [Int] {
    var classes: [Int] = []
    for row in table.lines.indices {
      let row = row * columns.count..<(row + 1) * columns.count
      guard values[row].allSatisfy({ $0 == 0 || $0 == 1 }), values[row].reduce(0, +) == 1,
        let one = values[row].firstIndex(of: 1)
      else {
        throw wrongTarget(table, row.lowerBound, path, .oneOne)
      }
      classes.append(one - row.lowerBound)
    }
    return classes
  }

  private func wrongTarget(
    _ table: CSVTable, _ index: Int, _ path: String, _ expected: TableProblem.Expectation
  ) -> DatasetFileError {
    DatasetFileError(
      path,
      survey.place(
        line: table.lines[index / columns.count], column: columns[index % columns.count]),
      .table(.wrongCell(table.targets[index], expected)))
  }

  /// One text for one value: `1` and `1.0` are the same class.
  private static func canonical(_ text: String, _ format: NumberFormat) -> String {
    // Whole numbers that a Double cannot hold, such as long ids, are told apart by their digits.
    guard let number = CSVNumber.value(Array(text.utf8)[...], format: format),
      !ValueSample.isLongWhole(Array(text.utf8)[...], number)
    else { return text }
    return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }
}
