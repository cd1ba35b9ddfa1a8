import DropoutEngine

/// The use of each column of a table.
struct TableColumns: Sendable {
  /// The use of a column as input.
  enum Input: Equatable, Sendable {
    /// Its numbers, less an origin that is subtracted in Double.
    case numbers(origin: Double)
    /// One input for each of its words; two words need only one input.
    case words([String])
  }

  /// A reason why a column is no input.
  enum Reason {
    case nameless
    case counting
    case identifier
    case empty
    /// Dates, one of them for an example.
    case dates(ColumnSurvey.Cell?)
    /// The number of different words, nil beyond all that may be inputs, and one of the words.
    case manyWords(count: Int?, ColumnSurvey.Cell?)
  }

  /// The largest number that `--one-hot` can be.
  static let mostWords = 1000

  /// The columns of the target, in the requested order.
  let targets: [Int]
  /// The inputs, by column, in the order of the file.
  private(set) var inputs: [(column: Int, use: Input)] = []
  /// Remarks, a sentence each.
  var notes: [String] = []

  /// The names of the inputs.
  func inputNames(_ names: [String]) -> [String] {
    inputs.flatMap { column, use in
      switch use {
      case .numbers: [names[column]]
      case .words(let words):
        words.suffix(words.count == 2 ? 1 : words.count).map { "\(names[column])=\($0)" }
      }
    }
  }

  /// The number of inputs.
  var inputCount: Int {
    inputs.reduce(0) { count, input in
      switch input.use {
      case .numbers: count + 1
      case .words(let words): count + (words.count == 2 ? 1 : words.count)
      }
    }
  }

  /// Decides the use of each column.
  ///
  /// - Throws: ``DatasetFileError`` for a name that no column has, or where no input is left.
  init(
    _ survey: TableSurvey, _ bytes: [UInt8], path: String, configuration: ExperimentConfiguration
  ) throws(DatasetFileError) {
    let choices = configuration.table
    let lookup = ColumnLookup(survey, path: path)
    let left = try choices.leaveOut.map { (text) throws(DatasetFileError) in
      try lookup.columns(text, option: "leave-out")
    }
    let leftOut = Set(left ?? [])
    targets = try lookup.targets(configuration.target, leftOut: leftOut)
    if let requested = configuration.target {
      notes += lookup.notes(onNamed: requested, target: targets[0])
    } else {
      notes += lookup.notes(onTarget: targets[0], sample: survey.sample)
    }
    let asked = try choices.inputs.map { (text) throws(DatasetFileError) in
      try lookup.columns(text, option: "inputs")
    }
    let isTarget = Set(targets)
    if let named = asked?.first(where: isTarget.contains) {
      throw DatasetFileError(path, .table(.targetIsInput(survey.names[named])))
    }
    let candidates = survey.columns.indices.filter { column in
      !isTarget.contains(column) && !leftOut.contains(column)
        && (asked.map { $0.contains(column) } ?? true)
    }
    let kinds = try TableColumns.kinds(
      candidates, survey, bytes, path: path, most: choices.oneHot, limit: configuration.limit)
    var reasons: [LeftOut] = []
    for (column, kind) in zip(candidates, kinds) {
      let reason =
        asked == nil
        ? TableColumns.reason(column, survey, others: candidates.count - 1) : nil
      switch kind {
      case _ where reason != nil:
        reasons.append((column, reason ?? .nameless, canBeInput: kind.canBeInput))
      case .empty: reasons.append((column, .empty, canBeInput: false))
      case .manyWords(let count):
        let (cells, first) = (survey.columns[column], survey.columns[column].firstFault)
        let reason = cells.holdsDates ? .dates(first) : Reason.manyWords(count: count, first)
        reasons.append((column, reason, canBeInput: false))
      case .words(let words): inputs.append((column, .words(words)))
      case .numbers:
        inputs.append((column, .numbers(origin: survey.columns[column].origin)))
      }
    }
    if let asked, let found = reasons.first(where: { asked.contains($0.column) }) {
      throw DatasetFileError(
        path,
        .table(
          .unusableInput(
            survey.names[found.column], TableColumns.words(found.reason, choices.oneHot),
            words: TableColumns.wordCount(found.reason))))
    }
    guard !inputs.isEmpty else {
      throw DatasetFileError(
        path,
        .table(
          .noInputs(
            leftOut: reasons.map {
              .init(
                column: $0.column, name: survey.names[$0.column],
                reason: TableColumns.words($0.reason, choices.oneHot),
                words: TableColumns.wordCount($0.reason))
            })))
    }
    guard inputCount <= ImageFiles.mostInputs else {
      throw DatasetFileError(path, .table(.tooManyInputs(inputCount, most: ImageFiles.mostInputs)))
    }
    addNotes(survey, reasons, choices: choices)
  }

  /// A column that is left out, and whether it can be an input all the same.
  typealias LeftOut = (column: Int, reason: Reason, canBeInput: Bool)

  /// The kind of a candidate.
  private enum Kind {
    case empty
    case numbers
    case words([String])
    case manyWords(count: Int?)

    var canBeInput: Bool {
      switch self {
      case .numbers, .words: true
      case .empty, .manyWords: false
      }
    }
  }

  private static func kinds(
    _ candidates: [Int], _ survey: TableSurvey, _ bytes: [UInt8], path: String, most: Int,
    limit: Int?
  ) throws(DatasetFileError) -> [Kind] {
    let worded = candidates.filter {
      survey.columns[$0].kind(areAlmostNumbersWords: true) == .words
    }
    let words = try survey.words(of: worded, most: mostWords, bytes, path: path, limit: limit)
    let byColumn = Dictionary(uniqueKeysWithValues: zip(worded, words))
    return candidates.map { column in
      let all = byColumn[column] ?? nil
      let found = all.flatMap { $0.count <= most ? $0 : nil }
      switch survey.columns[column].kind(areAlmostNumbersWords: found != nil) {
      case .empty: return .empty
      case .numbers: return .numbers
      case .words: return found.map { .words($0) } ?? .manyWords(count: all?.count)
      }
    }
  }

  /// The reason why a column is left out unless it is asked for.
  private static func reason(_ column: Int, _ survey: TableSurvey, others: Int) -> Reason? {
    guard others >= 1 else { return nil }
    let isNameless = !survey.isNamed[0] && survey.isNamed.contains(true)
    let isUnnamed = survey.names[column].lowercased().hasPrefix("unnamed: 0")
    if column == 0 ? isNameless || isUnnamed : isUnnamed && survey.columns[column].isCounting {
      return .nameless
    }
    if survey.countsRows(column) { return .counting }
    return survey.isIdentifier(column) ? .identifier : nil
  }
}

extension ColumnSurvey {
  /// The number to subtract from the column in Double; 0 where a Float can tell its values apart.
  ///
  /// A Float has 24 bits. Where the numbers are so large that fewer than 16 of them are left for
  /// the differences, the middle of the range is taken away first.
  var origin: Double {
    guard let range else { return 0 }
    let spread = range.upperBound - range.lowerBound
    let size = max(abs(range.lowerBound), abs(range.upperBound))
    guard spread > 0, spread < size / 256 else { return 0 }
    let middle = range.lowerBound + spread / 2
    return isWhole ? middle.rounded() : middle
  }
}
