package import DropoutEngine
package import DropoutMeasure

/// A small network with random weights and biases and a few random examples, on which a law is
/// checked.
///
/// The engine computes every masked pass. Expected values are computed from ``parameters`` in
/// Double.
package struct LawNetwork {
  package var configuration = ExperimentConfiguration()
  package let dataset: Dataset
  package let parameters: NetworkParameters

  /// Creates a network.
  ///
  /// - Parameters:
  ///   - sizes: inputs, hidden layers and outputs.
  ///   - classes: whether the outputs are classes.
  ///   - examples: the number of training examples; there is one more for testing.
  ///   - seed: the seed of examples and weights.
  ///   - hasBiases: whether the biases are random, or 0.
  ///   - weightScale: the factor of the weights.
  ///   - change: the changes to the default configuration.
  package init(
    _ sizes: [Int], classes: Bool = true, examples: Int = 1, seed: UInt64 = 1,
    hasBiases: Bool = true,
    weightScale: Double = 1, _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) {
    var random = RandomStream(seed: seed, purpose: .builtInData)
    let inputs = sizes[0]
    let outputs = sizes[sizes.count - 1]
    configuration.hidden = Array(sizes.dropFirst().dropLast())
    configuration.batch = examples
    configuration.normalization = .none
    change(&configuration)
    let count = examples + 1
    let targets: Dataset.Targets =
      classes
      ? .classes((0..<count).map { $0 % outputs })
      : .values(
        Matrix(
          rows: count, columns: outputs,
          elements: (0..<count * outputs).map { _ in Float(random.nextNormal()) }))
    dataset = Dataset(
      name: "law", inputNames: (0..<inputs).map { "x\($0)" },
      values: .numbers((0..<count * inputs).map { _ in Float(random.nextNormal()) }),
      targets: targets, classNames: classes ? (0..<outputs).map { "\($0)" } : [],
      outputNames: (0..<outputs).map { "y\($0)" }, image: nil,
      trainingExamples: Array(0..<examples), testExamples: [examples], normalization: .none)
    parameters = NetworkParameters(
      layers: zip(sizes, sizes.dropFirst()).map { below, units in
        LayerParameters(
          weights: Matrix(
            rows: units, columns: below,
            elements: (0..<units * below).map { _ in
              Float(weightScale * random.nextNormal() / Double(below).squareRoot())
            }),
          biases: (0..<units).map { _ in hasBiases ? Float(0.5 * random.nextNormal()) : 0 })
      })
  }

  private init(
    configuration: ExperimentConfiguration, dataset: Dataset, parameters: NetworkParameters
  ) {
    self.configuration = configuration
    self.dataset = dataset
    self.parameters = parameters
  }

  /// The same network, trained on `count` copies of the first example.
  ///
  /// A minibatch of them holds that many draws of its masks.
  package func repeatingFirstExample(_ count: Int) -> LawNetwork {
    let first = dataset.inputs(of: 0)
    let targets: Dataset.Targets =
      switch dataset.targets {
      case .classes(let classes): .classes([Int](repeating: classes[0], count: count + 1))
      case .values(let values):
        .values(
          Matrix(
            rows: count + 1, columns: values.columns,
            elements: (0...count).flatMap { _ in Array(values.row(0)) }))
      }
    var repeated = configuration
    repeated.batch = count
    return LawNetwork(
      configuration: repeated,
      dataset: Dataset(
        name: dataset.name, inputNames: dataset.inputNames,
        values: .numbers((0...count).flatMap { _ in first }), targets: targets,
        classNames: dataset.classNames, outputNames: dataset.outputNames, image: nil,
        trainingExamples: Array(0..<count), testExamples: [count], normalization: .none),
      parameters: parameters)
  }

  /// The network at step 0.
  package var state: NetworkState {
    NetworkState(configuration: configuration, parameters: parameters)
  }

  /// A measurer of the network.
  package var measurer: Measurer { Measurer(dataset: dataset) }

  /// A trainer that starts from its weights.
  package func trainer() throws -> Trainer {
    try Trainer(configuration: configuration, dataset: dataset, initial: parameters)
  }

  /// The inputs of an example.
  package func inputs(_ example: Int = 0) -> [Double] {
    dataset.inputs(of: example).map { Double($0) }
  }

  /// The targets of an example, where they are numbers.
  package func targets(_ example: Int = 0) -> [Double] {
    guard case .values(let values) = dataset.targets else { return [] }
    return values.row(example).map { Double($0) }
  }

  /// The class of an example, where targets are classes.
  package func targetClass(_ example: Int = 0) -> Int {
    guard case .classes(let classes) = dataset.targets else { return -1 }
    return classes[example]
  }

  /// The incoming weights of a unit.
  package func weights(_ layer: Int, _ unit: Int) -> [Double] {
    parameters.layers[layer].weights.row(unit).map { Double($0) }
  }

  /// The bias of a unit.
  package func bias(_ layer: Int, _ unit: Int) -> Double {
    Double(parameters.layers[layer].biases[unit])
  }

  /// Every subnetwork of an example with its probability and the engine's pass.
  ///
  /// - Throws: ``MasksCannotBeEnumerated`` where the masks are too many, or are no choice of units.
  package func subnetworks(_ example: Int = 0) throws -> [Subnetwork] {
    guard let space = MaskSpace(state) else { throw MasksCannotBeEnumerated() }
    var all: [Subnetwork] = []
    measurer.forEachSubnetwork(state, example: example, of: space) { numbers, pass in
      for (row, number) in numbers.enumerated() {
        all.append(
          Subnetwork(
            probability: space.probability(of: number),
            layers: pass.layers.map { layer in
              Subnetwork.Layer(
                sum: layer.trainingSum.row(row).map { Double($0) },
                preActivation: layer.preActivation.row(row).map { Double($0) },
                activation: layer.activation.row(row).map { Double($0) })
            }))
      }
    }
    return all
  }
}

/// A network whose masks were to be enumerated, and cannot be.
package struct MasksCannotBeEnumerated: Error {}
