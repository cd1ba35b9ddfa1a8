import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("A step") struct StepTests {
  @Test("Every combination that makes sense agrees with the formulas recomputed in Double")
  func oracle() throws {
    #expect(Combinations.all.count > 150)
    for (number, settings) in Combinations.all.enumerated() {
      let configuration = Combinations.configuration(settings, number: number)
      let trainer = try configuration.trainer()
      for step in 0..<4 {
        let oracle = StepOracle(try trainer.advanceWithEvidence())
        for (quantity, error) in oracle.errors {
          #expect(
            error <= 2e-5, "\(quantity) at step \(step) of combination \(number): \(settings)")
        }
      }
    }
  }

  @Test("The fast form and the form with evidence leave the same bits, in every combination")
  func twoForms() throws {
    for (number, settings) in Combinations.all.enumerated() {
      let configuration = Combinations.configuration(settings, number: number)
      let fast = try configuration.trainer()
      let watched = try configuration.trainer()
      try fast.advance(steps: 9)
      for _ in 0..<9 {
        _ = try watched.evidence()
        let evidence = try watched.advanceWithEvidence()
        #expect(evidence.layers[0].weightsAfter == watched.parameters.layers[0].weights)
      }
      #expect(fast.parameters.bits == watched.parameters.bits, "combination \(number): \(settings)")
    }
  }

  @Test("Every path of the kernels leaves the same bits, at every width and batch") func paths()
    throws
  {
    for units in [1, 7, 8, 9, 17, 64] {
      for batch in [1, 3, 10, 33] {
        for optimizer in [Optimizer.sgd, .adam] {
          var configuration = ExperimentConfiguration()
          configuration.data = "glyphs"
          configuration.hidden = [units, units]
          configuration.batch = batch
          configuration.activation = PerLayer(values: [.tanh, .sigmoid])
          configuration.optimizer.kind = optimizer
          configuration.maxNorm = PerLayer(2)
          configuration.examples = 100
          let bits = try KernelPath.allNames.compactMap { KernelPath(named: $0) }.map { path in
            let trainer = try configuration.trainer(kernels: path)
            try trainer.advance(steps: 12)
            return trainer.parameters.bits
          }
          #expect(bits.allSatisfy { $0 == bits[0] }, "\(units) units, batch \(batch)")
        }
      }
    }
  }

  @Test("What is measured on the way changes no bit") func measuring() throws {
    let plain = try ExperimentConfiguration().trainer()
    let measured = try ExperimentConfiguration().trainer()
    let measurer = Measurer(dataset: measured.dataset)
    try plain.advance(steps: 60)
    for _ in 0..<60 {
      try measured.advance()
      _ = try measured.evidence()
      if measured.step % 20 == 0 { _ = measurer.divergence(measured.state) }
    }
    #expect(plain.parameters.bits == measured.parameters.bits)
  }

  @Test("With p = 1 every variant is no dropout, bit for bit") func keepAll() throws {
    var control = ExperimentConfiguration()
    control.variant = .none
    let expected = try control.trainer()
    try expected.advance(steps: 40)
    for settings in Combinations.all where settings.noise != .dropconnect {
      var configuration = ExperimentConfiguration()
      configuration.dropout = settings
      configuration.keep = PerLayer(1)
      let trainer = try configuration.trainer()
      try trainer.advance(steps: 40)
      #expect(trainer.parameters.bits == expected.parameters.bits, "\(settings)")
      let measurer = Measurer(dataset: trainer.dataset)
      #expect(
        measurer.divergence(trainer.state).allSatisfy {
          $0.expected == 0 && $0.drawn == 0 && $0.method == .none
        })
    }
  }

  @Test("A lower p keeps a subset of the units, and a row's mask does not depend on the batch")
  func masks() throws {
    func masks(keep: Double, batch: Int) throws -> Matrix {
      var configuration = ExperimentConfiguration()
      configuration.keep = PerLayer(keep)
      configuration.batch = batch
      return try configuration.trainer().evidence().layers[0].mask.forwardMask
    }
    let some = try masks(keep: 0.3, batch: 10)
    let more = try masks(keep: 0.8, batch: 10)
    #expect(zip(some.elements, more.elements).allSatisfy { $0 <= $1 })
    #expect(some.elements.reduce(0, +) < more.elements.reduce(0, +))
    let wide = try masks(keep: 0.8, batch: 25)
    #expect((0..<10).allSatisfy { wide.row($0) == more.row($0) })
  }
}
