import DropoutEngine
import DropoutMeasure
import Explorer
import ExplorerPlay
import TerminalCells

/// States of the explorer out of real trainings, for panels to be drawn from.
enum PanelStates {
  /// A training of built-in data after some steps, then the changes, then some more steps.
  static func trained(
    _ assignments: [(name: String, value: String)] = [], steps: Int = 30,
    changes: [ExperimentChange] = [], then more: Int = 0
  ) throws -> ExplorerState {
    let configuration = try Settings(assignments: assignments).experiment
    return try trained(
      LoadedExperiment(
        configuration: configuration, dataset: try dataset(configuration), initial: nil),
      steps: steps, changes: changes, then: more)
  }

  /// A training of any experiment.
  static func trained(
    _ experiment: LoadedExperiment, steps: Int, changes: [ExperimentChange] = [],
    then more: Int = 0
  ) throws -> ExplorerState {
    let training = try SteeredTraining(experiment) { configuration throws(ExperimentLoadError) in
      throw .unreadable(BuiltInExperiments.NoSuchData(name: configuration.data))
    }
    let parts = max(1, min(20, steps))
    for part in 0..<parts {
      training.advance(steps: steps * (part + 1) / parts - steps * part / parts)
      training.measure()
    }
    for change in changes { training.perform(.change(change, of: 0)) }
    training.advance(steps: more)
    training.measure()
    var state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: 80, rows: 24), glyphs: .ascii)
    state.selection = Selection(layer: training.snapshot.firstMaskedLayer ?? 0, unit: 2)
    return state
  }

  /// The data of a configuration.
  static func dataset(_ configuration: ExperimentConfiguration) throws -> Dataset {
    let name = configuration.data
    guard let builtIn = BuiltInDataset(rawValue: name) else {
      preconditionFailure("\(name) is no built-in dataset")
    }
    return try builtIn.generate(configuration)
  }

  /// A table that was not made to be pretty: a hundred classes with long and wide names, a constant
  /// column, huge values, and no test part.
  static func crowdedTable() throws -> ExplorerState {
    let classes = 100
    let names = (0..<classes).map { index in
      ["class number \(index) with a name that goes on", "階級\(index)", "c\(index)\u{7}"][index % 3]
    }
    let inputs = ["constant", "a name as long as a sentence", "高さ", "x"]
    var values: [Float] = []
    for example in 0..<300 {
      values += [3, Float(example) * 1e6, Float(example % 7) - 3, Float(example) * 1e-9]
    }
    let data = Dataset(
      name: "table.csv", inputNames: inputs, values: .numbers(values),
      targets: .classes((0..<300).map { $0 % classes }), classNames: names, outputNames: names,
      image: nil, notes: ["column label was taken for the target, its words for classes"],
      trainingExamples: Array(0..<300), testExamples: [], normalization: .standard)
    let configuration = try Settings(assignments: [("hidden", "5")]).experiment
    return try trained(
      LoadedExperiment(configuration: configuration, dataset: data, initial: nil), steps: 5)
  }

  /// A table of numbers with two targets, of which one does not vary.
  static func regressionTable() throws -> ExplorerState {
    var values: [Float] = []
    var targets: [Float] = []
    for example in 0..<60 {
      let x = Float(example) / 30 - 1
      values += [x, x * x, 1 - x]
      targets += [2 * x + 0.5, 7]
    }
    let data = Dataset(
      name: "numbers.csv", inputNames: ["x", "x2", "rest"], values: .numbers(values),
      targets: .values(Matrix(rows: 60, columns: 2, elements: targets)), classNames: [],
      outputNames: ["slope", "level"], image: nil, trainingExamples: Array(20..<60),
      testExamples: Array(0..<20), normalization: .unit)
    let configuration = try Settings(
      assignments: [("hidden", "8"), ("learning-rate", "0.02")]
    ).experiment
    return try trained(
      LoadedExperiment(configuration: configuration, dataset: data, initial: nil), steps: 100)
  }

  /// A training whose published numbers were replaced by such that no arithmetic should give.
  static func hostileNumbers(_ assignments: [(name: String, value: String)]) throws -> ExplorerState
  {
    var state = try trained(assignments, steps: 10)
    let bad: [Float] = [.nan, .infinity, -.infinity, 3e38, -.leastNonzeroMagnitude, 0]
    func spoil(_ matrix: Matrix) -> Matrix {
      Matrix(
        rows: matrix.rows, columns: matrix.columns,
        elements: matrix.elements.indices.map { bad[$0 % bad.count] })
    }
    var watched = state.snapshot.watched.value
    for layer in watched.evidence.layers.indices {
      watched.evidence.layers[layer].trainingSum = spoil(watched.evidence.layers[layer].trainingSum)
      watched.evidence.layers[layer].testSum = spoil(watched.evidence.layers[layer].testSum)
      watched.evidence.layers[layer].weights = spoil(watched.evidence.layers[layer].weights)
      watched.evidence.layers[layer].received = spoil(watched.evidence.layers[layer].received)
      watched.sums[layer].meanTraining = watched.sums[layer].meanTraining.indices.map {
        Double(bad[$0 % bad.count])
      }
    }
    watched.evidence.inputs = spoil(watched.evidence.inputs)
    watched.evidence.trainingOutput = spoil(watched.evidence.trainingOutput)
    watched.evidence.testOutput = spoil(watched.evidence.testOutput)
    state.snapshot.watched.value = watched
    state.snapshot.measured.examples.value.asItIs = spoil(
      state.snapshot.measured.examples.value.asItIs)
    state.snapshot.measured.examples.value.scaled = spoil(
      state.snapshot.measured.examples.value.scaled)
    if let maps = state.snapshot.measured.maps {
      state.snapshot.measured.maps?.value.asItIs = spoil(maps.value.asItIs)
      state.snapshot.measured.maps?.value.scaled = spoil(maps.value.scaled)
    }
    let losses = [Double.nan, .infinity, -.infinity, 1e308, -1, 0]
    for index in state.snapshot.measured.curves.indices {
      state.snapshot.measured.curves[index].testLoss = losses[index % 6]
      state.snapshot.measured.curves[index].scaledLoss = losses[(index + 1) % 6]
      state.snapshot.measured.curves[index].minibatchLoss = losses[(index + 2) % 6]
      state.snapshot.measured.curves[index].testAccuracy = losses[(index + 3) % 6]
    }
    for index in state.snapshot.measured.divergence.value.indices {
      state.snapshot.measured.divergence.value[index].drawn = losses[index % 6]
      state.snapshot.measured.divergence.value[index].expected = losses[(index + 1) % 6]
      state.snapshot.measured.divergence.value[index].ratio = losses[(index + 2) % 6]
    }
    for convention in TestConvention.allCases {
      state.snapshot.measured.counterfactual.value.evaluations[convention]?.loss = .infinity
      state.snapshot.measured.counterfactual.value.evaluations[convention]?.accuracy = .nan
    }
    return state
  }
}
