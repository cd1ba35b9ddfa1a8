import DropoutEngine
import Testing

@Suite("The summary of a dataset")
struct DatasetSummaryTests {
  private func dataset(targets: Dataset.Targets, classNames: [String]) -> Dataset {
    Dataset(
      name: "small", inputNames: ["a", "b"], values: .numbers([1, 5, 3, 5, 5, 5, 100, -100]),
      targets: targets, classNames: classNames,
      outputNames: classNames.isEmpty ? ["y"] : classNames,
      image: nil, trainingExamples: [2, 0, 1], testExamples: [3], normalization: .standard)
  }

  @Test("Ranges, means and deviations are those of the training part alone")
  func inputs() {
    let summary = DatasetSummary(
      of: dataset(targets: .classes([0, 1, 1, 1]), classNames: ["no", "yes"]))
    #expect(summary.inputs.map(\.name) == ["a", "b"])
    #expect(summary.inputs[0].minimum == 1 && summary.inputs[0].maximum == 5)
    #expect(summary.inputs[0].mean == 3)
    #expect(abs(summary.inputs[0].standardDeviation - (8.0 / 3).squareRoot()) < 1e-12)
    #expect(!summary.inputs[0].isConstant)
    #expect(summary.inputs[1].isConstant && summary.inputs[1].standardDeviation == 0)
  }

  @Test("Classes are counted in each part")
  func classes() {
    let summary = DatasetSummary(
      of: dataset(targets: .classes([0, 1, 1, 1]), classNames: ["no", "yes"]))
    #expect(summary.classes.map(\.training) == [1, 2])
    #expect(summary.classes.map(\.test) == [0, 1])
    #expect(summary.targets.isEmpty && summary.testTargets.isEmpty)
    #expect(summary.trainingCount == 3 && summary.testCount == 1)
  }

  @Test("Targets of regression have a range in each part")
  func targets() {
    let values = Matrix(rows: 4, columns: 1, elements: [1, 2, 3, 9])
    let summary = DatasetSummary(of: dataset(targets: .values(values), classNames: []))
    #expect(summary.targets.map(\.maximum) == [3] && summary.targets.map(\.mean) == [2])
    #expect(summary.testTargets.map(\.minimum) == [9])
    #expect(summary.classes.isEmpty)
  }
}
