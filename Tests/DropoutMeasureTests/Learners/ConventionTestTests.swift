import DropoutEngine
import DropoutMeasure
import Testing

@Suite("Which convention weights were trained for") struct ConventionTestTests {
  private func trained(
    _ variant: String, keep: String, steps: Int = 2500
  ) throws -> (state: NetworkState, measurer: Measurer) {
    let configuration = try Settings(assignments: [
      ("data", "circle"), ("data-noise", "0.3"), ("examples", "1000"), ("hidden", "32,32"),
      ("variant", variant), ("keep", keep),
    ]).experiment
    let dataset = try BuiltInDataset.circle.generate(configuration)
    let trainer = try Trainer(configuration: configuration, dataset: dataset)
    try trainer.advance(steps: steps)
    return (trainer.state, Measurer(dataset: dataset))
  }

  @Test(
    "The convention of the training is found, though the weights do not say it",
    arguments: [
      ("inverted", TestConvention.asTheyAre), ("unscaled", .timesKeep), ("classic", .timesKeep),
      ("none", .asTheyAre),
    ])
  func found(variant: String, convention: TestConvention) throws {
    let (state, measurer) = try trained(variant, keep: "0.5")
    // The test knows the weights and the keep probability, nothing else.
    let plain = NetworkState(
      configuration: try Settings(assignments: [("hidden", "32,32"), ("keep", "0.5")]).experiment,
      parameters: state.parameters)
    let test = measurer.testConventions(plain, seed: 7)
    #expect(test.conclusion == .decided(convention), "\(test.results)")
    #expect(test == measurer.testConventions(plain, seed: 7))
  }

  @Test("Losses and accuracies are those of the test passes, and lie in their intervals")
  func losses() throws {
    let (state, measurer) = try trained("inverted", keep: "0.5", steps: 300)
    let test = measurer.testConventions(state, seed: 3)
    let training = Double(measurer.dataset.trainingExamples.count)
    let tested = Double(measurer.dataset.testExamples.count)
    for result in test.results {
      let parts = [DatasetPart.training, .test].map {
        measurer.evaluate(state, on: $0, as: result.convention)
      }
      let loss = (parts[0].loss * training + parts[1].loss * tested) / (training + tested)
      #expect(abs(result.loss.mean - loss) < 1e-5 * loss)
      let accuracy = try #require(result.accuracy)
      let shares = try parts.map { try #require($0.accuracy) }
      #expect(
        abs(accuracy.mean - (shares[0] * training + shares[1] * tested) / (training + tested))
          < 1e-9)
      for estimate in [result.loss, result.masked, accuracy] {
        #expect(estimate.interval.contains(estimate.mean))
      }
    }
    #expect(test.results.count { $0.excess == nil } == 1)
  }

  @Test("Where nothing is dropped nothing can be told") func nothingDropped() throws {
    let (state, measurer) = try trained("none", keep: "1", steps: 50)
    #expect(measurer.testConventions(state, seed: 7).conclusion == .nothingDropped)
  }

  @Test("Weights that know nothing are convicted of nothing", arguments: 0..<24)
  func untrained(seed: Int) throws {
    let configuration = try Settings(assignments: [
      ("data", "circle"), ("examples", "300"), ("hidden", "16,16"), ("keep", "0.7"),
      ("seed", "\(seed)"),
    ]).experiment
    let dataset = try BuiltInDataset.circle.generate(configuration)
    let trainer = try Trainer(configuration: configuration, dataset: dataset)
    let test = Measurer(dataset: dataset).testConventions(trainer.state, seed: 7)
    #expect(test.conclusion == .uninformed, "\(test.results)")
  }
}
