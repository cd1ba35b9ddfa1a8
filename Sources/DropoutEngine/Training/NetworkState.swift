/// A network at one moment: weights, configuration in force and units changed by hand.
///
/// It is enough to measure the network away from the trainer.
public struct NetworkState: Sendable {
  /// The number of updates so far.
  public let step: Int
  /// The configuration in force, with the keep probabilities of the step.
  public let configuration: ExperimentConfiguration
  /// The units changed by hand.
  public let interventions: [UnitAddress: UnitIntervention]
  /// The number of its learner in the experiment, counted from 0.
  public let learner: Int
  /// The weights and biases as one block of the layout.
  package let block: [Float]
  package let layout: NetworkLayout

  /// The sizes of the network.
  public var shape: NetworkShape { layout.shape }

  /// The number of weights and biases.
  public var parameterCount: Int {
    (0..<shape.layerCount).map { (shape.inputs(of: $0) + 1) * shape.units(of: $0) }.reduce(0, +)
  }

  /// The weights and biases.
  public var parameters: NetworkParameters {
    block.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return NetworkParameters(layers: []) }
      return layout.unpack(base)
    }
  }

  /// The plan of the network's masked places under its configuration.
  package var plan: DropoutPlan {
    DropoutPlan(
      configuration: configuration, shape: shape, interventions: interventions, learner: learner)
  }

  /// Creates a network with given parameters at step 0, for measuring weights from elsewhere.
  ///
  /// - Precondition: the layers' shapes chain and agree with the configuration, and the
  ///   configuration has the learner.
  public init(
    configuration: ExperimentConfiguration, parameters: NetworkParameters, step: Int = 0,
    interventions: [UnitAddress: UnitIntervention] = [:], learner: Int = 0
  ) {
    let sizes = parameters.layers.map(\.weights.rows)
    let shape = NetworkShape(
      inputs: parameters.layers.first?.weights.columns ?? 0, hidden: Array(sizes.dropLast()),
      outputs: sizes.last ?? 0)
    let layout = NetworkLayout(shape: shape)
    self.init(
      step: step, configuration: configuration, interventions: interventions,
      learner: learner, block: layout.pack(parameters), layout: layout)
  }

  package init(
    step: Int, configuration: ExperimentConfiguration,
    interventions: [UnitAddress: UnitIntervention], learner: Int, block: [Float],
    layout: NetworkLayout
  ) {
    precondition(
      (0..<configuration.learnerCount).contains(learner),
      "learner \(learner) of \(configuration.learnerCount)")
    self.step = step
    self.configuration = configuration.at(step: step)
    self.interventions = interventions
    self.learner = learner
    self.block = block
    self.layout = layout
  }
}
