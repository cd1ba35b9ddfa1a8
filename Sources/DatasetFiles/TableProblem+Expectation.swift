extension TableProblem.Expectation {
  /// The need of a cell that is nearly a number, where one sign of it is the fault; nil for others.
  func need(of text: String) -> String? {
    switch self {
    case .plainNumber, .plainTarget: AlmostNumber(Array(text.utf8)[...])?.need
    default: nil
    }
  }

  /// The need, in words.
  var words: String {
    switch self {
    case .number:
      "a number is needed"
    case .plainNumber, .plainTarget:
      "the number alone is needed, without a unit, a sign of money or percent, or marks between "
        + "thousands"
    case .numberWithin(let limit): "a number of at most \(limit) in size is needed"
    case .target: "a target is needed"
    case .targetNumber: "the other targets are numbers"
    case .targetNumberToRegress: "--task regress needs a number"
    case .oneOf(let words):
      "the training file has \(TableProblem.list(words))"
    case .oneOne: "one of the target columns must be 1, the others 0"
    }
  }
}
