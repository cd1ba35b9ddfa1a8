import DropoutEngine

/// The examples of a dataset in the order of the data view: the test part, then the training part.
struct ExampleList {
  /// The state that is drawn.
  let state: ExplorerState

  /// One row of the list.
  struct Row: Equatable {
    /// The index of the example in the dataset.
    var example: Int
    /// Whether it is tested on.
    var isTest: Bool
    /// Its class, or its first target.
    var target: String
    /// The network's prediction for it as it is tested; nil where that was not measured.
    var predicted: String?
    /// Whether it is another class.
    var isWrong: Bool
    /// Whether it is the watched one.
    var isWatched: Bool
  }

  private var dataset: Dataset { state.snapshot.dataset }

  /// The number of examples.
  var count: Int { dataset.count }

  /// The index in the dataset of the example at a position of the list.
  func example(at position: Int) -> Int {
    let tests = dataset.testExamples.count
    return position < tests
      ? dataset.testExamples[position] : dataset.trainingExamples[position - tests]
  }

  /// The row at a position of the list.
  func row(at position: Int) -> Row {
    let example = example(at: position)
    let outputs = self.outputs(at: position, example: example)
    let evidence = state.evidence
    var row = Row(
      example: example, isTest: position < dataset.testExamples.count, target: "", predicted: nil,
      isWrong: false,
      isWatched: evidence.examples.indices.contains(state.watchedRow)
        && evidence.examples[state.watchedRow] == example)
    switch dataset.targets {
    case .classes(let classes):
      row.target = name(ofClass: classes[example])
      if let outputs {
        let best = Verdict(outputs).best
        row.predicted = name(ofClass: best)
        row.isWrong = best != classes[example]
      }
    case .values(let values):
      let range = state.snapshot.summary.targets.first
      row.target = ExampleColumns.number(
        values.columns > 0 ? dataset.own(Double(values[example, 0]), output: 0) : .nan, of: range)
      row.predicted = outputs?.first.map {
        ExampleColumns.number(dataset.own(Double($0), output: 0), of: range)
      }
    }
    return row
  }

  /// The measured outputs stand in the order of the list, as far as they go.
  private func outputs(at position: Int, example: Int) -> ArraySlice<Float>? {
    let measured = state.snapshot.measured.examples.value
    guard measured.examples.indices.contains(position), measured.examples[position] == example,
      position < measured.asItIs.rows
    else { return nil }
    return measured.asItIs.row(position)
  }

  private func name(ofClass index: Int) -> String {
    dataset.classNames.indices.contains(index) ? dataset.classNames[index] : "?"
  }
}
