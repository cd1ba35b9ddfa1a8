import DropoutEngine
import Oracles
import Testing

@Suite("A trainer") struct TrainerTests {
  @Test("A step that is not finite is not taken, is named, and the training can go on")
  func notFinite() throws {
    var configuration = ExperimentConfiguration()
    configuration.learningRate = PerLayer(1e25)
    let trainer = try configuration.trainer()
    var caught: NotFiniteError?
    var before: [UInt32] = []
    do {
      while trainer.step < 100 {
        before = trainer.parameters.bits
        try trainer.advance()
      }
    } catch {
      caught = error
    }
    let error = try #require(caught)
    #expect(error.step == trainer.step && !error.value.isFinite)
    #expect(error.description.contains("unit \(error.unit + 1)"))
    #expect(trainer.parameters.bits == before)
    #expect(throws: error) { try trainer.evidence() }
    try trainer.apply(.parameter(name: "learning-rate", value: "0"))
    #expect((try? trainer.advance()) != nil || trainer.parameters.bits == before)
  }

  @Test("What an explosion leaves are weights from before the loss left its range")
  func calm() throws {
    var configuration = ExperimentConfiguration()
    configuration.batch = 10
    let trainer = try configuration.trainer()
    #expect(trainer.calmStep == 0)
    var atStep: [Int: [UInt32]] = [:]
    for _ in 0..<150 {
      atStep[trainer.step] = trainer.parameters.bits
      try trainer.advance()
    }
    #expect(trainer.calmStep == 128 && trainer.calmParameters.bits == atStep[128])
    try trainer.apply(.parameter(name: "learning-rate", value: "30"))
    var caught: NotFiniteError?
    var losses: [Double] = []
    do throws(NotFiniteError) {
      while trainer.step < 3000 {
        atStep[trainer.step] = trainer.parameters.bits
        try trainer.advance()
        losses.append(trainer.takeMinibatchLoss() ?? .nan)
        // Far steps are taken on the way, but none with a loss beyond the range is kept.
        if losses.last ?? 0 > 1000, trainer.configuration.learningRate != PerLayer(1e30) {
          do throws(ConfigurationError) {
            try trainer.apply(.parameter(name: "learning-rate", value: "1e30"))
          } catch {
            Issue.record(error)
          }
        }
      }
    } catch {
      caught = error
    }
    let error = try #require(caught)
    #expect(error.calmStep == trainer.calmStep && error.calmStep >= 150)
    #expect(trainer.calmParameters.bits == atStep[error.calmStep])
    #expect(losses[error.calmStep - 150] < 20)
    #expect(error.description.contains("within its range at step \(error.calmStep)"))
    let again = try Trainer(resuming: trainer.checkpoint, dataset: trainer.dataset)
    #expect(again.calmStep == trainer.step)
  }

  @Test("A change takes effect with the next step and stands in the journal, which replays it")
  func journal() throws {
    let changes: [(Int, ExperimentChange)] = [
      (5, .parameter(name: "keep", value: "0.8")),
      (9, .unit(UnitAddress(layer: 1, unit: 3), .kill)),
      (12, .parameter(name: "optimizer", value: "adam")),
      (12, .parameter(name: "learning-rate", value: "0.01")),
      (20, .parameter(name: "batch", value: "17")),
      (31, .unit(UnitAddress(layer: 1, unit: 3), .release)),
      (33, .parameter(name: "variant", value: "dropconnect")),
      (40, .parameter(name: "scaling", value: "inverted")),
    ]
    let first = try ExperimentConfiguration().trainer()
    for (step, change) in changes {
      try first.advance(steps: step - first.step)
      try first.apply(change)
    }
    try first.advance(steps: 30)
    #expect(first.journal.entries.map(\.step) == changes.map(\.0))
    let second = try ExperimentConfiguration().trainer()
    for entry in first.journal.entries {
      try second.advance(steps: entry.step - second.step)
      try second.apply(entry.change)
    }
    try second.advance(steps: first.step - second.step)
    #expect(first.parameters.bits == second.parameters.bits)
  }

  @Test("A change that starts anew, a wrong value and a unit that is not there are refused")
  func refused() throws {
    let trainer = try ExperimentConfiguration().trainer()
    #expect(throws: ConfigurationError.startsAnew(parameter: "hidden")) {
      try trainer.apply(.parameter(name: "hidden", value: "3"))
    }
    #expect(throws: ConfigurationError.self) {
      try trainer.apply(.parameter(name: "keep", value: "0"))
    }
    #expect(throws: ConfigurationError.self) {
      try trainer.apply(.unit(UnitAddress(layer: 0, unit: 12), .kill))
    }
    #expect(trainer.journal.entries.isEmpty)
  }

  @Test("A killed unit is masked in every example, a pinned one in none") func interventions()
    throws
  {
    let trainer = try ExperimentConfiguration().trainer()
    try trainer.apply(.unit(UnitAddress(layer: 0, unit: 2), .kill))
    try trainer.apply(.unit(UnitAddress(layer: 0, unit: 4), .pin))
    let mask = try trainer.evidence().layers[0].mask.forwardMask
    #expect((0..<10).allSatisfy { mask[$0, 2] == 0 && mask[$0, 4] == 1 })
  }

  @Test("Each epoch uses every training example once, in an order of its own") func epochs() throws
  {
    var configuration = ExperimentConfiguration()
    configuration.batch = 30
    let trainer = try configuration.trainer()
    var orders: [[Int]] = []
    for epoch in 0..<2 {
      var order: [Int] = []
      while trainer.epoch == epoch { order += try trainer.advanceWithEvidence().examples }
      #expect(order.sorted() == trainer.dataset.trainingExamples.sorted())
      orders.append(order)
    }
    #expect(orders[0] != orders[1])
  }

  @Test("All parameters of the table come back as they were written") func parameterTable() throws {
    for row in ParameterTable.all {
      var settings = Settings()
      let text = row.get(settings)
      try row.set(text, &settings)
      #expect(settings == Settings(), "\(row.name) \(text)")
      #expect(ParameterTable.definition(named: row.name)?.name == row.name)
    }
    #expect(Set(ParameterTable.all.map(\.name)).count == ParameterTable.all.count)
    #expect(ParameterTable.nearestName(to: "kepe") == "keep")
  }
}
