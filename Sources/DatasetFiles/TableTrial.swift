import DropoutEngine

/// Tries the changes that may help with a refused table, so that only those are advised that lead
/// to a table that trains.
struct TableTrial {
  private let bytes: [UInt8]
  private let path: String
  private let configuration: ExperimentConfiguration
  private let memory: FreeMemory

  init(
    _ bytes: [UInt8], path: String, configuration: ExperimentConfiguration,
    within memory: FreeMemory
  ) {
    self.bytes = bytes
    self.path = path
    self.configuration = configuration
    self.memory = memory
  }

  /// The error with the advice that holds.
  func advised(_ error: DatasetFileError) -> DatasetFileError {
    var error = error
    let changes = error.changes(configuration)
    error.advice = advice(changes)
    // Where the question is which of two readings is meant, both stay, though neither is enough.
    if error.advice.isEmpty, error.problem.isQuestion {
      error.advice = changes.map { $0.words(dropped: 0, of: 0, configuration) }
    }
    return error
  }

  private func advice(_ changes: [TableChange]) -> [String] {
    var advice: [String] = []
    var (isLeftOut, isBetter) = (false, false)
    for change in changes {
      // To lose rows or a column is advised in one way, and a column only where nothing is better.
      if isLeftOut, change.losesData { continue }
      if change.isLastResort, isBetter { continue }
      guard let (words, losesMuch) = words(change) else { continue }
      advice.append(words)
      if losesMuch { continue }
      isBetter = true
      if change.losesData { isLeftOut = true }
    }
    return advice
  }

  /// The words of a change that helps, alone or with rows left out, and whether more than a third
  /// of the rows are lost by it; nil for any other.
  private func words(_ change: TableChange) -> (words: String, losesMuch: Bool)? {
    if let found = outcome([change]) {
      let losesMuch = change == .drop && found.losesMuch
      guard losesMuch || !found.losesMuch else { return nil }
      return (
        change.words(dropped: found.dropped, of: found.rows, found.configuration)
          + (losesMuch ? " and \(found.rows - found.dropped) to train and test on" : ""), losesMuch
      )
    }
    guard change != .drop, change != .mean, configuration.table.missing != .drop,
      let found = outcome([change, .drop]), found.dropped > 0, !found.losesMuch
    else { return nil }
    // Many cells that are no numbers by a mark speak against it.
    if case .decimal = change, found.dropped * 20 > found.rows { return nil }
    return (
      change.words(dropped: found.dropped, of: found.rows, found.configuration)
        + " with --missing drop, which leaves \(found.dropped) of \(found.rows) rows out", false
    )
  }

  /// A table that trains: how it is read, its rows, and those left out of it.
  private struct Outcome {
    var configuration: ExperimentConfiguration
    var dropped: Int
    var rows: Int
    /// Whether more than a third of the rows are left out.
    var losesMuch: Bool { dropped * 3 > rows }
  }

  /// The outcome of changes; nil where the table does not train by them.
  ///
  /// A table that has a class for nearly each row is not meant.
  private func outcome(_ changes: [TableChange]) -> Outcome? {
    var changed = configuration
    for change in changes { change.apply(to: &changed) }
    guard changed != configuration,
      // The error of a reading that is only tried does not matter.
      let contents = try? TableFiles.read(
        bytes, path: path, configuration: changed, within: memory),
      let dataset = try? contents.dataset(changed)
    else { return nil }
    let (rows, dropped) = (dataset.count, contents.droppedRows)
    if !dataset.classNames.isEmpty, changes.contains(.classify) {
      guard dataset.classNames.count * 2 <= rows else { return nil }
    }
    return Outcome(configuration: changed, dropped: dropped, rows: rows + dropped)
  }
}

extension TableChange {
  /// Whether a part of the table is not trained on by the change.
  fileprivate var losesData: Bool {
    switch self {
    case .drop, .leaveOut, .inputs: true
    case .separator, .decimal, .mean, .classify, .regress, .labels, .target, .oneHot: false
    }
  }

  /// Whether another change is better wherever there is one.
  fileprivate var isLastResort: Bool {
    switch self {
    case .leaveOut, .target: true
    case .separator, .decimal, .drop, .mean, .classify, .regress, .labels, .inputs, .oneHot: false
    }
  }
}

extension DatasetFileError.Problem {
  /// Whether two readings are equally good, so that a person must choose one.
  fileprivate var isQuestion: Bool {
    switch self {
    case .table(.unclearSeparator), .table(.unclearDecimal): true
    default: false
    }
  }
}
