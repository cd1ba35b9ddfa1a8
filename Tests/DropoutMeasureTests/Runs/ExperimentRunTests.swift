import DropoutEngine
import DropoutMeasure
import Testing

@Suite("A run from its start to its end") struct ExperimentRunTests {
  private func run(
    _ assignments: [(name: String, value: String)], steps: Int
  ) throws -> (ExperimentRun, Trainer) {
    let settings = try Settings(assignments: assignments)
    let dataset = try #require(BuiltInDataset(rawValue: settings.experiment.data))
      .generate(settings.experiment)
    return (
      ExperimentRun(configuration: settings.experiment, dataset: dataset, steps: steps),
      try Trainer(configuration: settings.experiment, dataset: dataset)
    )
  }

  @Test(
    "Its numbers are those of a trainer and a measurer, at the end and on the way",
    arguments: ["classic", "left-on-at-test", "none"])
  func numbers(variant: String) throws {
    let (run, trainer) = try run(
      [("variant", variant), ("keep", "0.8"), ("data", "moons")], steps: 130)
    let result = try #require(try run.result())
    let measurer = Measurer(dataset: run.dataset)
    let steps = ExperimentRun.curveSteps(130)
    #expect(steps.count == 51 && steps.first == 0 && steps.last == 130)
    var curve: [Double] = []
    for step in steps {
      try trainer.advance(steps: step - trainer.step)
      curve.append(measurer.evaluate(trainer.state, on: .test).loss)
    }
    #expect(result.curve == curve && result.testLoss == curve.last)
    let training = measurer.evaluate(trainer.state, on: .training)
    let output = try #require(measurer.divergence(trainer.state).last)
    #expect(result.trainLoss == training.loss && result.trainScore == training.accuracy)
    #expect(result.outputDivergence == output.expected && result.outputRatio == output.ratio)
    #expect(result.divergedAt == nil && result.isClassification)
  }

  @Test("The calibration error is that of 15 bins, computed from the outputs") func calibration()
    throws
  {
    let (run, trainer) = try run([("variant", "unscaled"), ("data", "glyphs")], steps: 60)
    let result = try #require(try run.result())
    try trainer.advance(steps: 60)
    let dataset = run.dataset
    let inputs = dataset.testExamples.flatMap { dataset.inputs(of: $0) }
    let outputs = Measurer(dataset: dataset).outputs(
      trainer.state,
      inputs: Matrix(
        rows: dataset.testExamples.count, columns: dataset.inputCount, elements: inputs))
    guard case .classes(let classes) = dataset.targets else { return }
    var error = 0.0
    for bin in 0..<15 {
      var (count, right, sure) = (0, 0, 0.0)
      for (row, example) in dataset.testExamples.enumerated() {
        let values = outputs.row(row).map { Double($0) }
        let largest = try #require(values.max())
        let isInside = largest * 15 > Double(bin) && largest * 15 <= Double(bin + 1)
        guard isInside else { continue }
        count += 1
        sure += largest
        right += values.firstIndex(of: largest) == classes[example] ? 1 : 0
      }
      guard count > 0 else { continue }
      let share = Double(count) / Double(dataset.testExamples.count)
      error += share * abs(Double(right) / Double(count) - sure / Double(count))
    }
    #expect(error > 0.01 && abs(result.calibrationError - error) < 1e-12)
  }

  @Test("A training that is not finite is a result, with its step and the curve before it")
  func diverged() throws {
    let (run, trainer) = try run([("variant", "inverted"), ("learning-rate", "30")], steps: 300)
    let result = try #require(try run.result())
    let step = try #require(result.divergedAt)
    let error = #expect(throws: NotFiniteError.self) { try trainer.advance(steps: 300) }
    #expect(error?.step == step)
    for metric in RunMetric.allCases { #expect(result[metric].isNaN) }
    let steps = ExperimentRun.curveSteps(300)
    #expect(result.curve.count == steps.count)
    for (point, value) in zip(steps, result.curve) {
      #expect(value.isNaN == (point > step), "\(point)")
    }
  }

  @Test("Numbers are regressed with R2, no probabilities and no calibration error")
  func regression() throws {
    let (run, trainer) = try run([("data", "plane")], steps: 50)
    let result = try #require(try run.result())
    try trainer.advance(steps: 50)
    let test = Measurer(dataset: run.dataset).evaluate(trainer.state, on: .test)
    #expect(!result.isClassification && result.testScore == test.r2)
    #expect(result.calibrationError.isNaN)
    let (untested, _) = try self.run([("test-fraction", "0")], steps: 0)
    let other = try #require(try untested.result())
    #expect(other.testLoss.isNaN && other.curve.count == 1 && other.trainLoss.isFinite)
  }

  @Test("A run says how far it is, and has no result once it is given up") func givenUp() throws {
    let (run, _) = try run([], steps: 1000)
    var shares: [Double] = []
    let result = try run.result { share in
      shares.append(share)
      return shares.count <= 4
    }
    // Called before each measurement, and before each stretch of steps to the next one.
    #expect(result == nil && shares == [0, 0, 0.02, 0.02, 0.04])
    shares = []
    let whole = try run.result { share in
      shares.append(share)
      return true
    }
    #expect(whole != nil)
    #expect(shares == shares.sorted() && shares.last == 1)
  }
}
