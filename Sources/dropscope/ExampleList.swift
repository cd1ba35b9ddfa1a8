import DropoutEngine

/// Examples of a dataset in the person's words: `0,3,10-20`, `test`, `training` or `all`.
enum ExampleList {
  /// The accepted form of the text.
  static let form = "numbers and ranges as in 0,3,10-20, or test, training, all"

  /// The examples, in the order of their names.
  ///
  /// - Parameters:
  ///   - text: the person's words; nil is the first eight test examples (training ones where there
  ///     is no test part).
  ///   - dataset: the dataset.
  /// - Returns: indices into the dataset.
  /// - Throws: a usage failure that names the remedy.
  static func examples(_ text: String?, of dataset: Dataset) throws(CommandFailure) -> [Int] {
    guard let text else { return Array(dataset.probeExamples.prefix(8)) }
    switch text {
    case "all": return Array(0..<dataset.count)
    case "training": return dataset.trainingExamples
    case "test":
      guard !dataset.testExamples.isEmpty else {
        throw .usage("--examples test: \(dataset.name) has no test part")
      }
      return dataset.testExamples
    default: break
    }
    var examples: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { number($0) }
      guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2 else {
        throw .usage("--examples cannot be '\(ForeignText.shown(text))': it takes \(form)")
      }
      guard first <= last else {
        throw .usage(
          "--examples \(ForeignText.shown(String(part))): the range ends before it starts")
      }
      guard last < dataset.count else {
        throw .usage(
          "--examples \(ForeignText.shown(String(part))): \(dataset.name) has \(dataset.count) "
            + "examples, 0 to \(dataset.count - 1)")
      }
      examples += first...last
    }
    return examples
  }

  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }
}
