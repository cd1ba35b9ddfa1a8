import DropoutEngine

/// Finds the columns of a table by name or number.
struct ColumnLookup {
  /// Names that a target mostly has, the most telling one first.
  private static let targetNames = ["label", "labels", "target", "class", "y"]

  private let survey: TableSurvey
  private let path: String

  init(_ survey: TableSurvey, path: String) {
    self.survey = survey
    self.path = path
  }

  /// The target: as requested, else a column with the name of a target, else the last one with
  /// values.
  ///
  /// A column that is left out is not the target unless it is requested, which is refused.
  func targets(
    _ requested: String?, leftOut: Set<Int>
  ) throws(DatasetFileError) -> [Int] {
    if let requested {
      let targets = try columns(requested, option: "target")
      if let both = targets.first(where: leftOut.contains) {
        throw DatasetFileError(path, .table(.targetIsLeftOut(survey.names[both])))
      }
      return targets
    }
    if let named, let column = try column(survey.names[named], option: "target"),
      !leftOut.contains(column)
    {
      return [column]
    }
    let filled = survey.columns.indices.filter {
      survey.columns[$0].kind() != .empty && !leftOut.contains($0)
    }
    // Ids and numbers of rows are no answers; another column must be left for the inputs.
    let telling = filled.filter { !survey.countsRows($0) && !survey.isIdentifier($0) }
    return [(telling.count >= 2 ? telling.last : filled.last) ?? survey.columns.count - 1]
  }

  /// A remark about a requested target whose name is the number of another column.
  func notes(onNamed requested: String, target: Int) -> [String] {
    guard let place = Int(requested), survey.columns.indices.contains(place - 1),
      place - 1 != target
    else { return [] }
    return [
      "--target \(requested) is the column of that name, \(survey.shownColumn(target)), and not "
        + survey.shownColumn(place - 1)
    ]
  }

  private var named: Int? {
    guard survey.hasHeader else { return nil }
    let names = survey.names.map { $0.lowercased() }
    // Where there are x and y and more behind them, they are coordinates.
    let hasCoordinates = names.contains("x") && names.last != "y"
    return ColumnLookup.targetNames.lazy.filter { !hasCoordinates || $0 != "y" }
      .compactMap { names.lastIndex(of: $0) }.first
  }

  /// Remarks about a target that nobody named.
  func notes(onTarget column: Int, sample: [TableRow]) -> [String] {
    guard named != column else {
      return survey.names[column].lowercased() == "label"
        ? [] : ["the target is \(survey.shownColumn(column)), by its name"]
    }
    // Another column of numbers; words may be too many to be classes.
    let other = survey.columns.indices.first {
      $0 != column && survey.columns[$0].canBeTarget && !survey.names.contains("\($0 + 1)")
        && !survey.countsRows($0) && !survey.isIdentifier($0)
    }
    let isLast = column == survey.columns.count - 1
    var notes = [
      "the target is the last column\(isLast ? "" : " with answers"), "
        + (survey.isNamed[column]
          ? "'\(ForeignText.shown(survey.names[column], limit: 40))'" : "\(column + 1)")
        + (other.map { "; --target \($0 + 1) takes \(survey.shownColumn($0))" } ?? "")
    ]
    if let first = ColumnLookup.startOfOneHot(sample, width: survey.names.count) {
      let names = survey.names[first...].map { ForeignText.shown($0, limit: 24) }
      notes.append(
        "the last \(names.count) columns look like one target in one-hot columns: --target "
          + names.joined(separator: ","))
    }
    return notes
  }

  /// The first of the last columns that hold one 1 in each row, and else zeros; nil where there are
  /// none.
  private static func startOfOneHot(_ sample: [TableRow], width: Int) -> Int? {
    var ones = sample.map { _ in 0 }
    for column in (1..<width).reversed() {
      for (row, cells) in sample.enumerated() {
        guard column < cells.count, let value = CSVNumber.value(cells.bytes(column)),
          value == 0 || value == 1
        else { return nil }
        ones[row] += Int(value)
      }
      if column <= width - 2, ones.allSatisfy({ $0 == 1 }) { return column }
    }
    return nil
  }

  /// The columns that a text names: one name, one number from 1, or several between commas.
  ///
  /// - Throws: ``DatasetFileError`` for a name that no column or more than one column has.
  func columns(_ text: String, option: String) throws(DatasetFileError) -> [Int] {
    if let column = try column(text, option: option) { return [column] }
    var columns: [Int] = []
    for part in ParameterText.list(text) {
      guard let column = try column(part, option: option) else {
        throw DatasetFileError(
          path,
          .table(
            .noSuchColumn(
              part, option: option, columns: survey.names, hasHeader: survey.hasHeader)))
      }
      guard !columns.contains(column) else {
        throw DatasetFileError(path, .table(.columnTwice(part, option: option)))
      }
      columns.append(column)
    }
    return columns
  }

  private func column(_ text: String, option: String) throws(DatasetFileError) -> Int? {
    if let named = survey.names.firstIndex(of: text) {
      if let other = survey.names.firstIndex(of: "\(text) (2)"), survey.isNamed[other] {
        throw DatasetFileError(
          path, .table(.nameTwice(text, option: option, columns: named + 1, other + 1)))
      }
      return named
    }
    guard let number = Int(text), survey.names.indices.contains(number - 1) else { return nil }
    return number - 1
  }
}
