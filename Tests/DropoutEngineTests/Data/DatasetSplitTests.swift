import DropoutEngine
import Testing

@Suite("The split into training and test part")
struct DatasetSplitTests {
  @Test(
    "The test part has the share that was asked for, rounded", arguments: [0, 0.1, 0.25, 0.5, 0.9])
  func share(fraction: Double) throws {
    for count in [10, 37, 500] {
      let split = try DatasetSplit(
        of: .classes((0..<count).map { $0 % 3 }), testFraction: fraction, seed: 7)
      #expect(split.testExamples.count == Int((Double(count) * fraction).rounded()))
      #expect((split.trainingExamples + split.testExamples).sorted() == Array(0..<count))
    }
  }

  @Test("A class's share of the test part is its share of the whole, to within one example")
  func balance() throws {
    let classes = (0..<1000).map { $0 < 700 ? 0 : $0 < 950 ? 1 : 2 }
    for seed in 0..<20 as Range<UInt64> {
      let split = try DatasetSplit(of: .classes(classes), testFraction: 0.25, seed: seed)
      for (label, expected) in [(0, 175.0), (1, 62.5), (2, 12.5)] {
        let tested = split.testExamples.count { classes[$0] == label }
        #expect(abs(Double(tested) - expected) <= 1)
      }
    }
  }

  @Test("A test part of two or more examples is never of one class, nor is the training part")
  func neverOneClass() throws {
    let classes = (0..<1000).map { $0 < 997 ? 0 : 1 }
    for seed in 0..<50 as Range<UInt64> {
      let split = try DatasetSplit(of: .classes(classes), testFraction: 0.01, seed: seed)
      #expect(split.testExamples.count == 10)
      #expect(Set(split.testExamples.map { classes[$0] }) == [0, 1])
      #expect(Set(split.trainingExamples.map { classes[$0] }) == [0, 1])
    }
  }

  @Test("A class with one example is trained on, not tested")
  func single() throws {
    let classes = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2]
    for seed in 0..<20 as Range<UInt64> {
      let split = try DatasetSplit(of: .classes(classes), testFraction: 0.5, seed: seed)
      #expect(split.trainingExamples.contains(9))
    }
  }

  @Test("A split that leaves nothing to train on is an error that says so")
  func nothingLeft() {
    let error = DatasetError.noTrainingExamples(examples: 2, testFraction: 0.9)
    #expect(throws: error) {
      try DatasetSplit(of: .classes([0, 1]), testFraction: 0.9, seed: 7)
    }
    #expect(throws: DatasetError.noTrainingExamples(examples: 0, testFraction: 0)) {
      try DatasetSplit(of: .classes([]), testFraction: 0, seed: 7)
    }
    #expect(error.description.contains("2 examples") && !error.description.contains("\n"))
  }

  @Test("Another seed splits otherwise; the same seed splits the same")
  func seeds() throws {
    let targets = Dataset.Targets.values(Matrix(rows: 100, columns: 1))
    let first = try DatasetSplit(of: targets, testFraction: 0.5, seed: 7)
    #expect(try DatasetSplit(of: targets, testFraction: 0.5, seed: 7) == first)
    #expect(try DatasetSplit(of: targets, testFraction: 0.5, seed: 8) != first)
  }

  @Test("Parts that were given apart are shuffled, each within itself")
  func apart() {
    let split = DatasetSplit(trainingCount: 60, testCount: 40, seed: 7)
    #expect(split.trainingExamples.sorted() == Array(0..<60))
    #expect(split.testExamples.sorted() == Array(60..<100))
    #expect(split.trainingExamples != Array(0..<60))
  }
}
