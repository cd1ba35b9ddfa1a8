import DropoutEngine

/// The columns of a table whose different values are the same number for the network.
///
/// A Float has about seven digits. Ids of eighteen digits, or small values beside a very large one,
/// become the same number even after their middle is subtracted and they are scaled.
struct MergedValues {
  /// The different values of a column in the training part.
  private struct Counts {
    var column: Int
    /// The number in the file.
    var different: Int
    /// The number that the network can tell apart.
    var left: Int
    /// Whether the rest of the file was not looked at.
    var isSample: Bool
    /// A value that is so far from the others that they are all one beside it.
    var far: Double?
  }

  private var inputs: [Counts] = []
  private var targets: [Counts] = []

  /// Counts the values of a dataset whose exact values are known for its first rows.
  init(_ dataset: Dataset, inputs: ValueSample, targets: ValueSample) {
    let rows = max(inputs.rows, targets.rows)
    guard rows > 0 else { return }
    let training = dataset.trainingExamples.filter { $0 < rows }
    let isSample = training.count < dataset.trainingExamples.count
    func counts(
      _ sample: ValueSample, _ column: Int, _ value: (_ row: Int) -> Float
    ) -> Counts? {
      var exact: Set<UInt64> = []
      var left: Set<Float> = []
      for row in training where row < sample.rows {
        guard let key = sample[row, column] else { continue }
        exact.insert(key)
        left.insert(value(row))
      }
      // A few values of very many are always next to each other.
      guard (exact.count - left.count) * 100 >= exact.count, exact.count > left.count else {
        return nil
      }
      return Counts(
        column: column, different: exact.count, left: left.count, isSample: isSample,
        far: MergedValues.far(sample, column, examples: dataset.count, value))
    }
    if inputs.rows > 0 {
      self.inputs = (0..<inputs.columns).compactMap { column in
        counts(inputs, column) { dataset.input(column, of: $0) }
      }
    }
    if case .values(let values) = dataset.targets, targets.rows > 0 {
      self.targets = (0..<targets.columns).compactMap { column in
        counts(targets, column) { values[$0, column] }
      }
    }
  }

  /// The value at one end that is far from nearly all others; nil where there is none.
  private static func far(
    _ sample: ValueSample, _ column: Int, examples: Int, _ value: (_ row: Int) -> Float
  ) -> Double? {
    let rows = (0..<min(sample.rows, examples)).filter { sample[$0, column] != nil }
      .map { (value: Double(value($0)), row: $0) }.sorted { $0.value < $1.value }
    let trimmed = max(1, rows.count / 100)
    guard rows.count > 2 * trimmed, let least = rows.first, let most = rows.last else { return nil }
    let (low, high) = (rows[trimmed].value, rows[rows.count - 1 - trimmed].value)
    guard (high - low) * 1000 < most.value - least.value else { return nil }
    let end = most.value - high > low - least.value ? most : least
    guard let key = sample[end.row, column] else { return nil }
    let exact = Double(bitPattern: key)
    return exact.isFinite ? exact : nil
  }

  /// Remarks, a sentence for each column.
  func notes(_ dataset: Dataset) -> [String] {
    let shown =
      inputs.prefix(8).map { "the input '\(name(dataset.inputNames, $0))'" + words($0) }
      + targets.prefix(8).map { "the target '\(name(dataset.outputNames, $0))'" + words($0) }
    let more = max(0, inputs.count - 8) + max(0, targets.count - 8)
    return shown + (more > 0 ? ["\(more) more columns lose values likewise"] : [])
  }

  private func name(_ names: [String], _ counts: Counts) -> String {
    ForeignText.shown(names[counts.column], limit: 40)
  }

  private func words(_ counts: Counts) -> String {
    " has \(counts.different) different values in the "
      + (counts.isSample ? "first rows of the training part" : "training part")
      + ", but as 32-bit floats they are only \(counts.left)"
      + (counts.far.map {
        ", for \(ParameterText.text($0)) is far from the others: where it is a mistake, correct it "
          + "or leave the cell blank"
      } ?? ": subtract a number from the column, or divide it into several, before it is read")
  }
}
