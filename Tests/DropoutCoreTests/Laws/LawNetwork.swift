import DropoutEngine
import DropoutMeasure
import Testing

/// A small network with random weights and biases and a few random examples, on which a law is
/// checked.
///
/// The engine computes every masked pass. Expected values are computed from ``parameters`` in
/// Double.
struct LawNetwork {
  var configuration = ExperimentConfiguration()
  let dataset: Dataset
  let parameters: NetworkParameters

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
  init(
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
  func repeatingFirstExample(_ count: Int) -> LawNetwork {
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
  var state: NetworkState { NetworkState(configuration: configuration, parameters: parameters) }

  /// A measurer of the network.
  var measurer: Measurer { Measurer(dataset: dataset) }

  /// A trainer that starts from its weights.
  func trainer() throws -> Trainer {
    try Trainer(configuration: configuration, dataset: dataset, initial: parameters)
  }

  /// The inputs of an example.
  func inputs(_ example: Int = 0) -> [Double] { dataset.inputs(of: example).map { Double($0) } }

  /// The targets of an example, where they are numbers.
  func targets(_ example: Int = 0) -> [Double] {
    guard case .values(let values) = dataset.targets else { return [] }
    return values.row(example).map { Double($0) }
  }

  /// The class of an example, where targets are classes.
  func targetClass(_ example: Int = 0) -> Int {
    guard case .classes(let classes) = dataset.targets else { return -1 }
    return classes[example]
  }

  /// The incoming weights of a unit.
  func weights(_ layer: Int, _ unit: Int) -> [Double] {
    parameters.layers[layer].weights.row(unit).map { Double($0) }
  }

  /// The bias of a unit.
  func bias(_ layer: Int, _ unit: Int) -> Double { Double(parameters.layers[layer].biases[unit]) }

  /// Every subnetwork of an example with its probability and the engine's pass.
  func subnetworks(_ example: Int = 0) throws -> [Subnetwork] {
    let space = try #require(MaskSpace(state))
    var all: [Subnetwork] = []
    measurer.forEachSubnetwork(state, example: example, of: space) { numbers, pass in
      for (row, number) in numbers.enumerated() {
        all.append(
          Subnetwork(
            probability: space.probability(of: number), masks: space.masks(of: number),
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

extension LawNetwork {
  /// Every mask of the hidden units with p < 1, with its probability and the evidence of the
  /// engine's step.
  ///
  /// For each mask some units are killed and the rest are pinned.
  ///
  /// One mask holds in all examples of the minibatch, and in both passes where both mask.
  func maskedSteps() throws -> [MaskedStep] {
    let trainer = try trainer()
    var units: [(address: UnitAddress, keep: Double)] = []
    for (layer, count) in configuration.hidden.enumerated() where configuration.keep[layer] < 1 {
      units += (0..<count).map { (UnitAddress(layer: layer, unit: $0), configuration.keep[layer]) }
    }
    return try (0..<1 << units.count).map { number in
      var probability = 1.0
      for (bit, unit) in units.enumerated() {
        let isKept = number >> bit & 1 == 1
        probability *= isKept ? unit.keep : 1 - unit.keep
        try trainer.apply(.unit(unit.address, isKept ? .pin : .kill))
      }
      return MaskedStep(probability: probability, evidence: try trainer.evidence())
    }
  }

  /// The evidence of the step without any dropout.
  func plainStep() throws -> StepEvidence {
    var plain = self
    plain.configuration.variant = .none
    return try plain.trainer().evidence()
  }
}

/// One step of the engine under one mask.
struct MaskedStep {
  var probability: Double
  var evidence: StepEvidence
}

extension [MaskedStep] {
  /// The mean of a list of values over the masks.
  func mean(_ values: (StepEvidence) -> [Double]) -> [Double] {
    var total: [Double] = []
    for step in self {
      let weighted = values(step.evidence).map { $0 * step.probability }
      total = total.isEmpty ? weighted : zip(total, weighted).map { $0 + $1 }
    }
    return total
  }
}

extension StepEvidence {
  /// The gradients of a layer's weights, `[units * inputs]`.
  func weightGradient(_ layer: Int) -> [Double] {
    layers[layer].weightGradient.elements.map { Double($0) }
  }

  /// The gradients of a layer's weights, followed by the gradients of its biases.
  func gradient(_ layer: Int) -> [Double] {
    weightGradient(layer) + layers[layer].biasGradient.map { Double($0) }
  }
}

/// Whether two lists agree within rounding of Floats, relative to the largest value.
func agree(_ found: [Double], _ expected: [Double], tolerance: Double = 1e-5) -> Bool {
  let scale = expected.map { abs($0) }.max() ?? 0
  return found.count == expected.count
    && zip(found, expected).allSatisfy { agree($0, $1, scale: scale, tolerance: tolerance) }
}

/// One masked pass of the engine.
struct Subnetwork {
  struct Layer {
    var sum: [Double]
    var preActivation: [Double]
    var activation: [Double]
  }

  var probability: Double
  var masks: [[Float]]
  var layers: [Layer]

  /// The outputs.
  var outputs: [Double] { layers[layers.count - 1].activation }
  /// The pre-activations of the output layer.
  var logits: [Double] { layers[layers.count - 1].preActivation }
}

extension [Subnetwork] {
  /// The mean of a quantity over the masks.
  func mean(_ quantity: (Subnetwork) -> Double) -> Double {
    map { $0.probability * quantity($0) }.reduce(0, +)
  }

  /// Its variance over the masks.
  func variance(_ quantity: (Subnetwork) -> Double) -> Double {
    let mean = mean(quantity)
    return self.mean { (quantity($0) - mean) * (quantity($0) - mean) }
  }
}

/// The keep probabilities for checking a law.
///
/// At 0.5 alone, keep and drop could be confused.
let lawKeepProbabilities = [0.5, 0.8, 0.3]

/// Whether two values agree within rounding of Floats, relative to a scale of at least 1e-3.
func agree(_ found: Double, _ expected: Double, scale: Double = 0, tolerance: Double = 1e-5) -> Bool
{
  abs(found - expected) <= tolerance * Swift.max(abs(expected), scale, 1e-3)
}

/// The sum of products.
func dot(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).map { $0 * $1 }.reduce(0, +)
}

/// log of the sum of exponentials.
func logSumExp(_ values: [Double]) -> Double {
  let top = values.max() ?? 0
  return top
    + ElementaryFunctions.logarithm(
      values.map { ElementaryFunctions.exponential($0 - top) }.reduce(0, +))
}
