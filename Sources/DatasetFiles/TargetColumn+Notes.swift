import DropoutEngine

/// Remarks about targets.
extension TargetColumn {
  /// The steps of numbers that are as few as grades; empty for others.
  static func grid(_ numbers: [Double], rows: Int) -> String {
    guard numbers.count <= mostWholeNumberClasses * 2, numbers.count * 2 <= rows,
      let step = EvenSteps.grid(of: numbers), step != step.rounded()
    else { return "" }
    return ", in steps of \(ParameterText.text(step)) as grades have"
  }

  /// Classes that may be typing errors: one example among many, or two that differ in case only.
  static func doubts(_ counts: [String: Int], rows: Int) -> [String] {
    var notes: [String] = []
    let folded = Dictionary(grouping: counts.keys) { $0.lowercased() }
    for names in folded.values.filter({ $0.count > 1 }).map({ $0.sorted() }).sorted(by: {
      $0[0] < $1[0]
    }).prefix(3) {
      let list = names.map { "'\(ForeignText.shown($0, limit: 24))'" }.joined(separator: " and ")
      notes.append("the classes \(list) differ only in capital letters")
    }
    if counts.count * 20 <= rows {
      for name in counts.filter({ $0.value == 1 }).keys.sorted().prefix(3) {
        notes.append(
          "the class '\(ForeignText.shown(name, limit: 24))' has one example of \(rows); "
            + "is it a typing error?")
      }
    }
    return notes
  }
}
