import DropoutEngine
import DropoutMeasure
import Testing

@Suite("A training goes on from a checkpoint on its own data only") struct CheckpointTests {
  private func configuration(
    _ assignments: [(name: String, value: String)] = []
  ) throws -> ExperimentConfiguration {
    try Settings(assignments: [("hidden", "4"), ("examples", "100")] + assignments).experiment
  }

  private func dataset(_ assignments: [(name: String, value: String)] = []) throws -> Dataset {
    let configuration = try configuration(assignments)
    let builtIn = try #require(BuiltInDataset(rawValue: configuration.data))
    return try builtIn.generate(configuration)
  }

  private func checkpoint(
    _ assignments: [(name: String, value: String)] = [], steps: Int = 5
  ) throws -> TrainerCheckpoint {
    let trainer = try Trainer(
      configuration: try configuration(assignments), dataset: try dataset(assignments))
    try trainer.advance(steps: steps)
    return trainer.checkpoint
  }

  @Test("Fewer examples are refused, with both numbers, before one of them is read")
  func fewerExamples() throws {
    let fewer = try dataset([("examples", "20")])
    let checkpoint = try checkpoint()
    let actual = try dataset().trainingExamples.count
    #expect(
      throws: CheckpointError.trainingExamples(
        expected: fewer.trainingExamples.count, actual: actual)
    ) { try Trainer(resuming: checkpoint, dataset: fewer) }
    #expect(throws: CheckpointError.self) {
      try LearnerGroup(resuming: [checkpoint], dataset: fewer)
    }
  }

  @Test("Other inputs are refused, with both shapes") func otherInputs() throws {
    let glyphs = try dataset([("data", "glyphs")])
    let checkpoint = try checkpoint()
    #expect(
      throws: CheckpointError.shape(
        expected: NetworkShape(
          inputs: glyphs.inputCount, hidden: [4], outputs: glyphs.outputCount),
        actual: checkpoint.shape)
    ) { try Trainer(resuming: checkpoint, dataset: glyphs) }
  }

  @Test("A loss that the targets do not have is refused") func otherTargets() throws {
    let checkpoint = try checkpoint([("loss", "cross-entropy")])
    let plane = try dataset([("data", "plane")])
    #expect(
      throws: CheckpointError.configuration(.lossNeedsClasses(dataset: plane.name))
    ) { try Trainer(resuming: checkpoint, dataset: plane) }
  }

  @Test("Learners go on together: all of them, in their order, from one step") func learners()
    throws
  {
    let assignments = [(name: "variant", value: "bagging"), (name: "learners", value: "2")]
    let data = try dataset(assignments)
    let group = try LearnerGroup(configuration: try configuration(assignments), dataset: data)
    let before = group.checkpoints
    try group.advance(steps: 3)
    let checkpoints = group.checkpoints
    func expect(_ error: CheckpointError, _ checkpoints: [TrainerCheckpoint]) {
      #expect(throws: error) { try LearnerGroup(resuming: checkpoints, dataset: data) }
    }
    expect(.learners(expected: 1, actual: 0), [])
    expect(.learners(expected: 2, actual: 1), [checkpoints[0]])
    expect(.learner(expected: 0..<1, actual: 1), [checkpoints[1], checkpoints[0]])
    expect(.step(expected: 3, actual: 0), [checkpoints[0], before[1]])
    #expect(try LearnerGroup(resuming: checkpoints, dataset: data).checkpoints == checkpoints)
  }

  @Test("An error says what was expected and what was found") func sentences() {
    let errors: [CheckpointError] = [
      .trainingExamples(expected: 17, actual: 4200), .position(expected: 0..<17, actual: 4200),
      .blocks(expected: 17, actual: 4200), .learners(expected: 17, actual: 4200),
    ]
    for error in errors {
      #expect(error.description.contains("17") && error.description.contains("4200"))
    }
  }
}

@Suite("What the kernels are given is checked where it enters") struct EntryCheckTests {
  private static func dataset(
    examples: [Int], classes: [Int], inputs: Int = 2
  ) -> Dataset {
    Dataset(
      name: "small", inputNames: (0..<inputs).map { "x\($0)" },
      values: .numbers([Float](repeating: 0.5, count: 4 * inputs)), targets: .classes(classes),
      classNames: ["a", "b"], outputNames: ["a", "b"], image: nil, trainingExamples: examples,
      testExamples: [], normalization: .none)
  }

  @Test(
    "An example without values, or a class without an output, stops the making of a dataset"
  )
  func datasets() async {
    _ = EntryCheckTests.dataset(examples: [0, 3], classes: [0, 1, 1, 0])
    await #expect(processExitsWith: .failure) {
      _ = EntryCheckTests.dataset(examples: [0, 4], classes: [0, 1, 1, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = EntryCheckTests.dataset(examples: [-1], classes: [0, 1, 1, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = EntryCheckTests.dataset(examples: [0], classes: [0, 1, 2, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = EntryCheckTests.dataset(examples: [0], classes: [0, 1])
    }
  }

  @Test("A network of other inputs ends where it would be measured") func networks() async {
    await #expect(processExitsWith: .failure) {
      let small = EntryCheckTests.dataset(examples: [0, 1], classes: [0, 1, 1, 0])
      let large = EntryCheckTests.dataset(examples: [0, 1], classes: [0, 1, 1, 0], inputs: 40)
      // An error would be no proof, since it also ends the process with a failure.
      guard let trainer = try? Trainer(configuration: ExperimentConfiguration(), dataset: small)
      else { return }
      _ = Measurer(dataset: large).evaluate(trainer.state, on: .training)
    }
  }
}
