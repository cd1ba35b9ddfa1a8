import DropoutEngine
import DropoutMeasure

/// A small network with random weights and a few random examples, on which a law is measured.
///
/// The engine takes every masked pass and every step. Expected values are computed in Double from
/// ``parameters``.
struct LawExperiment {
  /// The kind of targets.
  enum Goal {
    /// Random classes, trained with cross-entropy.
    case classes
    /// Random numbers, trained with squared error.
    case numbers
  }

  var configuration = ExperimentConfiguration()
  /// The inputs, `[example][input]`.
  var inputs: [[Float]]
  var parameters: NetworkParameters
  private let goal: Goal
  /// The target of each example, `[example][output]`: a class, one-hot, or numbers.
  private let targetValues: [[Float]]

  /// Draws a network and its examples.
  ///
  /// - Parameters:
  ///   - sizes: inputs, hidden layers and outputs.
  ///   - goal: the kind of targets.
  ///   - examples: the number of examples; all are trained on.
  ///   - setting: the source of random numbers.
  ///   - hasBiases: whether the biases are random, or 0.
  ///   - isPositive: whether inputs and weights are all above 0.
  ///   - change: the changes to the default configuration.
  init(
    _ sizes: [Int], _ goal: Goal = .classes, examples: Int = 1, in setting: inout Law.Setting,
    hasBiases: Bool = true, isPositive: Bool = false,
    _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) {
    // A bounded number with variance 1 or scale^2, so that no rare seed gives numbers whose
    // rounding exceeds the tolerance.
    func number(_ scale: Double = 1) -> Float {
      let value = isPositive ? setting.random.nextUniform() : 2 * setting.random.nextUniform() - 1
      return Float(scale * value * 3.0.squareRoot())
    }
    self.goal = goal
    configuration.hidden = Array(sizes.dropFirst().dropLast())
    configuration.batch = examples
    configuration.normalization = .none
    configuration.learningRate = PerLayer(0)
    configuration.maskSeed = setting.nextSeed()
    configuration.dataSeed = setting.nextSeed()
    change(&configuration)
    inputs = (0..<examples).map { _ in (0..<sizes[0]).map { _ in number() } }
    let outputs = sizes[sizes.count - 1]
    targetValues = (0..<examples).map { _ in
      guard goal == .classes else { return (0..<outputs).map { _ in number() } }
      let target = setting.random.nextIndex(below: outputs)
      return (0..<outputs).map { $0 == target ? 1 : 0 }
    }
    parameters = NetworkParameters(
      layers: zip(sizes, sizes.dropFirst()).map { below, units in
        LayerParameters(
          weights: Matrix(
            rows: units, columns: below,
            elements: (0..<units * below).map { _ in number(1 / Double(below).squareRoot()) }),
          biases: (0..<units).map { _ in hasBiases ? number(0.5) : 0 })
      })
  }

  /// The examples, each repeated `copies` times.
  ///
  /// A minibatch of them holds that many draws of their masks.
  func dataset(copies: Int = 1) -> Dataset {
    let count = inputs.count * copies
    let outputs = targetValues[0].count
    let targets: Dataset.Targets =
      switch goal {
      case .classes:
        .classes((0..<count).map { targetValues[$0 / copies].firstIndex(of: 1) ?? 0 })
      case .numbers:
        .values(
          Matrix(
            rows: count, columns: outputs,
            elements: (0..<count).flatMap { targetValues[$0 / copies] }))
      }
    return Dataset(
      name: "law", inputNames: inputs[0].indices.map { "x\($0 + 1)" },
      values: .numbers((0..<count).flatMap { inputs[$0 / copies] }), targets: targets,
      classNames: goal == .classes ? (0..<outputs).map { "\($0)" } : [],
      outputNames: (0..<outputs).map { "y\($0 + 1)" }, image: nil,
      trainingExamples: Array(0..<count), testExamples: [], normalization: .none)
  }

  /// A trainer of one learner that starts from the weights, with `copies` of each example.
  func trainer(_ setting: Law.Setting, copies: Int = 1, learner: Int = 0) throws -> Trainer {
    var configuration = configuration
    configuration.batch *= copies
    return try Trainer(
      configuration: configuration, dataset: dataset(copies: copies), initial: parameters,
      learner: learner, kernels: setting.kernels)
  }

  /// The network at step 0.
  var state: NetworkState { NetworkState(configuration: configuration, parameters: parameters) }

  /// A measurer of the network.
  func measurer(_ setting: Law.Setting) -> Measurer {
    Measurer(dataset: dataset(), kernels: setting.kernels)
  }

  /// The network in Double.
  var reference: ReferenceNetwork {
    ReferenceNetwork(
      parameters, activation: configuration.activation, isSoftmax: goal == .classes)
  }

  /// The inputs of an example.
  func input(_ example: Int = 0) -> [Double] { inputs[example].map { Double($0) } }

  /// The target numbers of an example; one-hot for a class.
  func target(_ example: Int = 0) -> [Double] { targetValues[example].map { Double($0) } }

  /// The terms of a sum into the first layer: weight times input.
  func terms(unit: Int, example: Int = 0) -> [Double] {
    zip(parameters.layers[0].weights.row(unit), inputs[example]).map { Double($0) * Double($1) }
  }

  /// The number of places that feed layers.
  var sourceCount: Int { configuration.hidden.count + 1 }

  /// The keep probabilities of the places that feed the layers, the inputs first.
  var keeps: [Double] { (0..<sourceCount).map { configuration.keepProbability(feeding: $0) } }

  /// The factor of kept activations in training at each place, from the scaling's definition.
  var trainingFactors: [Double] {
    let dropout = configuration.dropout
    return keeps.map { keep in
      keep < 1 && dropout.noise.isScaled ? ScalingLaw.of(dropout.scaling).training(keep) : 1
    }
  }

  /// The average factor of activations in training at each place: the factors of the weight-scaling
  /// network.
  var meanMultipliers: [[Double]] {
    zip(keeps, trainingFactors).enumerated().map { source, factors in
      let units = parameters.layers[source].weights.columns
      let mean = configuration.dropout.noise.isScaled ? factors.0 * factors.1 : 1
      return [Double](repeating: mean, count: units)
    }
  }
}
