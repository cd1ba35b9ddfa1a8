extension Settings {
  /// Settings from names and values, as a command line or a file gives them.
  ///
  /// The variant is applied first, then the common seed, then the rest in order, so an explicit
  /// setting wins wherever it stands. Of two values for one name the later one wins.
  ///
  /// - Throws: ``ConfigurationError`` for a name, a value or a combination that makes no sense.
  public init(assignments: [(name: String, value: String)]) throws(ConfigurationError) {
    self.init()
    let names = Set(assignments.map(\.name))
    for (keep, drop) in [("keep", "drop"), ("keep-input", "drop-input")]
    where names.contains(keep) && names.contains(drop) {
      throw .givenTwice(parameter: keep, and: drop)
    }
    let ranked =
      assignments.filter { $0.name == "variant" } + assignments.filter { $0.name == "seed" }
      + assignments.filter { $0.name != "variant" && $0.name != "seed" }
    for (name, value) in ranked { try set(name, to: value) }
    for (name, _) in ranked { try checkApplies(name) }
    if names.contains("scaling"), !experiment.dropout.noise.isScaled {
      throw .conflict(
        setting: "scaling \(experiment.dropout.scaling.rawValue)",
        with: "dropout-noise \(experiment.dropout.noise.rawValue)",
        reason: "multipliers with mean 1 need no factor in training or test; leave scaling out")
    }
    experiment.dropout.adoptOwnScaling()
    try validated()
  }

  /// Sets one parameter from text.
  ///
  /// - Throws: ``ConfigurationError`` where the name or the value is wrong.
  public mutating func set(_ name: String, to value: String) throws(ConfigurationError) {
    guard let definition = ParameterTable.definition(named: name) else {
      throw .unknownParameter(name: name, nearest: ParameterTable.nearestName(to: name))
    }
    try definition.set(value, &self)
  }

  /// Refuses a parameter about other data than those that are chosen: to ignore it would hide a
  /// misunderstanding.
  ///
  /// - Throws: ``ConfigurationError/otherData(parameter:data:isFile:)``.
  public func checkApplies(_ name: String) throws(ConfigurationError) {
    guard let definition = ParameterTable.definition(named: name),
      !definition.applies(to: experiment)
    else { return }
    throw .otherData(
      parameter: name, data: experiment.data, isFile: experiment.source == .files)
  }

  /// Checks the lengths of lists and the combinations of settings; single values have been checked
  /// before.
  ///
  /// - Throws: ``ConfigurationError`` with the reason.
  public func validated() throws(ConfigurationError) {
    try experiment.validated()
  }
}

extension ExperimentConfiguration {
  /// Checks list lengths, and combinations that make no sense.
  ///
  /// - Throws: ``ConfigurationError`` with the reason.
  public func validated() throws(ConfigurationError) {
    let hiddenLayers = hidden.count
    try check("keep", keep.values.count, layers: hiddenLayers, "hidden layers")
    try check("activation", activation.values.count, layers: hiddenLayers, "hidden layers")
    for (name, count) in [
      ("l1", l1.values.count), ("l2", l2.values.count), ("max-norm", maxNorm.values.count),
      ("learning-rate", learningRate.values.count),
    ] {
      try check(name, count, layers: hiddenLayers + 1, "layers (the output layer counts)")
    }
    if let weightLayers, weights == nil {
      throw .conflict(
        setting: "layers \(ForeignText.shown(weightLayers))", with: "weights none",
        reason: "it names the layers of a file of weights; hidden sets the units of the layers")
    }
    try dropout.validated()
    if variant.hasSeveralLearners { try checkNothingMasks() }
  }

  /// Several learners are an alternative to dropout, so masks besides them are a misunderstanding.
  private func checkNothingMasks() throws(ConfigurationError) {
    let plain = DropoutSettings()
    for (name, value, ownValue) in [
      ("dropout-noise", dropout.noise.rawValue, plain.noise.rawValue),
      ("mask-pass", dropout.maskPass.rawValue, plain.maskPass.rawValue),
      ("test-pass", dropout.testPass.rawValue, plain.testPass.rawValue),
    ] where value != ownValue {
      throw .conflict(
        setting: "\(name) \(value)", with: "variant \(variant.rawValue)",
        reason: "nothing is masked inside its learners")
    }
  }

  private func check(
    _ name: String, _ count: Int, layers: Int, _ kind: String
  ) throws(ConfigurationError) {
    guard count == 1 || count == layers else {
      let text = ParameterTable.definition(named: name)?.get(Settings(experiment: self))
      throw .wrongCount(
        parameter: name, values: count, layers: layers, layerKind: kind,
        withPoint: text.flatMap(ParameterText.withDecimalPoint))
    }
  }
}
