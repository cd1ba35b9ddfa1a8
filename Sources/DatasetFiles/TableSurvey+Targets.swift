import DropoutEngine

extension TableSurvey {
  /// The last columns that can be named by their numbers.
  func otherColumns(besides target: Int) -> [TableProblem.Column] {
    columns.indices.reversed().filter { $0 != target && !names.contains("\($0 + 1)") }.prefix(4)
      .map { .init(column: $0, name: names[$0]) }
  }

  /// A column that looks like labels: the first of all, of whole numbers from 0 or 1 on.
  func columnOfLabels(besides targets: [Int]) -> Int? {
    guard !targets.contains(0), columns[0].isWhole, let range = columns[0].range,
      range.lowerBound == 0 || range.lowerBound == 1,
      range.upperBound > range.lowerBound,
      (range.upperBound - range.lowerBound + 1) * 2 <= Double(rows)
    else { return nil }
    return 1
  }
}
