import DropoutEngine

/// A change of options by which a refused table may be read.
enum TableChange: Equatable {
  /// Another mark between cells.
  case separator(TableSeparator)
  /// Another mark in front of decimals, by which a cell has a value.
  case decimal(DecimalMark, value: Double)
  /// Rows with a missing or wrong cell are left out.
  case drop
  /// Missing inputs take their mean.
  case mean
  /// Each text of the target is a class.
  case classify
  /// The target is a number.
  case regress
  /// Another target, which looks like labels.
  case labels(column: Int)
  /// Any other target.
  case target(column: Int, name: String)
  /// Columns, by number, become the inputs.
  case inputs([Int])
  /// Columns, by number, are left out.
  case leaveOut([Int])
  /// As many words of a column become inputs.
  case oneHot(Int)

  /// Changes a configuration.
  func apply(to configuration: inout ExperimentConfiguration) {
    switch self {
    case .separator(let separator): configuration.table.separator = separator
    case .decimal(let mark, _): configuration.table.decimal = mark
    case .drop: configuration.table.missing = .drop
    case .mean: configuration.table.missing = .mean
    case .classify: configuration.task = .classify
    case .regress: configuration.task = .regress
    case .labels(let column), .target(let column, _): configuration.target = "\(column + 1)"
    case .inputs(let columns): configuration.table.inputs = TableChange.numbers(columns)
    case .leaveOut(let columns):
      let before = configuration.table.leaveOut.map { "\($0)," } ?? ""
      configuration.table.leaveOut = before + TableChange.numbers(columns)
    case .oneHot(let most): configuration.table.oneHot = most
    }
  }

  /// The option and what it does.
  ///
  /// - Parameters:
  ///   - dropped: the rows that are left out by the change.
  ///   - rows: the rows of the table.
  ///   - configuration: the changed configuration.
  /// - Returns: the words.
  func words(dropped: Int, of rows: Int, _ configuration: ExperimentConfiguration) -> String {
    switch self {
    case .separator(let separator):
      "--separator \(separator.rawValue) takes the \(separator.words)"
    case .decimal(let mark, let value):
      "--decimal \(mark.rawValue) reads \(ParameterText.text(value))"
    case .drop: "--missing drop leaves \(dropped) of \(rows) rows out"
    case .mean: "--missing mean puts the mean there"
    case .classify: "--task classify takes each text for a class"
    case .regress: "--task regress takes it for a number"
    case .labels(let column):
      "column \(column + 1) looks like labels: --target \(column + 1)"
    case .target(let column, let name):
      "--target \(column + 1) takes column \(column + 1) '\(ForeignText.shown(name, limit: 40))'"
    case .inputs(let columns):
      "--inputs \(TableChange.numbers(columns)) takes \(TableChange.columns(columns))"
    case .leaveOut(let columns):
      "--leave-out \(configuration.table.leaveOut ?? "") leaves \(TableChange.columns(columns)) out"
    case .oneHot(let most): "--one-hot \(most) makes inputs of its words"
    }
  }

  private static func numbers(_ columns: [Int]) -> String {
    columns.map { "\($0 + 1)" }.joined(separator: ",")
  }

  private static func columns(_ columns: [Int]) -> String {
    columns.count == 1 ? "the column" : "the columns"
  }
}

extension DatasetFileError {
  /// The changes that may help, the likeliest first.
  func changes(_ configuration: ExperimentConfiguration) -> [TableChange] {
    guard case .table(let problem) = problem else { return [] }
    switch problem {
    case .unclearSeparator(let one, _, let other, _): return [.separator(one), .separator(other)]
    case .oneColumn:
      let others = TableSeparator.allCases.filter { $0 != configuration.table.separator }
      return configuration.table.separator == nil ? [] : others.map { .separator($0) }
    case .tornDecimals: return [.separator(.comma)]
    case .unclearDecimal(let text): return decimals(of: text, configuration)
    case .allRowsDropped(_, let columns):
      return [.mean] + columns.prefix(3).map { .leaveOut([$0]) }
        + (columns.count > 1 ? [.leaveOut(columns)] : [])
    case .notOneHot: return [.regress]
    case .tooManyClasses(_, _, _, _, let others):
      return [.regress] + others.map { .target(column: $0.column, name: $0.name) }
    case .constantTarget(_, _, let labels), .oneClass(_, let labels):
      return labels.map { [.labels(column: $0 - 1)] } ?? []
    case .noInputs(let leftOut):
      return leftOut.filter { $0.words == nil }.prefix(3).map { .inputs([$0.column]) }
        + leftOut.compactMap(\.words).prefix(1).map { .oneHot($0) }
    case .unusableInput(_, _, let words): return words.map { [.oneHot($0)] } ?? []
    case .wrongCell(let text, let expected):
      let leaveOut: [TableChange] =
        if case .cell(_, let column, _) = place { [.leaveOut([column - 1])] } else { [] }
      let decimals = text.map { self.decimals(of: $0, configuration) } ?? []
      switch expected {
      case .number, .oneOf: return decimals + [.mean, .drop] + leaveOut
      case .plainNumber: return decimals + [.drop] + leaveOut
      case .target: return [.drop]
      case .plainTarget, .targetNumber, .targetNumberToRegress:
        return decimals + [.drop, .classify]
      case .oneOne: return [.regress]
      case .numberWithin, .oneOfClasses: return []
      }
    default: return []
    }
  }

  private func decimals(
    of text: String, _ configuration: ExperimentConfiguration
  ) -> [TableChange] {
    DecimalMark.allCases.filter { $0 != configuration.table.decimal }.compactMap { mark in
      NumberFormat.reading(of: text, by: mark).map { .decimal(mark, value: $0) }
    }
  }
}
