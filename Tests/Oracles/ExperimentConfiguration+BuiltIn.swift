package import DropoutEngine

extension ExperimentConfiguration {
  /// A trainer of the configuration on its built-in dataset.
  package func trainer(learner: Int = 0, kernels: KernelPath = .best) throws -> Trainer {
    guard let builtIn = BuiltInDataset(rawValue: data) else {
      preconditionFailure("\(data) is no built-in dataset")
    }
    return try Trainer(
      configuration: self, dataset: builtIn.generate(self), learner: learner, kernels: kernels)
  }

  /// The learners of the configuration on its built-in dataset.
  package func group(kernels: KernelPath = .best) throws -> LearnerGroup {
    guard let builtIn = BuiltInDataset(rawValue: data) else {
      preconditionFailure("\(data) is no built-in dataset")
    }
    return try LearnerGroup(
      configuration: self, dataset: builtIn.generate(self), kernels: kernels)
  }
}

extension NetworkParameters {
  /// The bits of all parameters.
  package var bits: [UInt32] {
    layers.flatMap { $0.weights.elements.map(\.bitPattern) + $0.biases.map(\.bitPattern) }
  }
}
