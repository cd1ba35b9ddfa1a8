extension ExperimentConfiguration {
  /// The loss in force on a dataset: the one that was asked for, else the one that fits the
  /// targets.
  ///
  /// - Throws: ``ConfigurationError`` where cross-entropy is asked for and targets are numbers.
  public func loss(for dataset: Dataset) throws(ConfigurationError) -> LossFunction {
    guard let loss else { return dataset.isClassification ? .crossEntropy : .meanSquaredError }
    if loss == .crossEntropy, !dataset.isClassification {
      throw .lossNeedsClasses(dataset: dataset.name)
    }
    return loss
  }

  /// Whether the data are generated or read from files.
  public var source: ParameterDefinition.Source {
    BuiltInDataset(rawValue: data) == nil ? .files : .builtIn
  }

  /// Whether a change to another variant restarts the experiment: where one has several learners.
  public func startsAnew(with other: Variant) -> Bool {
    variant != other && (variant.hasSeveralLearners || other.hasSeveralLearners)
  }

  /// The configuration with one parameter changed while an experiment goes on.
  ///
  /// - Throws: ``ConfigurationError`` where the value is wrong, the combination makes no sense, or
  ///   the change restarts the experiment, as one to or from several learners does.
  public func changing(_ name: String, to value: String) throws(ConfigurationError) -> Self {
    guard let definition = ParameterTable.definition(named: name) else {
      throw .unknownParameter(name: name, nearest: ParameterTable.nearestName(to: name))
    }
    guard definition.effect == .nextStep else { throw .startsAnew(parameter: name) }
    var settings = Settings()
    settings.experiment = self
    try definition.set(value, &settings)
    var changed = settings.experiment
    // Noise with mean 1 needs no factor, so the scaling becomes the one that the noise amounts to.
    if name == "dropout-noise" { changed.dropout.adoptOwnScaling() }
    try changed.validated()
    guard !startsAnew(with: changed.variant) else {
      throw .startsAnew(parameter: "\(name) \(value)")
    }
    return changed
  }
}

extension NetworkParameters {
  /// Checks that the layers chain and have the shape that a network needs.
  ///
  /// - Throws: ``ConfigurationError`` that shows both shapes.
  public func check(against shape: NetworkShape) throws(ConfigurationError) {
    let given = layers.map { "\($0.weights.rows)x\($0.weights.columns)" }
    let needed = (0..<shape.layerCount).map { "\(shape.units(of: $0))x\(shape.inputs(of: $0))" }
    guard given == needed else { throw .weightsDoNotFit(given: given, needed: needed) }
  }
}
