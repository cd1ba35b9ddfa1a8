import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the dataset.
enum DataExplanations: Formulas {
  /// Explains the number that stands large on the screen.
  static func hero(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard place == .hero else { return nil }
    return OutcomeExplanations.lines(state, ScreenPlace(panel: .results, name: "test"))
  }

  /// Explains a cell of the list of examples: `row` is the position in the list.
  static func examples(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let list = ExampleList(state: state)
    guard let position = place.row, position < list.count else { return nil }
    let row = list.row(at: position)
    let part = row.isTest ? "the test part" : "the training part"
    switch place.name {
    case "target":
      return [
        Explained.head("target", row.target),
        Explained.gloss("What example \(row.example) of \(part) is, as the data say."),
      ]
    case "tested as":
      guard let predicted = row.predicted else {
        return [Explained.gloss("The prediction for example \(row.example) is being measured.")]
      }
      return [
        Explained.head("tested as", predicted),
        Explained.gloss(
          "What the network says of example \(row.example) in testing"
            + (row.isWrong ? ": wrong, it is \(row.target)." : ".")),
      ]
    default: return input(state, place.name, example: row.example, part)
    }
  }

  private static func input(
    _ state: ExplorerState, _ name: String, example: Int, _ part: String
  ) -> [BoxLine]? {
    let dataset = state.snapshot.dataset
    guard let number = name.split(separator: " ").last.flatMap({ Int($0) }),
      dataset.inputNames.indices.contains(number - 1)
    else { return nil }
    let value = dataset.rawInput(number - 1, of: example)
    let range = state.snapshot.summary.inputs[number - 1]
    let shown = ExampleColumns.number(value)
    return [
      Explained.head(dataset.inputNames[number - 1], shown),
      Explained.gloss("The value of example \(example) of \(part), as it was read."),
      Explained.formula(
        "standardized: (\(shown) - mean) / spread = (\(shown) - "
          + "\(NumberText.significant(range.mean, digits: 4))) / "
          + NumberText.significant(range.standardDeviation, digits: 4)),
    ]
  }

  /// Explains a figure of an input.
  static func inputs(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let inputs = state.snapshot.summary.inputs
    guard let row = place.row, inputs.indices.contains(row) else { return nil }
    return figure(place.name, of: inputs[row], count: state.snapshot.summary.trainingCount)
  }

  /// Explains a count of a class, or a figure of a target.
  static func classes(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let summary = state.snapshot.summary
    guard let row = place.row else { return nil }
    guard state.snapshot.dataset.isClassification else {
      guard summary.targets.indices.contains(row) else { return nil }
      return figure(place.name, of: summary.targets[row], count: summary.trainingCount)
    }
    guard summary.classes.indices.contains(row) else { return nil }
    let own = summary.classes[row]
    let (count, all, part) =
      place.name == "test"
      ? (own.test, summary.testCount, "test") : (own.training, summary.trainingCount, "training")
    return [
      Explained.head(own.name, "\(count) in the \(part) part"),
      Explained.gloss("How many of the \(all) examples of the \(part) part are of this class."),
    ]
  }

  private static func figure(
    _ name: String, of range: DatasetSummary.Range, count: Int
  ) -> [BoxLine]? {
    let (value, gloss): (Double, String)
    switch name {
    case "min": (value, gloss) = (Double(range.minimum), "The smallest value")
    case "mean": (value, gloss) = (range.mean, "The mean")
    case "max": (value, gloss) = (Double(range.maximum), "The largest value")
    case "spread":
      (value, gloss) = (
        range.standardDeviation,
        "The standard deviation, root of the mean squared distance to the mean,"
      )
    default: return nil
    }
    return [
      Explained.head("\(name) of \(range.name)", InputsPanel.text(of: value)),
      Explained.gloss("\(gloss) over the \(count) training examples, before scaling."),
    ]
  }
}
