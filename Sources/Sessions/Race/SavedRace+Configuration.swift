public import DropoutEngine

extension SavedRace.Runner {
  /// The parameters that lead from one configuration to another, the variant first.
  static func parameters(
    of configuration: ExperimentConfiguration, beside session: ExperimentConfiguration
  ) -> [Parameter] {
    let rows = ParameterTable.sessionRows(.experiment)
    let own = Settings(experiment: configuration)
    var base = Settings(experiment: session)
    var parameters: [Parameter] = []
    for row in rows.filter({ $0.name == "variant" }) + rows.filter({ $0.name != "variant" }) {
      let value = row.get(own)
      guard row.get(base) != value else { continue }
      parameters.append(Parameter(name: row.name, value: value))
      // The variant decides others, which are then set to what they are.
      if row.name == "variant" { base.experiment.adopt(configuration.variant) }
    }
    return parameters
  }

  /// Its configuration at step 0.
  ///
  /// - Parameter session: the configuration of the session at step 0.
  /// - Returns: the configuration.
  /// - Throws: `ConfigurationError` where a parameter is refused, as none is of a session that was
  ///   read.
  public func configuration(
    beside session: ExperimentConfiguration
  ) throws(ConfigurationError) -> ExperimentConfiguration {
    var settings = Settings(experiment: session)
    let rows = ParameterTable.sessionRows(.experiment)
    for parameter in parameters {
      guard let row = rows.first(where: { $0.name == parameter.name }) else {
        throw .unknownParameter(
          name: parameter.name,
          nearest: NameDistance.nearest(to: parameter.name, in: rows.map(\.name)))
      }
      try row.set(parameter.value, &settings)
    }
    settings.experiment.weightRateFactor = weightRateFactor
    settings.experiment.weightEpsilonFactor = weightEpsilonFactor
    try settings.validated()
    return settings.experiment
  }
}
