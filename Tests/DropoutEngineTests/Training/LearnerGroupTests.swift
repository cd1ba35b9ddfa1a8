import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("A group of learners") struct LearnerGroupTests {
  static let variants: [Variant] = [.randomSubspace, .bagging]

  private func configuration(
    _ variant: Variant, _ more: (name: String, value: String)...
  ) throws -> ExperimentConfiguration {
    try Settings(
      assignments: [("variant", variant.rawValue), ("learners", "4"), ("hidden", "7,5")] + more
    ).experiment
  }

  @Test(
    "of one has the very bits, the losses and the measurements of a trainer",
    arguments: Variant.allCases.filter { !$0.hasSeveralLearners })
  func one(variant: Variant) throws {
    let configuration = try configuration(variant)
    let trainer = try configuration.trainer()
    let group = try configuration.group()
    try trainer.advance(steps: 60)
    try group.advance(steps: 60)
    #expect(group.learners.count == 1 && group.step == 60 && group.epoch == trainer.epoch)
    #expect(group.parameters[0].bits == trainer.parameters.bits)
    #expect(group.takeMinibatchLoss() == trainer.takeMinibatchLoss())
    let measurer = Measurer(dataset: trainer.dataset)
    #expect(
      measurer.evaluate(group.states, on: .test) == measurer.evaluate(trainer.state, on: .test))
    #expect(measurer.counterfactual(group.states) == measurer.counterfactual(trainer.state))
  }

  @Test(
    "Each learner has the bits that it has alone, and no two of them are alike", arguments: variants
  )
  func alone(variant: Variant) throws {
    let configuration = try configuration(variant)
    let group = try configuration.group()
    try group.advance(steps: 70)
    for learner in 0..<4 {
      let alone = try configuration.trainer(learner: learner)
      try alone.advance(steps: 70)
      #expect(alone.parameters.bits == group.parameters[learner].bits)
      #expect(alone.learner == learner)
    }
    #expect(Set(group.parameters.map(\.bits)).count == 4)
  }

  @Test(
    "Learner 0 starts as the network that the seed stands for, the others from weights of their own"
  )
  func start() throws {
    let plain = try configuration(.none).trainer().parameters.bits
    for variant in Self.variants {
      let starts = try configuration(variant).group().parameters.map(\.bits)
      #expect(starts[0] == plain)
      #expect(Set(starts).count == 4)
    }
  }

  @Test(
    "Learners of random subspaces share minibatches, those of bagging go through their resamples"
  )
  func minibatches() throws {
    let shared = try configuration(.randomSubspace).group()
    let plain = try configuration(.none).trainer()
    let own = try configuration(.bagging).group()
    let resamples = own.learners.indices.map {
      BootstrapResample(of: own.dataset.trainingExamples, learner: $0, seed: 7).examples
    }
    var seen = [[Int]](repeating: [], count: 4)
    while own.epoch == 0 {
      let examples = try plain.evidence().examples
      for learner in shared.learners { #expect(try learner.evidence().examples == examples) }
      for (learner, trainer) in own.learners.enumerated() {
        seen[learner] += try trainer.evidence().examples
      }
      try plain.advance()
      try shared.advance()
      try own.advance()
    }
    for learner in 0..<4 {
      #expect(seen[learner].sorted() == resamples[learner].sorted())
      #expect(seen[learner] != resamples[learner])
    }
  }

  @Test("One learner that sees all inputs is the network without dropout, bit for bit") func whole()
    throws
  {
    let all = try configuration(.randomSubspace, ("subspace", "1"), ("learners", "1")).group()
    let plain = try configuration(.none).trainer()
    try all.advance(steps: 50)
    try plain.advance(steps: 50)
    #expect(all.parameters[0].bits == plain.parameters.bits)
  }

  @Test(
    "Inputs outside its subset reach a learner in no pass, and their weights stay where they were")
  func unseen() throws {
    let configuration = try configuration(.randomSubspace, ("data", "glyphs"), ("subspace", "0.3"))
    let group = try configuration.group()
    let start = group.parameters
    try group.advance(steps: 30)
    let measurer = Measurer(dataset: group.dataset)
    for (number, learner) in group.learners.enumerated() {
      let subset = try #require(
        configuration.inputSubset(of: number, inputCount: group.shape.inputs))
      #expect(subset.seen.count == 19)
      let evidence = try learner.evidence()
      for mask in [evidence.inputDropout.forwardMask, evidence.inputDropout.backwardMask] {
        for row in evidence.examples.indices {
          #expect((0..<64).filter { mask[row, $0] == 1 } == subset.seen)
          #expect(mask.row(row).allSatisfy { $0 == 0 || $0 == 1 })
        }
      }
      #expect(evidence.inputs.row(0) == group.dataset.inputs(of: evidence.examples[0])[...])
      for input in subset.unseen {
        for unit in 0..<7 {
          #expect(
            learner.parameters.layers[0].weights[unit, input]
              == start[number].layers[0].weights[unit, input])
          #expect(evidence.layers[0].weightGradient[unit, input] == 0)
        }
      }
      // The content of unseen inputs does not change the answer; that of a seen input does.
      var inputs = Matrix(rows: 1, columns: 64, elements: Array(evidence.inputs.row(0)))
      let answer = measurer.outputs(learner.state, inputs: inputs)
      for input in subset.unseen { inputs[0, input] = 1000 }
      #expect(measurer.outputs(learner.state, inputs: inputs) == answer)
      for input in subset.seen { inputs[0, input] = 1000 }
      #expect(measurer.outputs(learner.state, inputs: inputs) != answer)
    }
  }

  @Test(
    "Every step of every learner agrees with the formulas recomputed in Double", arguments: variants
  )
  func oracle(variant: Variant) throws {
    for (optimizer, data) in [("adam", "glyphs"), ("sgd", "plane"), ("nesterov", "moons")] {
      let group = try configuration(
        variant, ("optimizer", optimizer), ("data", data), ("learning-rate", "0.01"),
        ("l2", "0.01"),
        ("keep", "0.3"), ("keep-input", "0.4")
      ).group()
      for learner in group.learners {
        for _ in 0..<3 {
          let evidence = try learner.advanceWithEvidence()
          #expect(evidence.layers.allSatisfy { $0.mask.keepProbability == 1 })
          for (quantity, error) in StepOracle(evidence).errors {
            #expect(error <= 2e-5, "\(quantity) of learner \(learner.learner)")
          }
        }
      }
    }
  }

  @Test("Nothing is masked inside a learner, so training and test sums agree", arguments: variants)
  func noDivergence(variant: Variant) throws {
    let group = try configuration(variant, ("keep", "0.2")).group()
    try group.advance(steps: 20)
    let measurer = Measurer(dataset: group.dataset)
    for state in group.states {
      for layer in measurer.divergence(state) {
        #expect(layer.expected == 0 && layer.drawn == 0 && layer.ratio == 1)
        #expect(layer.method == .none)
      }
    }
  }

  @Test("A step that one learner cannot take is taken by none, and the learner is named")
  func notFinite() throws {
    let group = try configuration(.bagging, ("learning-rate", "1e24")).group()
    var before: [[UInt32]] = []
    var caught: NotFiniteError?
    do {
      while group.step < 200 {
        before = group.parameters.map(\.bits)
        try group.advance()
      }
    } catch {
      caught = error
    }
    let error = try #require(caught)
    let learner = try #require(error.learner)
    #expect(error.description.contains("learner \(learner + 1)"))
    #expect(group.learners.allSatisfy { $0.step == error.step })
    #expect(group.parameters.map(\.bits) == before)
    #expect(group.learners.allSatisfy { $0.calmStep == error.calmStep })
    #expect(error.calmStep < error.step)
  }

  @Test(
    "A change reaches every learner, and what makes other networks starts anew", arguments: variants
  )
  func changes(variant: Variant) throws {
    let group = try configuration(variant).group()
    try group.advance(steps: 3)
    try group.apply(.parameter(name: "learning-rate", value: "0"))
    try group.apply(.unit(UnitAddress(layer: 1, unit: 2), .kill))
    let before = group.parameters.map(\.bits)
    try group.advance(steps: 3)
    #expect(group.parameters.map(\.bits) == before)
    #expect(group.journal.entries.count == 2)
    for learner in group.learners {
      #expect(learner.interventions == [UnitAddress(layer: 1, unit: 2): .kill])
      #expect(learner.journal == group.journal)
    }
    let next: Variant = variant == .bagging ? .randomSubspace : .classic
    #expect(throws: ConfigurationError.startsAnew(parameter: "variant \(next.rawValue)")) {
      try group.apply(.parameter(name: "variant", value: next.rawValue))
    }
    #expect(throws: ConfigurationError.startsAnew(parameter: "learners")) {
      try group.apply(.parameter(name: "learners", value: "3"))
    }
    #expect(group.journal.entries.count == 2)
    let classic = try configuration(.classic).group()
    #expect(throws: ConfigurationError.startsAnew(parameter: "variant \(variant.rawValue)")) {
      try classic.apply(.parameter(name: "variant", value: variant.rawValue))
    }
  }

  @Test("Weights of another number of learners are refused, and both numbers are said")
  func initial()
    throws
  {
    let configuration = try configuration(.bagging)
    let weights = try configuration.group().parameters
    let dataset = try BuiltInDataset.circle.generate(configuration)
    let again = try LearnerGroup(
      configuration: configuration, dataset: dataset, initial: weights.reversed())
    #expect(again.parameters == weights.reversed())
    let error = ConfigurationError.learnersDoNotFit(given: 3, needed: 4, variant: .bagging)
    #expect(throws: error) {
      try LearnerGroup(
        configuration: configuration, dataset: dataset, initial: Array(weights.dropLast()))
    }
    #expect(error.description.contains("3 learners") && error.description.contains("4 learners"))
  }

  @Test("Every path of the kernels leaves the same bits in each learner", arguments: variants)
  func paths(variant: Variant) throws {
    let configuration = try configuration(variant, ("data", "glyphs"), ("optimizer", "adam"))
    let bits = try KernelPath.allNames.compactMap { KernelPath(named: $0) }.map { path in
      let group = try configuration.group(kernels: path)
      try group.advance(steps: 12)
      return group.parameters.map(\.bits)
    }
    #expect(bits.allSatisfy { $0 == bits[0] })
  }

  @Test("Each learner is told of before it is made") func preparing() throws {
    let settings = try Settings(assignments: [("variant", "bagging"), ("learners", "3")])
    let dataset = try settings.experiment.group().dataset
    var told: [Int] = []
    let group = try LearnerGroup(
      configuration: settings.experiment, dataset: dataset, preparing: { told.append($0) })
    #expect(told == [0, 1, 2])
    let measurer = Measurer(dataset: dataset)
    var passed: [Int] = []
    measurer.passed = { passed.append($0) }
    _ = measurer.evaluate(group.states, on: .test)
    #expect(passed.reduce(0, +) == 3 * dataset.testExamples.count && passed.first == 3 * 64)
    passed = []
    _ = measurer.evaluate(group.states[0], on: .training)
    #expect(passed.reduce(0, +) == dataset.trainingExamples.count)
  }
}
