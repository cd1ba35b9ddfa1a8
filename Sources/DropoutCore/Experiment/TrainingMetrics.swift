/// What is reported of a training at one step.
public struct TrainingMetrics: Equatable, Sendable {
  /// The number of updates so far.
  public var step: Int
  /// The number of whole passes over the training part so far.
  public var epoch: Int
  /// The whole training part in the test pass.
  public var training: Evaluation
  /// The whole test part in the test pass; nil where there is none.
  public var test: Evaluation?
  /// The mean of the masked training losses since the line before; nil where no step was taken.
  public var minibatchLoss: Double?
  /// Divergence and ratio of each layer, the output layer last.
  public var divergence: [LayerDivergence]
  /// The keep probability in force of each hidden layer.
  public var keepProbability: [Double]
  /// The learning rate of the first layer.
  public var learningRate: Double

  /// Measures a trainer now; its mean minibatch loss starts again.
  public init(of trainer: Trainer, measurer: Measurer) {
    let state = trainer.state
    let configuration = trainer.configuration
    step = trainer.step
    epoch = trainer.epoch
    training = measurer.evaluate(state, on: .training)
    test = trainer.dataset.testExamples.isEmpty ? nil : measurer.evaluate(state, on: .test)
    minibatchLoss = trainer.takeMinibatchLoss()
    divergence = measurer.divergence(state)
    keepProbability = configuration.hidden.indices.map { configuration.keepProbability(hidden: $0) }
    learningRate = configuration.learningRate[0]
  }
}
