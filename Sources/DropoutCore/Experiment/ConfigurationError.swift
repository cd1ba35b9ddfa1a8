/// A configuration that makes no sense.
public enum ConfigurationError: Error, Equatable, Sendable {
  case noSuchUnit(UnitAddress, shape: NetworkShape)
  case other(String)
}
extension ExperimentConfiguration {
  func loss(for dataset: Dataset) throws(ConfigurationError) -> LossFunction {
    loss ?? (dataset.isClassification ? .crossEntropy : .meanSquaredError)
  }
  func changing(_ name: String, to value: String, on dataset: Dataset) throws(ConfigurationError)
    -> ExperimentConfiguration
  { self }
}
extension NetworkParameters {
  func check(against shape: NetworkShape) throws(ConfigurationError) {}
}
