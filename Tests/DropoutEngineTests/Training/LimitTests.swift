import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("At the limits") struct LimitTests {
  /// Takes steps of a configuration and recomputes each from the formulas in Double.
  private func check(
    _ assignments: [(name: String, value: String)], steps: Int = 4, tolerance: Double = 2e-5
  ) throws {
    let settings = try Settings(assignments: assignments)
    let trainer = try settings.experiment.trainer()
    for step in 0..<steps {
      for (quantity, error) in StepOracle(try trainer.advanceWithEvidence()).errors {
        #expect(error <= tolerance, "\(quantity) at step \(step) of \(assignments)")
      }
    }
    let measurer = Measurer(dataset: trainer.dataset)
    #expect(measurer.divergence(trainer.state).count == trainer.shape.layerCount)
    #expect(measurer.evaluate(trainer.state, on: .test).loss.isFinite)
  }

  @Test("Networks of 0 to 8 hidden layers agree with the formulas", arguments: 0...8)
  func depth(layers: Int) throws {
    for units in ["1", "6"] {
      let hidden =
        layers == 0
        ? "none"
        : Array(repeating: units, count: layers)
          .joined(separator: ",")
      try check([
        ("hidden", hidden), ("examples", "40"), ("keep-input", "0.8"), ("activation", "tanh"),
        ("variant", "inverted"),
      ])
    }
  }

  @Test("A layer of 4096 units agrees with the formulas, alone and beside one of 1")
  func width() throws {
    for hidden in ["4096", "4096,1", "1,4096"] {
      try check(
        [
          ("hidden", hidden), ("examples", "20"), ("batch", "4"), ("learning-rate", "0.001"),
          ("keep", "0.8"),
        ], steps: 2, tolerance: 5e-5)
    }
  }

  @Test("One input, one unit, one output") func smallest() throws {
    for activation in ActivationFunction.allCases {
      try check([
        ("data", "plane"), ("features", "x1"), ("hidden", "1"), ("examples", "9"),
        ("activation", activation.rawValue), ("batch", "1"), ("variant", "classic"),
      ])
    }
  }

  @Test(
    "Keep probability, rate, penalties, cap and nonlinearity can differ from layer to layer",
    arguments: Optimizer.allCases)
  func perLayer(optimizer: Optimizer) throws {
    try check([
      ("hidden", "6,5,4"), ("activation", "tanh,relu,sigmoid"), ("keep", "0.9,0.5,1"),
      ("keep-input", "0.7"), ("learning-rate", "0.01,0.02,0,0.03"), ("l1", "0,0.01,0,0.02"),
      ("l2", "0.1,0,0.2,0"), ("max-norm", "none,1,0.5,2"), ("optimizer", optimizer.rawValue),
      ("variant", "inverted"),
    ])
    // A rate of 0 does not change a layer.
    let settings = try Settings(assignments: [
      ("hidden", "6,5"), ("learning-rate", "0.01,0,0.03"), ("optimizer", optimizer.rawValue),
    ])
    let trainer = try settings.experiment.trainer()
    let start = trainer.parameters
    try trainer.advance(steps: 10)
    #expect(trainer.parameters.layers[1] == start.layers[1])
    #expect(trainer.parameters.layers[0] != start.layers[0])
    #expect(trainer.parameters.layers[2] != start.layers[2])
  }

  @Test("A list with one value too few or too many is refused and both numbers are said")
  func wrongCounts() {
    for (name, value) in [
      ("keep", "0.5,0.5,0.5"), ("learning-rate", "0.1,0.1"), ("l1", "0,0"), ("l2", "0,0,0,0"),
      ("max-norm", "1,none"), ("activation", "relu,tanh,relu"),
    ] {
      #expect(throws: ConfigurationError.self, "\(name) \(value)") {
        try Settings(assignments: [("hidden", "4,4"), (name, value)])
      }
    }
    for hidden in ["0", "4097", "1,1,1,1,1,1,1,1,1", "-3", "4,,4", "", "none,3"] {
      #expect(throws: ConfigurationError.self, "\(hidden)") {
        try Settings(assignments: [("hidden", hidden)])
      }
    }
  }

  @Test("A minibatch larger than the data is all of them: each step is an epoch") func largeBatch()
    throws
  {
    let settings = try Settings(assignments: [("batch", "100000"), ("examples", "30")])
    let trainer = try settings.experiment.trainer()
    #expect(
      try trainer.advanceWithEvidence().examples.sorted()
        == trainer.dataset.trainingExamples.sorted())
    try trainer.advance(steps: 4)
    #expect(trainer.epoch == 5)
    try trainer.apply(.parameter(name: "batch", value: "7"))
    #expect(try trainer.evidence().examples.count == 7)
    try trainer.apply(.parameter(name: "batch", value: "90000"))
    #expect(try trainer.evidence().examples.count == 15)
  }

  @Test("Without a test part the training part stands in: for losses and for the probe examples")
  func noTestPart() throws {
    let settings = try Settings(assignments: [("test-fraction", "0"), ("examples", "30")])
    let trainer = try settings.experiment.trainer()
    #expect(trainer.dataset.testExamples.isEmpty && trainer.dataset.probeExamples.count == 30)
    try trainer.advance(steps: 20)
    let measurer = Measurer(dataset: trainer.dataset)
    let test = measurer.evaluate(trainer.state, on: .test)
    #expect(test == measurer.evaluate(trainer.state, on: .training) && test.count == 30)
    #expect(abs(measurer.divergence(trainer.state)[1].ratio - 2) < 1e-4)
  }

  @Test("A keep probability close to 0 or to 1 trains, and p = 0 is refused") func extremeKeep()
    throws
  {
    for keep in ["1e-6", "0.999999999999"] {
      try check([("keep", keep), ("examples", "40")])
    }
    for keep in ["0", "-0.1", "1.0001", "nan"] {
      #expect(throws: ConfigurationError.self, "\(keep)") {
        try Settings(assignments: [("keep", keep)])
      }
    }
  }

  @Test("With every unit killed only the biases speak, and nothing traps") func allKilled() throws {
    let trainer = try Settings(assignments: [("hidden", "3,2")]).experiment.trainer()
    for unit in 0..<2 { try trainer.apply(.unit(UnitAddress(layer: 1, unit: unit), .kill)) }
    let evidence = try trainer.advanceWithEvidence()
    #expect(evidence.layers[2].trainingSum.elements.allSatisfy { $0 == 0 })
    #expect(evidence.layers[1].weightGradient.elements.allSatisfy { $0 == 0 })
    let divergence = Measurer(dataset: trainer.dataset).divergence(trainer.state)
    #expect(divergence[2].ratio == .infinity || divergence[2].ratio.isNaN)
  }
}
