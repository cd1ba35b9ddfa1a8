import DropoutEngine

extension TableColumns {
  /// Adds remarks about the columns.
  mutating func addNotes(
    _ survey: TableSurvey, _ reasons: [LeftOut], choices: TableChoices
  ) {
    for (column, reason, canBeInput) in reasons.prefix(8) {
      // Words that hardly repeat say nothing about other rows.
      let words = TableColumns.wordCount(reason).flatMap { $0 * 2 <= survey.rows ? $0 : nil }
      notes.append(
        "\(survey.shownColumn(column)) is left out: "
          + TableColumns.words(reason, choices.oneHot)
          + (canBeInput ? "; --inputs takes it" : "")
          + (words.map { "; --one-hot \($0) makes inputs of them" } ?? ""))
    }
    if reasons.count > 8 { notes.append("\(reasons.count - 8) more columns are left out likewise") }
    let worded = inputs.filter { if case .words = $0.use { true } else { false } }
    for (column, use) in worded.prefix(8) {
      guard case .words(let words) = use else { continue }
      notes.append(
        "\(survey.shownColumn(column)) has \(words.count) different words, "
          + (words.count == 2
            ? "so it is one input, 1 for '\(ForeignText.shown(words[1], limit: 40))'"
            : "so it is \(words.count) inputs, one-hot; --one-hot sets the limit"))
    }
    if worded.count > 8 {
      notes.append("\(worded.count - 8) more columns of words are one-hot inputs")
    }
    let constant = inputs.map(\.column).filter { survey.columns[$0].isConstant }
    if let first = constant.first {
      notes.append(
        survey.shownColumn(first)
          + (constant.count == 1
            ? " has the same value in each row, so it tells nothing"
            : " and \(constant.count - 1) more have the same value in each row, so they tell "
              + "nothing")
          + (constant.count == inputs.count
            ? "" : "; --leave-out leaves \(constant.count == 1 ? "it" : "them") out"))
    }
    if inputs.count > 1, let first = inputs.first?.column, first == 0,
      survey.columns[0].numbers >= 20, let step = survey.columns[0].evenStep
    {
      notes.append(
        "\(survey.shownColumn(0)) \(step > 0 ? "grows" : "falls") by "
          + "\(ParameterText.text(abs(step))) from each row to the next, as numbers of rows and "
          + "times do: where it tells nothing about the target, --leave-out "
          + "\(survey.names.contains("1") ? ShellWord.quoted(survey.names[0]) : "1") leaves it out")
    }
    let numbers = inputs.compactMap { column, use in
      if case .numbers = use { column } else { Int?.none }
    }
    for column in numbers + targets {
      guard let (value, count) = survey.columns[column].substitute else { continue }
      notes.append(
        "\(survey.shownColumn(column)) is \(ParameterText.text(value)) in \(count) rows, far from "
          + "its other values: where that means that a value is missing, leave these cells blank")
    }
    for (column, use) in inputs {
      guard case .numbers(let origin) = use, origin != 0 else { continue }
      notes.append(
        "\(survey.shownColumn(column)) is far from 0 for its spread: "
          + "\(ParameterText.text(origin)) is subtracted from it before anything else")
    }
  }

  static func words(_ reason: Reason, _ oneHot: Int) -> String {
    switch reason {
    case .nameless: "it has no name, as the row numbers of a data frame"
    case .counting: "it only counts the rows"
    case .identifier: "it names the rows"
    case .empty: "no cell of it has a value"
    case .dates(let cell):
      "it " + DateText.holding(cell?.text ?? "", line: cell?.line)
    case .manyWords(let count, let cell):
      "it has " + (count.map { "\($0)" } ?? "more than \(mostWords)") + " different words"
        + (cell.map { ", as '\(ForeignText.shown($0.text, limit: 24))' in line \($0.line)" } ?? "")
        + (count == nil ? "" : ", and at most \(oneHot) become inputs")
    }
  }

  static func wordCount(_ reason: Reason) -> Int? {
    if case .manyWords(let count, _) = reason { count } else { nil }
  }
}
