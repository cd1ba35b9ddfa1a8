import DropoutEngine
import DropoutMeasure
import Foundation
import Oracles
import Testing

@Suite("The average of several learners") struct AveragedLearnersTests {
  private func group(_ assignments: (name: String, value: String)..., steps: Int) throws
    -> LearnerGroup
  {
    let settings = try Settings(
      assignments: [("learners", "5"), ("hidden", "6")] + assignments)
    let group = try settings.experiment.group()
    try group.advance(steps: steps)
    return group
  }

  /// The mean of single outputs, `[example][output]`.
  private func means(_ group: LearnerGroup, _ measurer: Measurer, _ examples: [Int]) -> [[Double]] {
    examples.map { example in
      let inputs = Matrix(
        rows: 1, columns: group.shape.inputs, elements: group.dataset.inputs(of: example))
      let single = group.states.map { measurer.outputs($0, inputs: inputs).elements }
      return (0..<group.shape.outputs).map { output in
        single.reduce(0.0) { $0 + Double($1[output]) } / Double(single.count)
      }
    }
  }

  @Test(
    "Its cross-entropy and accuracy are those of the averaged probabilities",
    arguments: [Variant.randomSubspace, .bagging])
  func classes(variant: Variant) throws {
    let group = try group(("variant", variant.rawValue), ("data", "glyphs"), steps: 80)
    let measurer = Measurer(dataset: group.dataset)
    let examples = group.dataset.testExamples
    guard case .classes(let classes) = group.dataset.targets else {
      Issue.record("glyphs are classes")
      return
    }
    let means = means(group, measurer, examples)
    let loss =
      zip(examples, means).map { -log($1[classes[$0]]) }.reduce(0, +) / Double(examples.count)
    let right = zip(examples, means).count { example, outputs in
      outputs.indices.max { outputs[$0] < outputs[$1] } == classes[example]
    }
    let found = measurer.evaluate(group.states, on: .test)
    #expect(abs(found.loss - loss) < 1e-6 * loss)
    #expect(found.accuracy == Double(right) / Double(examples.count))
    #expect(found.count == examples.count)
    #expect(found.classAccuracy.count == group.shape.outputs)
    // Jensen: the loss of the average is at most the average of the losses.
    let single = group.states.map { measurer.evaluate($0, on: .test).loss }
    #expect(found.loss < single.reduce(0, +) / 5)
    #expect(Set(single).count == 5)
  }

  @Test("Its squared error and R2 are those of the averaged numbers") func numbers() throws {
    let group = try group(
      ("variant", "bagging"), ("data", "plane"), ("learning-rate", "0.02"), steps: 60)
    let measurer = Measurer(dataset: group.dataset)
    let examples = group.dataset.testExamples
    guard case .values(let wanted) = group.dataset.targets else {
      Issue.record("the plane has numbers")
      return
    }
    let means = means(group, measurer, examples).map { $0[0] }
    let targets = examples.map { Double(wanted[$0, 0]) }
    let errors = zip(means, targets).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
    let center = targets.reduce(0, +) / Double(targets.count)
    let spread = targets.map { ($0 - center) * ($0 - center) }.reduce(0, +)
    let found = measurer.evaluate(group.states, on: .test)
    #expect(abs(found.loss - errors / 2 / Double(examples.count)) < 1e-9)
    #expect(abs(try #require(found.r2) - (1 - errors / spread)) < 1e-9)
    #expect(found.accuracy == nil)
  }

  @Test("Classes that are trained with squared error have that loss of the averaged outputs")
  func squaredClasses() throws {
    let group = try group(
      ("variant", "random-subspace"), ("loss", "mean-squared-error"), steps: 40)
    let measurer = Measurer(dataset: group.dataset)
    let examples = group.dataset.testExamples
    guard case .classes(let classes) = group.dataset.targets else {
      Issue.record("the circle has classes")
      return
    }
    let loss = zip(examples, means(group, measurer, examples)).map { example, outputs in
      outputs.enumerated().reduce(0.0) {
        let gap = $1.element - ($1.offset == classes[example] ? 1 : 0)
        return $0 + gap * gap / 2
      }
    }.reduce(0, +)
    let found = measurer.evaluate(group.states, on: .test)
    #expect(abs(found.loss - loss / Double(examples.count)) < 1e-9)
  }

  @Test("The same learner twice has its own loss, also where its probabilities vanish") func twice()
    throws
  {
    for scale in [1, 300] as [Float] {
      let group = try group(("variant", "bagging"), steps: 30)
      let configuration = group.configuration
      var parameters = group.parameters[2]
      for index in parameters.layers[1].weights.elements.indices {
        parameters.layers[1].weights.elements[index] *= scale
      }
      let state = NetworkState(configuration: configuration, parameters: parameters, learner: 2)
      let measurer = Measurer(dataset: group.dataset)
      let one = measurer.evaluate(state, on: .test)
      let both = measurer.evaluate([state, state, state], on: .test)
      #expect(one.loss.isFinite)
      #expect(abs(one.loss - both.loss) < 1e-9 * max(1, one.loss), "scale \(scale)")
      #expect(one.accuracy == both.accuracy)
    }
  }

  @Test("Metrics are of the averaged outputs, and the minibatch loss is the mean over learners")
  func metrics() throws {
    let group = try group(("variant", "bagging"), steps: 25)
    let other = try group.configuration.group()
    try other.advance(steps: 25)
    let losses = try other.learners.map { try #require($0.takeMinibatchLoss()) }
    let measurer = Measurer(dataset: group.dataset)
    let metrics = TrainingMetrics(of: group, measurer: measurer)
    #expect(metrics.step == 25 && metrics.keepProbability == [1])
    #expect(metrics.test == measurer.evaluate(group.states, on: .test))
    #expect(metrics.training == measurer.evaluate(group.states, on: .training))
    #expect(abs(try #require(metrics.minibatchLoss) - losses.reduce(0, +) / 5) < 1e-12)
    #expect(TrainingMetrics(of: group, measurer: measurer).minibatchLoss == nil)
    #expect(metrics.divergence.allSatisfy { $0.method == .none && $0.expected == 0 })
  }

  @Test("A learner's folded weights predict as it does, without knowing of its subset")
  func folded()
    throws
  {
    let group = try group(("variant", "random-subspace"), ("data", "glyphs"), steps: 40)
    let plain = try Settings(assignments: [
      ("variant", "none"), ("hidden", "6"), ("data", "glyphs"),
    ]).experiment
    let measurer = Measurer(dataset: group.dataset)
    for state in group.states {
      let folded = NetworkState(configuration: plain, parameters: state.foldedParameters)
      #expect(measurer.evaluate(folded, on: .test) == measurer.evaluate(state, on: .test))
    }
  }

  @Test(
    "What a variant would do with a network now is what it does with these weights",
    arguments: Variant.allCases.filter { !$0.hasSeveralLearners })
  func outlook(variant: Variant) throws {
    let trainer = try Settings(assignments: [("hidden", "6,4")]).experiment.trainer()
    try trainer.advance(steps: 60)
    let measurer = Measurer(dataset: trainer.dataset)
    var configuration = trainer.configuration
    configuration.adopt(variant)
    let state = NetworkState(
      configuration: configuration, parameters: trainer.parameters, step: trainer.step)
    let adopting = trainer.state.adopting(variant)
    #expect(measurer.evaluate(adopting, on: .test) == measurer.evaluate(state, on: .test))
    let output = try #require(measurer.divergence(state).last)
    let found = measurer.expectedOutputDivergence(adopting)
    #expect(found.divergence == output.expected && found.method == output.method)
  }
}
